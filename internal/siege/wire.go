//go:build unix

package siege

import (
	"bufio"
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
)

// Message numbers of RFC 4253, 4252 and 4254.
const (
	msgIgnore         = 2
	msgServiceAccept  = 6
	msgKexInit        = 20
	msgNewKeys        = 21
	msgKexReply       = 31
	msgAuthFailure    = 51
	msgAuthSuccess    = 52
	msgChannelOpened  = 91
	msgChannelRefused = 92
	msgChannelSuccess = 99
	msgChannelFailure = 100
)

const clientVersion = "SSH-2.0-siege"

// A wire is the client's end of a connection, packet by packet: it says whatever it is told to say, and does nothing by
// itself, so that it can break each rule alone. It speaks one suite, curve25519-sha256 and aes128-gcm@openssh.com, and does
// not look at the host key. Not safe for concurrent use, but that one goroutine may send while one receives.
type wire struct {
	net.Conn
	r       *bufio.Reader
	theirs  string // the server's version
	session []byte // the hash of the first exchange
	in, out *seal  // nil before the first exchange
}

// A seal encrypts one direction.
type seal struct {
	aead cipher.AEAD
	iv   []byte
}

// nonce returns the nonce of the next packet.
func (s *seal) nonce() []byte {
	iv := bytes.Clone(s.iv)
	binary.BigEndian.PutUint64(s.iv[4:], binary.BigEndian.Uint64(s.iv[4:])+1)
	return iv
}

// greet exchanges the versions.
func greet(nc net.Conn) (*wire, error) {
	w := &wire{Conn: nc, r: bufio.NewReader(nc)}
	if _, err := io.WriteString(nc, clientVersion+"\r\n"); err != nil {
		return nil, err
	}
	for {
		line, err := w.r.ReadString('\n')
		if err != nil {
			return nil, err
		}
		if line = strings.TrimRight(line, "\r\n"); strings.HasPrefix(line, "SSH-") {
			w.theirs = line
			return w, nil
		}
	}
}

// enter goes through the whole handshake, up to being let in.
func enter(nc net.Conn) (*wire, error) {
	w, err := greet(nc)
	if err != nil {
		return nil, err
	}
	if err := w.exchange(); err != nil {
		return nil, fmt.Errorf("key exchange: %w", err)
	}
	if err := w.service(); err != nil {
		return nil, err
	}
	if err := w.send(authRequest("none")); err != nil {
		return nil, err
	}
	_, err = w.until(msgAuthSuccess, msgAuthFailure)
	return w, err
}

// service asks for authentication.
func (w *wire) service() error {
	if err := w.send(serviceRequest("ssh-userauth")); err != nil {
		return err
	}
	_, err := w.until(msgServiceAccept)
	return err
}

func serviceRequest(name string) []byte {
	return ssh.Marshal(struct {
		Name string `sshtype:"5"`
	}{name})
}

func authRequest(method string) []byte {
	return ssh.Marshal(struct {
		User, Service, Method string `sshtype:"50"`
	}{"siege", "ssh-connection", method})
}

// proposal returns a KEXINIT.
func proposal() []byte {
	p := struct {
		Cookie                               [16]byte `sshtype:"20"`
		Kex, HostKey, CipherCS, CipherSC     []string
		MACCS, MACSC, CompressCS, CompressSC []string
		LanguageCS, LanguageSC               []string
		FirstFollows                         bool
		Reserved                             uint32
	}{
		Kex: []string{"curve25519-sha256"}, HostKey: []string{"ssh-ed25519", "rsa-sha2-256"},
		CipherCS: []string{"aes128-gcm@openssh.com"}, CipherSC: []string{"aes128-gcm@openssh.com"},
		MACCS: []string{"hmac-sha2-256-etm@openssh.com"}, MACSC: []string{"hmac-sha2-256-etm@openssh.com"},
		CompressCS: []string{"none"}, CompressSC: []string{"none"},
	}
	_, _ = rand.Read(p.Cookie[:])
	return ssh.Marshal(p)
}

// exchange makes keys, the first or new ones.
func (w *wire) exchange() error {
	mine := proposal()
	if err := w.send(mine); err != nil {
		return err
	}
	theirs, err := w.until(msgKexInit)
	if err != nil {
		return err
	}
	secret, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	public := secret.PublicKey().Bytes()
	err = w.send(ssh.Marshal(struct {
		Public []byte `sshtype:"30"`
	}{public}))
	if err != nil {
		return err
	}
	answer, err := w.until(msgKexReply)
	if err != nil {
		return err
	}
	var reply struct {
		HostKey, Public, Signature []byte `sshtype:"31"`
	}
	if err := ssh.Unmarshal(answer, &reply); err != nil {
		return err
	}
	peer, err := ecdh.X25519().NewPublicKey(reply.Public)
	if err != nil {
		return err
	}
	shared, err := secret.ECDH(peer)
	if err != nil {
		return err
	}
	k := ssh.Marshal(struct{ K *big.Int }{new(big.Int).SetBytes(shared)})
	h := sha256.New()
	h.Write(ssh.Marshal(struct {
		VC, VS                  string
		IC, IS, HostKey, QC, QS []byte
	}{clientVersion, w.theirs, mine, theirs, reply.HostKey, public, reply.Public}))
	h.Write(k)
	hash := h.Sum(nil)
	if w.session == nil {
		w.session = hash
	}
	derive := func(letter byte) []byte {
		sum := sha256.Sum256(slices.Concat(k, hash, []byte{letter}, w.session))
		return sum[:]
	}
	if err := w.send([]byte{msgNewKeys}); err != nil {
		return err
	}
	w.out = newSeal(derive('A'), derive('C'))
	if _, err := w.until(msgNewKeys); err != nil {
		return err
	}
	w.in = newSeal(derive('B'), derive('D'))
	return nil
}

