package server

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	gossh "golang.org/x/crypto/ssh"

	tea "charm.land/bubbletea/v2"

	"lectern/internal/limit"
)

// offer is what a server says it can do: SSH_MSG_KEXINIT of RFC 4253, section 7.1.
type offer struct {
	Cookie                                           [16]byte `sshtype:"20"`
	Kex, HostKey, CipherIn, CipherOut, MACIn, MACOut []string
	CompIn, CompOut, LangIn, LangOut                 []string
	Follows                                          bool
	Reserved                                         uint32
}

func TestAlgorithmsAreThoseThatAuditsPass(t *testing.T) {
	b := serve(t)
	nc := b.dial()
	if _, err := io.WriteString(nc, "SSH-2.0-audit\r\n"); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(nc)
	if line, err := in.ReadString('\n'); line != "SSH-2.0-Lectern\r\n" || err != nil {
		t.Fatalf("version %q, %v", line, err)
	}
	var head [5]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		t.Fatal(err)
	}
	packet := make([]byte, binary.BigEndian.Uint32(head[:])-1)
	if _, err := io.ReadFull(in, packet); err != nil {
		t.Fatal(err)
	}
	var got offer
	if err := gossh.Unmarshal(packet[:len(packet)-int(head[4])], &got); err != nil {
		t.Fatal(err)
	}
	got.Cookie = [16]byte{}
	ciphers := []string{"chacha20-poly1305@openssh.com", "aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr", "aes192-ctr", "aes128-ctr"}
	macs := []string{"hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"}
	none := []string{"none"}
	want := offer{
		Kex:      []string{"mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org", "kex-strict-s-v00@openssh.com"},
		HostKey:  []string{"ssh-ed25519"},
		CipherIn: ciphers, CipherOut: ciphers, MACIn: macs, MACOut: macs, CompIn: none, CompOut: none, LangIn: []string{}, LangOut: []string{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEachAlgorithmWorks(t *testing.T) {
	b := serve(t)
	c := serverConfig()
	for _, cipher := range c.Ciphers {
		for _, mac := range c.MACs {
			for _, kex := range append(c.KeyExchanges, "curve25519-sha256@libssh.org") {
				conn, chans, reqs, err := gossh.NewClientConn(b.dial(), b.addr, &gossh.ClientConfig{
					Config:          gossh.Config{KeyExchanges: []string{kex}, Ciphers: []string{cipher}, MACs: []string{mac}},
					HostKeyCallback: gossh.FixedHostKey(testSigner().PublicKey()),
				})
				if err != nil {
					t.Errorf("%s, %s, %s: %v", kex, cipher, mac, err)
					continue
				}
				_ = gossh.NewClient(conn, chans, reqs).Close()
			}
		}
	}
}

func TestHostKeyOfAnotherTypeIsRefused(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	_, err = New(Config{
		Signers: []gossh.Signer{signer},
		Limits:  limit.New(limit.DefaultConfig()),
		Program: func(context.Context, *Session) tea.Model { return &probe{} },
		Command: func(context.Context, *Session) int { return 0 },
	})
	if err == nil || !strings.Contains(err.Error(), "ecdsa-sha2-nistp256") {
		t.Errorf("got %v", err)
	}
}
