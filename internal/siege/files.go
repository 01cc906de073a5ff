//go:build unix

package siege

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"lectern/internal/process"
)

// files are the attacks on what is read as files and streams.
func files() []Attack {
	return []Attack{
		{"sftp handles", 8, handles},
		{"sftp transfers nobody takes", 8, stalledTransfer},
		{"sftp nonsense", 8, nonsense},
		{"streams dropped early", 8, streams},
		{"scp without answers", 8, silentScp},
		{"dialogues", 8, dialogue},
	}
}

// Packets of SFTP, version 3.
const (
	sftpInit    = 1
	sftpOpen    = 3
	sftpRead    = 5
	sftpOpenDir = 11
)

// sftp returns a packet of SFTP: the fields are bytes, uint32, uint64 and strings.
func sftp(kind byte, fields ...any) []byte {
	b := []byte{0, 0, 0, 0, kind}
	for _, f := range fields {
		switch f := f.(type) {
		case uint32:
			b = binary.BigEndian.AppendUint32(b, f)
		case uint64:
			b = binary.BigEndian.AppendUint64(b, f)
		case string:
			b = append(binary.BigEndian.AppendUint32(b, uint32(len(f))), f...)
		}
	}
	binary.BigEndian.PutUint32(b, uint32(len(b)-4))
	return b
}

// copying begins SFTP on a channel with such a window.
func (t *Target) copying(ctx context.Context, window uint32) (*wire, uint32, error) {
	w, err := t.raw(ctx)
	if err != nil {
		return nil, 0, err
	}
	channel, err := w.open(0, window)
	if err != nil {
		return nil, 0, err
	}
	if err := w.request(channel, "subsystem", true, struct{ Name string }{"sftp"}); err != nil {
		return nil, 0, err
	}
	if _, err := w.until(msgChannelSuccess); err != nil {
		return nil, 0, err
	}
	return w, channel, w.keys(channel, string(sftp(sftpInit, uint32(3))))
}

// handles opens files and folders, and closes none.
func handles(ctx context.Context, t *Target) error {
	w, channel, err := t.copying(ctx, math.MaxUint32)
	if err != nil {
		return err
	}
	go linger(w.r)
	for id := range uint32(20000) {
		p := sftp(sftpOpen, id, "/posts/"+t.Post+".md", uint32(1), uint32(0))
		if id%2 == 0 {
			p = sftp(sftpOpenDir, id, "/posts")
		}
		if w.keys(channel, string(p)) != nil {
			break
		}
	}
	return nil
}

// stalledTransfer asks for files, piece by piece, and makes no room for them.
func stalledTransfer(ctx context.Context, t *Target) error {
	w, channel, err := t.copying(ctx, 2000)
	if err != nil {
		return err
	}
	go linger(w.r)
	_ = w.keys(channel, string(sftp(sftpOpen, uint32(1), "/posts/"+t.Post+".md", uint32(1), uint32(0))))
	handles := []string{"0", "1", "2", ""}
	for id := uint32(2); ; id++ {
		if w.keys(channel, string(sftp(sftpRead, id, handles[id%4], uint64(id%3)<<10, uint32(32<<10)))) != nil {
			return nil
		}
	}
}

// nonsense sends packets that are none.
func nonsense(ctx context.Context, t *Target) error {
	w, channel, err := t.copying(ctx, 1<<30)
	if err != nil {
		return err
	}
	go linger(w.r)
	packets := [][]byte{
		{0, 0, 0, 0},
		{255, 255, 255, 255, 3},
		{0, 0, 0, 1, 200},
		{0, 4, 0, 0, 3},
		{0, 0, 0, 5, 3, 0, 0, 0, 1},
		sftp(sftpOpen, uint32(1), strings.Repeat("/..", 10000), uint32(1), uint32(0)),
		sftp(sftpOpen, uint32(1), "/posts/new", uint32(0x1a), uint32(0)),
		sftp(sftpRead, uint32(1), "0", uint64(math.MaxUint64), uint32(math.MaxUint32)),
		noise(2000),
	}
	for range 1 + t.next(50) {
		if w.keys(channel, string(packets[t.next(len(packets))])) != nil {
			break
		}
	}
	return nil
}

// streams reads the beginning of what a command prints, and drops the connection.
func streams(ctx context.Context, t *Target) error {
	client, err := t.client(ctx)
	if err != nil {
		return err
	}
	channel, requests, err := process.OpenSession(client)
	if err != nil {
		return err
	}
	go ssh.DiscardRequests(requests)
	lines := []string{"raw " + t.Post, "cat " + t.Post, "feed json"}
	ok, err := channel.SendRequest("exec", true, ssh.Marshal(struct{ Line string }{lines[t.next(len(lines))]}))
	if err == nil && !ok {
		err = errors.New("the command is refused")
	}
	if err != nil {
		return err
	}
	_, err = io.ReadFull(channel, make([]byte, 1+t.next(2000)))
	return err
}

// silentScp asks for all files by the old protocol, and does not answer, or answers too much.
func silentScp(ctx context.Context, t *Target) error {
	g, err := t.attached(ctx)
	if err != nil {
		return err
	}
	_, _ = g.channel.SendRequest("exec", false, ssh.Marshal(struct{ Line string }{"scp -r -f /posts"}))
	if t.next(2) == 0 {
		_, _ = g.channel.Write(make([]byte, t.next(100)))
		_ = g.channel.Close()
		return nil
	}
	pour(g.channel, slices.Repeat([]byte{0}, 4<<10))
	return nil
}

// dialogue talks to the dialogue for screen readers without listening to it.
func dialogue(ctx context.Context, t *Target) error {
	g, err := t.attached(ctx)
	if err != nil {
		return err
	}
	_, _ = g.channel.SendRequest("pty-req", false, ssh.Marshal(terminal(80, 24)))
	_, _ = g.channel.SendRequest("exec", false, ssh.Marshal(struct{ Line string }{"linear"}))
	pour(g.channel, []byte("1\nnext\nsearch "+strings.Repeat("words ", 100)+"\n\x1b[A\x00\xff\n"))
	return nil
}
