package server

import (
	"crypto/ed25519"
	"crypto/rand"
	"slices"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/limit"
)

// nextSigner makes another host key.
func nextSigner(t *testing.T) gossh.Signer {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func withSigners(signers ...gossh.Signer) setting {
	return func(c *Config, _ *limit.Config) { c.Signers = signers }
}

// A learner is a client, and the requests outside of channels that it was sent.
type learner struct {
	gossh.Conn
	asked <-chan *gossh.Request
}

// learner connects as a client of that version, and opens two sessions.
func (b *bench) learner(version string) learner {
	b.t.Helper()
	conn, chans, reqs, err := gossh.NewClientConn(b.dial(), b.addr, &gossh.ClientConfig{
		ClientVersion:   version,
		HostKeyCallback: gossh.FixedHostKey(testSigner().PublicKey()),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = conn.Close() })
	go func() {
		for c := range chans {
			_ = c.Reject(gossh.Prohibited, "")
		}
	}()
	asked := make(chan *gossh.Request, 10)
	go func() {
		defer close(asked)
		for r := range reqs {
			asked <- r
		}
	}()
	for range 2 {
		_, requests, err := conn.OpenChannel("session", nil)
		if err != nil {
			b.t.Fatal(err)
		}
		go gossh.DiscardRequests(requests)
	}
	return learner{conn, asked}
}

func blobs(all ...[]byte) (b []byte) {
	for _, one := range all {
		b = append(b, gossh.Marshal(blob{Bytes: one})...)
	}
	return b
}

const openSSH = "SSH-2.0-OpenSSH_9.2p1 Debian-2"

func TestOpenSSHIsToldOfAllHostKeysOnce(t *testing.T) {
	next := nextSigner(t)
	b := serve(t, withSigners(testSigner(), next, testSigner()))
	c := b.learner(openSSH)
	_ = c.Close()
	var got []*gossh.Request
	for r := range c.asked {
		got = append(got, r)
	}
	if len(got) != 1 || got[0].Type != "hostkeys-00@openssh.com" || got[0].WantReply {
		t.Fatalf("was asked %v, want one announcement", got)
	}
	if want := blobs(testSigner().PublicKey().Marshal(), next.PublicKey().Marshal()); !slices.Equal(got[0].Payload, want) {
		t.Errorf("announced %q, want %q", got[0].Payload, want)
	}
}

func TestNoOtherClientIsToldAnything(t *testing.T) {
	b := serve(t, withSigners(testSigner(), nextSigner(t)))
	for _, version := range []string{"SSH-2.0-Go", "SSH-2.0-dropbear_2022.83", "SSH-2.0-PuTTY_Release_0.78"} {
		c := b.learner(version)
		_ = c.Close()
		for r := range c.asked {
			t.Errorf("%s was asked %s", version, r.Type)
		}
	}
}

func TestHostKeysAreProved(t *testing.T) {
	next := nextSigner(t)
	b := serve(t, withSigners(testSigner(), next))
	c := b.learner(openSSH)
	ok, proof, err := c.SendRequest("hostkeys-prove-00@openssh.com", true, blobs(next.PublicKey().Marshal(), testSigner().PublicKey().Marshal()))
	if err != nil || !ok {
		t.Fatalf("proved %v, %v", ok, err)
	}
	rest := blob{Rest: proof}
	for _, key := range []gossh.PublicKey{next.PublicKey(), testSigner().PublicKey()} {
		var sig gossh.Signature
		if err := gossh.Unmarshal(rest.Rest, &rest); err != nil {
			t.Fatal(err)
		}
		if err := gossh.Unmarshal(rest.Bytes, &sig); err != nil {
			t.Fatal(err)
		}
		signed := blobs([]byte("hostkeys-prove-00@openssh.com"), c.SessionID(), key.Marshal())
		if err := key.Verify(signed, &sig); err != nil {
			t.Error(err)
		}
	}
	if len(rest.Rest) > 0 {
		t.Errorf("and then %q", rest.Rest)
	}
}

func TestWhatIsNotAskedRightIsNotProved(t *testing.T) {
	b := serve(t)
	c := b.learner(openSSH)
	ours := testSigner().PublicKey().Marshal()
	for name, payload := range map[string][]byte{
		"nothing":              nil,
		"another's key":        blobs(nextSigner(t).PublicKey().Marshal()),
		"more than there are":  blobs(ours, ours),
		"no key":               blobs(nil),
		"a string cut short":   blobs(ours)[:20],
		"something behind it":  append(blobs(ours), 1),
		"a length without end": {0xff, 0xff, 0xff, 0xff},
	} {
		if ok, proof, err := c.SendRequest(proveRequest, true, payload); ok || len(proof) > 0 || err != nil {
			t.Errorf("%s: proved %v, %q, %v", name, ok, proof, err)
		}
	}
	if ok, _, err := c.SendRequest(proveRequest, true, blobs(ours)); !ok || err != nil {
		t.Errorf("then the right one: %v, %v", ok, err)
	}
}

func TestProofsAreBounded(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.GlobalRate, b.GlobalBurst = 1, 5 }))
	c := b.learner(openSSH)
	for n := 0; ; n++ {
		ok, _, err := c.SendRequest(proveRequest, true, blobs(testSigner().PublicKey().Marshal()))
		if err != nil {
			if n < 5 {
				t.Errorf("only %d proofs: %v", n, err)
			}
			break
		}
		if !ok && n < 5 || n > 100 {
			t.Fatalf("proof %d: %v", n, ok)
		}
	}
}
