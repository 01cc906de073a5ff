//go:build unix

package process_test

import (
	"errors"
	"io"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"lectern/internal/process"
)

// An ended is a connection that ends just as a channel is opened, as it cannot be brought about: nobody answers.
type ended struct {
	ssh.Conn
	leave chan struct{}
}

func (c ended) Wait() error { return io.EOF }

func (c ended) OpenChannel(string, []byte) (ssh.Channel, <-chan *ssh.Request, error) {
	<-c.leave
	return nil, nil, nil
}

func TestASessionIsNotWaitedForWhenTheConnectionHasEnded(t *testing.T) {
	c := ended{leave: make(chan struct{})}
	defer close(c.leave)
	opened := make(chan error, 1)
	go func() {
		_, _, err := process.OpenSession(&ssh.Client{Conn: c})
		opened <- err
	}()
	select {
	case err := <-opened:
		if !errors.Is(err, io.EOF) {
			t.Errorf("says %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it waits for an answer that cannot come")
	}
}
