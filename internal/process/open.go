//go:build unix

package process

import (
	"fmt"

	"golang.org/x/crypto/ssh"
)

// OpenSession opens a session channel. It returns when the server has answered or the connection has ended.
//
// It works round OpenChannel of x/crypto v0.58.0, which waits for ever when the connection ends just as it asks: the loop of a
// connection lets go of its channels before it closes it, and nobody tells a channel that is added in between. Its goroutine is
// then left behind.
func OpenSession(client *ssh.Client) (ssh.Channel, <-chan *ssh.Request, error) {
	type answer struct {
		channel  ssh.Channel
		requests <-chan *ssh.Request
		err      error
	}
	answered, ended := make(chan answer, 1), make(chan error, 1)
	go func() {
		channel, requests, err := client.OpenChannel("session", nil)
		answered <- answer{channel, requests, err}
	}()
	go func() { ended <- client.Wait() }()
	select {
	case a := <-answered:
		return a.channel, a.requests, a.err
	case err := <-ended:
		return nil, nil, fmt.Errorf("open a session: the connection has ended: %w", err)
	}
}
