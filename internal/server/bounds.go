package server

import (
	"fmt"
	"reflect"
	"time"
)

// Bounds is everything that a client could otherwise make grow or last. Each must be positive.
type Bounds struct {
	// Handshake is the time from connecting to being let in. Slow lines need about two seconds.
	Handshake time.Duration
	// NoSession is how long a connection may be kept that runs nothing, or a program whose input has come to its end.
	NoSession time.Duration
	// Setup is the time from opening a channel to asking for a shell or a command.
	Setup time.Duration
	// Idle ends a program whose reader presses no key, and the input of a command whose client sends nothing. A talk,
	// or a long post, takes less.
	Idle time.Duration
	// Warning is how long before its end for Idle a program's reader is told on the screen; half of Idle, when that is less.
	Warning time.Duration
	// Alive is after how much silence the client of a session is asked whether it is there, and AliveMissed for how many
	// more times as long an answer is waited for: two minutes in all, in which a laptop may change its network.
	Alive       time.Duration
	AliveMissed int

	// Write is how long one write to the network may take: a reader whose machine takes no more
	// bytes is gone after it.
	Write time.Duration
	// WriteBuffer is how many bytes the system may keep for a program's reader who has not taken them. Linux would keep up to 4 MiB, and
	// only once there is no more room does a write wait. 128 KiB are a megabyte a second half-way around the earth.
	WriteBuffer int
	// Stall is how long a program's reader may keep the SSH window shut with a frame waiting.
	Stall time.Duration
	// CommandStall is the same for a command. It is longer, for its output may wait in somebody's pager.
	CommandStall time.Duration
	// Chunk is how many bytes Stall is given for. It is small, because x/crypto keeps a packet of the
	// largest size written for as long as the channel lives, and because a slow line must get through it.
	Chunk int

	// Drain is the time that readers get at shutdown to say goodbye, before connections are closed.
	Drain time.Duration
	// Close is the time that closed connections get to unwind, before Serve returns without them.
	Close time.Duration

	// Refusing is how many refused connections are told why at a time. The rest is just closed.
	Refusing int
	// Linger is how long a refused connection is kept for the reason to arrive.
	Linger time.Duration

	// Packet is the longest packet, in bytes. RFC 4253 asks for 35,000; x/crypto would take 256 KiB, and keeps a buffer of the
	// longest that there was for as long as the connection lasts.
	Packet int
	// NetworkRate and NetworkBurst bound the bytes read from a connection, a second and at once, whatever
	// they mean. They are what stops floods of empty packets, pings and requests, each of which costs
	// work but none of the window.
	NetworkRate, NetworkBurst int
	// QuietRate and QuietBurst are what of them a connection may always send. A reader at the keyboard sends 5 KiB a second
	// at most, and a handshake has about as much.
	QuietRate, QuietBurst int
	// LoudRate and LoudBurst bound the rest of them, of all connections together. When it is spent, each has its QuietRate.
	LoudRate, LoudBurst int
	// InputRate and InputBurst bound the bytes of keys that reach a program, a second and at once. What is
	// typed beyond them is lost. A command is read to at the same rate, and what is beyond it waits.
	InputRate, InputBurst int
	// InputTotal is how many bytes a session may send in all before it is ended.
	InputTotal int
	// Stdin is how many bytes of standard input a command can read in all: a day of answers to its prompts, or three
	// hours of a key held down.
	Stdin int
	// StdinAhead is how many of them may wait in memory until the command reads them.
	StdinAhead int
	// Subsystems is how many subsystems run at a time, of all clients. One that reads files keeps 110 KiB, and 500 KiB
	// while its client is slow to take what it asked for.
	Subsystems int
	// SubsystemShare is how many of them one address may have.
	SubsystemShare int
	// SubsystemIdle ends a subsystem whose client sends nothing. It is less than Idle, since nobody reads there: a copy has
	// no pauses, and a folder that is mounted can be mounted again.
	SubsystemIdle time.Duration
	// SubsystemInput is how many bytes of requests a subsystem can read in all: an hour of them at the pace of the network,
	// or forty walks through 14,000 files, which may be a day of a mounted folder.
	SubsystemInput int
	// SubsystemAhead is how many of them may wait in memory. Careful clients have 64 requests of 100 bytes under way;
	// careless ones ask for the whole of a file at once, in pieces of 32 KiB, which then may have 50 MiB.
	SubsystemAhead int
	// OutputRate and OutputBurst bound the bytes that a command or a subsystem sends, a second and at once: one client that
	// copies all there is leaves the others their part of the line and of the processor, which encrypts it.
	OutputRate, OutputBurst int
	// StreamRate and StreamBurst bound the bytes that all commands and subsystems together send, a second and at once, and
	// StreamPacket is what a packet counts for at least: to encrypt and send a small one costs as much as some hundred bytes
	// more, and the client says how small they are.
	StreamRate, StreamBurst, StreamPacket int
	// Paste is how many bytes of one paste are kept.
	Paste int
	// Sequence is the longest escape sequence that is waited for. A terminal's answer has 30 bytes or so.
	Sequence int
	// Escape is how long an ESC may be the beginning of something longer.
	Escape time.Duration
	// Patience is how long the rest of what can only be a sequence, or a paste, is waited for.
	Patience time.Duration

	// Sessions is how many sessions one connection may hold at a time, and Place how long one more waits for one to end.
	Sessions int
	Place    time.Duration
	// TotalSessions is how many sessions run at a time, of all clients. A reader costs 100 KiB; where the memory does not suffice
	// for so many, MemoryFull is met before.
	TotalSessions int
	// MemoryFull and MemoryTight are how much of the memory that Go may use is held, in hundredths, when no session may begin, and
	// when nothing is taken any more that needs memory, see memory.
	MemoryFull, MemoryTight int
	// MemoryFew is how many sessions may run in any case: with so few of them, something else fills the memory, and to turn
	// everybody away would mend nothing. They take 3 MiB.
	MemoryFew int
	// Requests is how many requests one channel may make, window changes aside.
	Requests int
	// GlobalRate and GlobalBurst bound the requests that a connection may make outside of channels, a second and at once.
	GlobalRate, GlobalBurst int
	// Variables is how many environment variables are kept, and Variable how many bytes of each.
	Variables, Variable int
	// Command is the longest command line, in bytes.
	Command int
	// Field is how many bytes of any other word of the client's are kept.
	Field int

	// Width and Height are the largest terminal that is drawn for, in cells. A larger one shows it in its corner.
	Width, Height int
	// Cells is the sum of all terminals' cells. Once it is spent, terminals are drawn for as 80×24.
	Cells int
	// CellShare is how many of them one address may have: a hall of two hundred in terminals of 200×100 cells.
	CellShare int
	// Frame is the least time between two frames of one program, on the average: when it has shown nothing for a while, it may
	// show FrameBurst at once, such as a question and then its answer.
	Frame      time.Duration
	FrameBurst int
	// Resize is the least time between two sizes told to one program.
	Resize time.Duration
	// ResizeRate and ResizeBurst bound the sizes told to one program, a second and at once: each may be a width for which
	// the post that is read must be drawn anew.
	ResizeRate, ResizeBurst int
}

