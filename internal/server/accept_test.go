package server

import (
	"context"
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"

	"lectern/internal/limit"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"
)

// A listener that returns errors, and then ends.
type failing []error

func (f *failing) Accept() (net.Conn, error) {
	err := (*f)[0]
	*f = (*f)[1:]
	return nil, err
}

func (f *failing) Close() error   { return nil }
func (f *failing) Addr() net.Addr { return &net.TCPAddr{} }

func TestScarceDescriptorsDoNotEndTheServer(t *testing.T) {
	server, err := New(Config{
		Signers: []gossh.Signer{testSigner()},
		Limits:  limit.New(limit.DefaultConfig()),
		Program: func(context.Context, *Session) tea.Model { return &probe{} },
		Command: func(context.Context, *Session) int { return 0 },
	})
	if err != nil {
		t.Fatal(err)
	}
	scarce := &net.OpError{Op: "accept", Err: syscall.EMFILE}
	err = server.Serve(t.Context(), &failing{scarce, scarce, errors.New("gone for good")})
	if err == nil || !strings.Contains(err.Error(), "gone for good") {
		t.Errorf("got %v", err)
	}
}
