package server

import (
	"bytes"
	"crypto/rand"
	"slices"
	"strings"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// Requests of OpenSSH's PROTOCOL file, section 2.5: by the first, which nobody answers, a server tells which host keys
// it has; by the second a client has it prove those that it did not know, before it trusts them from then on.
const (
	announceRequest = "hostkeys-00@openssh.com"
	proveRequest    = "hostkeys-prove-00@openssh.com"
)

// A keyring is the host keys, each once. The first is that of handshakes.
type keyring []hostKeyPair

type hostKeyPair struct {
	signer gossh.Signer
	public []byte // as it goes over the wire
}

func newKeyring(signers []gossh.Signer) keyring {
	var k keyring
	for _, s := range signers {
		if public := s.PublicKey().Marshal(); k.find(public) == nil {
			k = append(k, hostKeyPair{s, public}) // a key that comes twice makes OpenSSH ignore them all
		}
	}
	return k
}

// find returns the signer of a public key, or nil.
func (k keyring) find(public []byte) gossh.Signer {
	i := slices.IndexFunc(k, func(p hostKeyPair) bool { return bytes.Equal(p.public, public) })
	if i < 0 {
		return nil
	}
	return k[i].signer
}

// A blob is a string of the SSH protocol, and what follows it.
type blob struct {
	Bytes []byte
	Rest  []byte `ssh:"rest"`
}

// announce tells a client of all host keys, when it opens its first session: so it can learn the one that is to follow
// before the one it knows goes, and forget the one that went. Only OpenSSH's clients learn, so no other is told.
func (s *Server) announce(c *conn, sc *gossh.ServerConn) {
	if !strings.HasPrefix(string(sc.ClientVersion()), "SSH-2.0-OpenSSH_") {
		return
	}
	c.announced.Do(func() {
		var payload []byte
		for _, key := range *s.keys.Load() {
			payload = append(payload, gossh.Marshal(blob{Bytes: key.public})...)
		}
		_, _, _ = sc.SendRequest(announceRequest, false, payload) // a write that fails ends the connection
	})
}

// prove answers a client that asks for proof of host keys: for each a signature, over the connection's identifier, so
// that it serves for this connection alone. A request for a key that is not ours, or for more than there are, gets none.
func (s *Server) prove(ctx ssh.Context, _ *ssh.Server, req *gossh.Request) (bool, []byte) {
	sc, ok := ctx.Value(ssh.ContextKeyConn).(*gossh.ServerConn)
	if !connOf(ctx.RemoteAddr()).ask() || !ok || len(req.Payload) == 0 {
		return false, nil
	}
	keys := *s.keys.Load()
	var proof []byte
	asked := blob{Rest: req.Payload}
	for n := 1; len(asked.Rest) > 0; n++ {
		if n > len(keys) || gossh.Unmarshal(asked.Rest, &asked) != nil {
			return false, nil
		}
		signer := keys.find(asked.Bytes)
		if signer == nil {
			return false, nil
		}
		signature, err := signer.Sign(rand.Reader, proven(sc.SessionID(), asked.Bytes))
		if err != nil {
			return false, nil
		}
		proof = append(proof, gossh.Marshal(blob{Bytes: gossh.Marshal(signature)})...)
	}
	return true, proof
}

// proven is what the proof of a host key signs.
func proven(session, public []byte) []byte {
	return gossh.Marshal(struct {
		Request         string
		Session, Public []byte
	}{proveRequest, session, public})
}