func newSeal(iv, key []byte) *seal {
	block, err := aes.NewCipher(key[:16])
	if err != nil {
		panic(err) // of the length of the key alone
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return &seal{aead, iv[:12]}
}

// send sends one packet.
func (w *wire) send(payload []byte) error {
	_, err := w.Write(w.pack(payload))
	return err
}

// pack returns a packet as it goes over the network. It must be sent next.
func (w *wire) pack(payload []byte) []byte {
	pad := 16 - (len(payload)+1)%16
	if w.out == nil {
		pad = 8 - (len(payload)+5)%8
	}
	if pad < 4 {
		pad += 16
	}
	n := 1 + len(payload) + pad
	b := make([]byte, 4, 4+n+16)
	binary.BigEndian.PutUint32(b, uint32(n))
	body := make([]byte, n)
	body[0] = byte(pad)
	copy(body[1:], payload)
	if w.out == nil {
		return append(b, body...)
	}
	return w.out.aead.Seal(b, w.out.nonce(), body, b[:4])
}

// receive returns the next packet's payload, which has a byte at least.
func (w *wire) receive() ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(w.r, head[:]); err != nil {
		return nil, err
	}
	n := int(binary.BigEndian.Uint32(head[:]))
	if n > 1<<18 {
		return nil, errors.New("packet too long")
	}
	if w.in != nil {
		n += 16
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(w.r, body); err != nil {
		return nil, err
	}
	if w.in != nil {
		var err error
		if body, err = w.in.aead.Open(body[:0], w.in.nonce(), body, head[:]); err != nil {
			return nil, err
		}
	}
	if len(body) < 2 || int(body[0])+2 > len(body) {
		return nil, errors.New("packet too short")
	}
	return body[1 : len(body)-int(body[0])], nil
}

// until returns the next packet of one of these kinds, and passes over all others.
func (w *wire) until(kinds ...byte) ([]byte, error) {
	for {
		p, err := w.receive()
		if err != nil {
			return nil, err
		}
		if slices.Contains(kinds, p[0]) {
			return p, nil
		}
	}
}

// open opens a session channel with such a window, as the client's channel id, and returns the server's id of it.
func (w *wire) open(id, window uint32) (uint32, error) { return w.openWith(id, window, maxPacket) }

// openWith opens a session channel, whose packets are to have no more than longest bytes.
func (w *wire) openWith(id, window, longest uint32) (uint32, error) {
	if err := w.send(channelRequest("session", id, window, longest)); err != nil {
		return 0, err
	}
	p, err := w.until(msgChannelOpened, msgChannelRefused)
	if err != nil {
		return 0, err
	}
	if p[0] == msgChannelRefused || len(p) < 9 {
		return 0, errors.New("channel refused")
	}
	return binary.BigEndian.Uint32(p[5:]), nil
}

// maxPacket is how many bytes of data a packet usually has at most.
const maxPacket = 32 << 10

func openRequest(kind string, id, window uint32) []byte {
	return channelRequest(kind, id, window, maxPacket)
}

func channelRequest(kind string, id, window, longest uint32) []byte {
	return ssh.Marshal(struct {
		Kind            string `sshtype:"90"`
		ID, Window, Max uint32
	}{kind, id, window, longest})
}

// request asks for something on a channel, without waiting for the answer.
func (w *wire) request(channel uint32, kind string, answer bool, rest any) error {
	b := ssh.Marshal(struct {
		Channel uint32 `sshtype:"98"`
		Kind    string
		Answer  bool
	}{channel, kind, answer})
	if rest != nil {
		b = append(b, ssh.Marshal(rest)...)
	}
	return w.send(b)
}

// screen asks for a program on a terminal.
func (w *wire) screen(channel uint32) error {
	if err := w.request(channel, "pty-req", false, terminal(80, 24)); err != nil {
		return err
	}
	return w.request(channel, "shell", false, nil)
}

// keys sends what is typed. Nobody counts the server's window.
func (w *wire) keys(channel uint32, text string) error {
	return w.send(ssh.Marshal(struct {
		Channel uint32 `sshtype:"94"`
		Text    string
	}{channel, text}))
}

// A ptyRequest is the payload of RFC 4254, section 6.2.
type ptyRequest struct {
	Term                         string
	Width, Height, WidthP, HighP uint32
	Modes                        string
}

func terminal(width, height uint32) ptyRequest {
	return ptyRequest{Term: "xterm-256color", Width: width, Height: height}
}

// A windowSize is the payload of RFC 4254, section 6.7.
type windowSize struct{ Width, Height, WidthP, HighP uint32 }
