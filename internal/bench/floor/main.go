// Floor is the least that an SSH server in Go can be: a bare gliderlabs/ssh server that writes one screen of text, and answers
// each key with the bytes of a selection that moves. It is there to be measured, beside the program that does more.
package main

import (
	"bytes"
	"crypto/ed25519"
	"flag"
	"fmt"
	"io"
	"net"
	"os"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"
)

func main() {
	listen := flag.String("listen", "localhost:2222", "address to listen on")
	flag.String("hostkeys", "", "not used: the host key is a new one")
	file := flag.String("screen", "", "file of what is written first; without one, 40 lines of text")
	flag.Parse()
	if err := serve(*listen, *file); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

// answer is what a key is answered with.
const answer = "\x1b[12;1H  one of the rows\x1b[13;1H> the other"

func serve(listen, file string) error {
	screen := bytes.Repeat([]byte("one row of a screen, of no more than this many cells, with words\r\n"), 40)
	if file != "" {
		var err error
		if screen, err = os.ReadFile(file); err != nil {
			return err
		}
	}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return err
	}
	signer, err := gossh.NewSignerFromKey(key)
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	fmt.Fprintf(os.Stderr, "Read it with: ssh -p %s localhost\n", port)
	srv := &ssh.Server{HostSigners: []ssh.Signer{signer}, Handler: func(s ssh.Session) { attend(s, screen) }}
	return srv.Serve(ln)
}

func attend(s ssh.Session, screen []byte) {
	if _, err := s.Write(screen); err != nil {
		return
	}
	var key [64]byte
	for {
		n, err := s.Read(key[:])
		if err != nil {
			return
		}
		for range n {
			if _, err := io.WriteString(s, answer); err != nil {
				return
			}
		}
	}
}
