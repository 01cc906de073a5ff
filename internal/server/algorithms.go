package server

import (
	"fmt"

	gossh "golang.org/x/crypto/ssh"
)

// serverConfig returns the SSH settings of one connection. The algorithms are named, because the library's
// defaults hold NIST curves, SHA-1 and MACs that are not encrypt-then-MAC. What is left serves every OpenSSH since 6.5,
// dropbear since 2013 and PuTTY since 0.68.
//
// The library adds curve25519-sha256@libssh.org for its elder name, and the strict key exchange extension.
// No authentication is configured, which makes the library let everyone in: a handler of any kind would
// turn "none" off, and lock out clients with more keys than tries.
func serverConfig() *gossh.ServerConfig {
	return &gossh.ServerConfig{
		Config: gossh.Config{
			KeyExchanges: []string{
				gossh.KeyExchangeMLKEM768X25519,
				gossh.KeyExchangeCurve25519,
			},
			Ciphers: []string{
				gossh.CipherChaCha20Poly1305,
				gossh.CipherAES256GCM,
				gossh.CipherAES128GCM,
				gossh.CipherAES256CTR,
				gossh.CipherAES192CTR,
				gossh.CipherAES128CTR,
			},
			MACs: []string{
				gossh.HMACSHA256ETM,
				gossh.HMACSHA512ETM,
			},
		},
		PublicKeyAuthAlgorithms: []string{gossh.KeyAlgoED25519},
		MaxAuthTries:            6,
	}
}

// checkSigner refuses a host key that would bring in algorithms which serverConfig leaves out.
func checkSigner(signer gossh.Signer) error {
	if t := signer.PublicKey().Type(); t != gossh.KeyAlgoED25519 {
		return fmt.Errorf("host key is of type %s, want %s", t, gossh.KeyAlgoED25519)
	}
	return nil
}
