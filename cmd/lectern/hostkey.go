package main

import (
	"crypto/sha1"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"

	"golang.org/x/crypto/ssh"

	"lectern/internal/server"
)

// hostKeys returns the host key in a folder, which is made there if it is not required and there is none, and after it
// the one that is to follow, if there is one. Both are logged; one that is to follow and cannot be read ends nothing. The
// error is fs.ErrNotExist for a key that is required.
func hostKeys(dir string, required bool, log *slog.Logger) ([]ssh.Signer, error) {
	next, _, err := nextKey(dir, false)
	if err != nil {
		log.Error("next host key is not served", "error", err.Error())
	}
	var key ssh.Signer
	made := false
	if !required {
		key, made, err = server.HostKey(dir)
	} else {
		key, err = server.LoadHostKey(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("--hostkeys %s: %w", dir, err)
	}
	log.Info("host key", "folder", dir, "made", made, "fingerprint", server.Fingerprint(key.PublicKey()))
	if next == nil {
		return []ssh.Signer{key}, nil
	}
	log.Info("next host key", "folder", dir, "fingerprint", server.Fingerprint(next.PublicKey()))
	return []ssh.Signer{key, next}, nil
}

// nextKey returns the key that is to follow the host key, if there is one; if there is to be one, it may be made.
func nextKey(dir string, want bool) (key ssh.Signer, made bool, err error) {
	if want {
		return server.NextHostKey(dir)
	}
	key, err = server.LoadNextHostKey(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	return key, false, err
}

// host returns the host to which DNS records belong.
func (c *keygenCmd) host() (string, error) {
	host := c.Host
	if host == "" {
		live, err := openLive(c.Content)
		if err != nil {
			return "", err
		}
		library, _ := live.Current()
		site := library.Site()
		if site.Host == "" {
			return "", errors.New("--sshfp: name the host: lectern keygen --sshfp blog.example.com; or write it into blog.yaml")
		}
		host, _ = site.Address()
	}
	if strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789.-_") != "" {
		return "", fmt.Errorf("--sshfp: %q is no name of a host: only letters, digits and . - _ may be in it, and no port", host)
	}
	return host, nil
}

// sshfp returns a key's DNS records (RFC 4255, and 7479 for ed25519, which is algorithm 4), as ssh-keygen -r prints
// them: with its SHA-1 (type 1) and SHA-256 (type 2).
func sshfp(host string, key ssh.PublicKey) string {
	const algorithm = 4
	b := key.Marshal()
	return fmt.Sprintf("%s IN SSHFP %d 1 %x\n%s IN SSHFP %d 2 %x\n", host, algorithm, sha1.Sum(b), host, algorithm, sha256.Sum256(b))
}
