//go:build unix

// Package siege attacks an SSH server of ours, or any, and measures what an honest reader sees meanwhile.
//
// An Attack is what one hostile client does, over and over, on some connections at a time; Attacks lists all. Measures are
// the other parts of a siege; each shows some Figures, which have goals.
//
// On a loopback address each connection comes from an address of its own, as those of many machines would: attackers from
// 127.16.0.0 on, readers from 127.0.1.0/24. Elsewhere all come from this machine, and the server should exempt it.
//
// What the room knows of the server is what a client can know.
package siege

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/crypto/ssh"
)

// A Target is a server to attack. Make it with NewTarget.
type Target struct {
	Addr string
	Mark string // what a painted list shows
	Post string // the name of a post

	loopback bool
	foes     atomic.Uint32
	readers  atomic.Uint32
	random   atomic.Uint64
}

// NewTarget returns a target with the marks of the posts that are built into the program.
func NewTarget(addr string) *Target {
	t := &Target{Addr: addr, Mark: "Lectern", Post: "docker-production"}
	if ap, err := netip.ParseAddrPort(addr); err == nil {
		t.loopback = ap.Addr().IsLoopback()
	}
	return t
}

// next returns small numbers which differ from call to call, for attacks that try many places.
func (t *Target) next(n int) int { return int(t.random.Add(1) % uint64(n)) }

// foe is an address that no attack came from before, for four million connections.
func (t *Target) foe() string {
	n := t.foes.Add(1)
	return fmt.Sprintf("127.%d.%d.%d", 16+n>>16&63, n>>8&255, n&255)
}

// reader is an address of readers.
func (t *Target) reader() string { return fmt.Sprintf("127.0.1.%d", 1+t.readers.Add(1)%250) }

// dial connects. The connection is closed when ctx ends.
func (t *Target) dial(ctx context.Context, from string) (*net.TCPConn, error) {
	return t.dialWith(ctx, from, net.Dialer{Timeout: 10 * time.Second})
}

// dialNarrow connects with a receive buffer as small as it gets. It is asked for before connecting, for a window that shrinks
// later drops what the server acknowledges, and with it what is sent here.
func (t *Target) dialNarrow(ctx context.Context) (*net.TCPConn, error) {
	return t.dialWith(ctx, t.foe(), net.Dialer{
		Timeout: 10 * time.Second,
		Control: func(_, _ string, c syscall.RawConn) error {
			var err error
			if cerr := c.Control(func(fd uintptr) { err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 1) }); cerr != nil {
				return cerr
			}
			return err
		},
	})
}

func (t *Target) dialWith(ctx context.Context, from string, d net.Dialer) (*net.TCPConn, error) {
	if t.loopback && from != "" {
		d.LocalAddr = &net.TCPAddr{IP: net.ParseIP(from)}
	}
	nc, err := d.DialContext(ctx, "tcp", t.Addr)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = nc.Close() })
	tcp := nc.(*net.TCPConn)
	// What is kept here goes on to the server after the end, and would count as what the server does not let go of.
	return tcp, tcp.SetWriteBuffer(32 << 10)
}

// raw connects a hostile client and gets it let in, packet by packet.
func (t *Target) raw(ctx context.Context) (*wire, error) {
	nc, err := t.dial(ctx, t.foe())
	if err != nil {
		return nil, err
	}
	return enter(nc)
}

// greeted connects a hostile client, and exchanges versions alone.
func (t *Target) greeted(ctx context.Context) (*wire, error) {
	nc, err := t.dial(ctx, t.foe())
	if err != nil {
		return nil, err
	}
	return greet(nc)
}

// keyed connects a hostile client, and exchanges versions and keys.
func (t *Target) keyed(ctx context.Context) (*wire, error) {
	w, err := t.greeted(ctx)
	if err != nil {
		return nil, err
	}
	return w, w.exchange()
}

// attached connects a hostile client that breaks no rule yet, and opens a session channel.
func (t *Target) attached(ctx context.Context) (*guest, error) {
	client, err := t.client(ctx)
	if err != nil {
		return nil, err
	}
	return attach(client)
}

// client connects a hostile client that breaks no rule of the protocol.
func (t *Target) client(ctx context.Context) (*ssh.Client, error) { return t.clientFrom(ctx, t.foe()) }

func (t *Target) clientFrom(ctx context.Context, from string) (*ssh.Client, error) {
	nc, err := t.dial(ctx, from)
	if err != nil {
		return nil, err
	}
	return clientOver(nc, t.Addr)
}

func clientOver(nc net.Conn, addr string) (*ssh.Client, error) {
	conn, channels, requests, err := ssh.NewClientConn(nc, addr, &ssh.ClientConfig{
		User: "siege", HostKeyCallback: ssh.InsecureIgnoreHostKey(), ClientVersion: clientVersion,
	})
	if err != nil {
		_ = nc.Close()
		return nil, err
	}
	return ssh.NewClient(conn, channels, requests), nil
}

// An Attack is what one kind of hostile client does.
type Attack struct {
	Name    string
	Workers int // clients at a time

	// strike is the life of one client. It returns an error if it did not come so far as to attack; that it was cut off then
	// is no error. ctx ends with it, and closes its connections.
	strike func(ctx context.Context, t *Target) error
}

// A Tally is what became of an attack.
type Tally struct {
	Struck, Failed int64
	Last           error // of the failed
}

// Run lets clients attack until ctx ends, one after another.
func (a Attack) Run(ctx context.Context, t *Target) Tally {
	var (
		workers sync.WaitGroup
		mu      sync.Mutex
		tally   Tally
	)
	for range a.Workers {
		workers.Go(func() {
			for ctx.Err() == nil {
				err := a.once(ctx, t)
				mu.Lock()
				switch {
				case err == nil:
					tally.Struck++
				case ctx.Err() == nil:
					tally.Failed++
					tally.Last = err
				}
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	return tally
}

// once is the life of one client.
func (a Attack) once(ctx context.Context, t *Target) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	return a.strike(ctx, t)
}

// Attacks returns all attacks.
func Attacks() []Attack {
	return slices.Concat(handshakes(), requests(), screens(), stalls(), files(), hoards())
}

// Mix is an attack of all attacks in turn.
func Mix(workers int) Attack {
	all := Attacks()
	return Attack{"a mix of all", workers, func(ctx context.Context, t *Target) error {
		// Those that wait to be cut off would in time be all that is left.
		ctx, end := context.WithTimeout(ctx, time.Duration(1+t.next(15))*time.Second)
		defer end()
		return all[t.next(len(all))].strike(ctx, t)
	}}
}