// DefaultBounds returns the bounds that the server is meant to run with.
func DefaultBounds() Bounds {
	return Bounds{
		Handshake: 10 * time.Second,
		NoSession: 30 * time.Second,
		Setup:     10 * time.Second,
		Idle:      60 * time.Minute,
		Warning:   time.Minute,

		Alive:       30 * time.Second,
		AliveMissed: 3,

		Write:        10 * time.Second,
		WriteBuffer:  128 << 10,
		Stall:        10 * time.Second,
		CommandStall: 2 * time.Minute,
		Chunk:        4 << 10,

		Drain: 3 * time.Second,
		Close: time.Second,

		Refusing: 64,
		Linger:   time.Second,

		Packet:       40 << 10,
		NetworkRate:  64 << 10,
		NetworkBurst: 256 << 10,
		QuietRate:    8 << 10,
		QuietBurst:   16 << 10,
		LoudRate:     512 << 10,
		LoudBurst:    1 << 20,
		InputRate:    2 << 10,
		InputBurst:   16 << 10,
		InputTotal:   8 << 20,
		Stdin:        1 << 20,
		StdinAhead:   16 << 10,
		Paste:        4 << 10,
		Sequence:     512,
		Escape:       50 * time.Millisecond,
		Patience:     time.Second,

		Subsystems:     64,
		SubsystemShare: 8,
		SubsystemIdle:  10 * time.Minute,
		SubsystemInput: 256 << 20,
		SubsystemAhead: 64 << 10,
		OutputRate:     8 << 20,
		OutputBurst:    4 << 20,
		StreamRate:     32 << 20,
		StreamBurst:    8 << 20,
		StreamPacket:   2 << 10,

		Sessions:      2,
		Place:         250 * time.Millisecond,
		TotalSessions: 5120,
		MemoryFull:    88,
		MemoryTight:   94,
		MemoryFew:     32,
		Requests:      64,
		GlobalRate:    5,
		GlobalBurst:   100,
		Variables:     16,
		Variable:      256,
		Command:       1 << 10,
		Field:         64,

		Width:       400,
		Height:      160,
		Cells:       24 << 20,
		CellShare:   4 << 20,
		Frame:       16 * time.Millisecond,
		FrameBurst:  4,
		Resize:      33 * time.Millisecond,
		ResizeRate:  2,
		ResizeBurst: 30,
	}
}

// Validate says which bound is missing, if any.
func (b Bounds) Validate() error {
	v := reflect.ValueOf(b)
	for i := range v.NumField() {
		if v.Field(i).Int() <= 0 {
			return fmt.Errorf("bound %s must be more than 0", v.Type().Field(i).Name)
		}
	}
	return nil
}
