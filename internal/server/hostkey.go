package server

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	gossh "golang.org/x/crypto/ssh"
)

// Names of the host keys in their folder.
const (
	HostKeyFile     = "ssh_host_ed25519_key"
	NextHostKeyFile = HostKeyFile + ".next" // that which is to follow it, and which readers learn meanwhile
)

// A HostKeyError is a host key that cannot be used, and what to do about it.
type HostKeyError struct {
	Path, Problem, Mend string
}

func (e *HostKeyError) Error() string {
	return fmt.Sprintf("host key %s %s; %s", e.Path, e.Problem, e.Mend)
}

// HostKey returns the host key in dir, and whether it was made just now, with its folder, because there was none.
// A key is made with permissions 0600, and never over another, also when several servers start at once: all return the
// same one. One that root makes belongs to the folder's owner. None is made where one is there that was to follow it. A key
// that others can read is refused, see openToOthers.
func HostKey(dir string) (signer gossh.Signer, made bool, err error) {
	return hostKey(dir, HostKeyFile)
}

// NextHostKey is HostKey for the key that is to follow.
func NextHostKey(dir string) (signer gossh.Signer, made bool, err error) {
	return hostKey(dir, NextHostKeyFile)
}

// LoadHostKey returns the host key in dir. The error is fs.ErrNotExist when there is none.
func LoadHostKey(dir string) (gossh.Signer, error) { return loadHostKey(dir, HostKeyFile) }

// LoadNextHostKey is LoadHostKey for the key that is to follow.
func LoadNextHostKey(dir string) (gossh.Signer, error) { return loadHostKey(dir, NextHostKeyFile) }

func hostKey(dir, name string) (signer gossh.Signer, made bool, err error) {
	signer, err = loadHostKey(dir, name)
	if !errors.Is(err, fs.ErrNotExist) {
		return signer, false, err
	}
	if next := filepath.Join(dir, NextHostKeyFile); name == HostKeyFile && exists(next) {
		path := filepath.Join(dir, name)
		return nil, false, &HostKeyError{path, "is missing, and one to follow it is there", "if its time has come, run: mv " + next + " " + path}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, false, fmt.Errorf("make host key folder: %w; name one that this user can make, with --hostkeys", err)
	}
	made, err = makeHostKey(dir, filepath.Join(dir, name))
	if err != nil {
		return nil, false, fmt.Errorf("make host key: %w; name a folder that this user can write to, with --hostkeys", err)
	}
	signer, err = loadHostKey(dir, name)
	return signer, made, err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func loadHostKey(dir, name string) (gossh.Signer, error) {
	path, mend := filepath.Join(dir, name), "move it away, and one will be made"
	if name == NextHostKeyFile {
		mend = "move it away"
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0) // or a pipe would wait for its writer
	if errors.Is(err, fs.ErrPermission) {
		return nil, fmt.Errorf("open host key: %w; give it to this user, with chown", err)
	}
	if err != nil {
		return nil, fmt.Errorf("open host key: %w", err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open host key: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, &HostKeyError{path, "is not a file", mend}
	}
	if openToOthers(info) {
		return nil, &HostKeyError{path, fmt.Sprintf("can be read by others (%04o)", info.Mode().Perm()), "run: chmod 600 " + path}
	}
	if info.Size() > maxHostKey {
		return nil, &HostKeyError{path, "is too large for a key", mend}
	}
	b := make([]byte, info.Size())
	if _, err := f.ReadAt(b, 0); err != nil {
		return nil, fmt.Errorf("read host key: %w", err)
	}
	signer, err := gossh.ParsePrivateKey(b)
	if err != nil {
		return nil, &HostKeyError{path, "is not a private key without a passphrase (" + err.Error() + ")", mend}
	}
	if err := checkSigner(signer); err != nil {
		return nil, &HostKeyError{path, "is of type " + signer.PublicKey().Type(), "use an ed25519 key, or " + mend}
	}
	return signer, nil
}

// maxHostKey is more than any key file has, in bytes.
const maxHostKey = 64 << 10

// makeHostKey makes a key at path, unless there is one by then: the key is written whole to a file of its own, and then
// linked to its name, which fails if the name is taken.
func makeHostKey(dir, path string) (made bool, err error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return false, err
	}
	block, err := gossh.MarshalPrivateKey(key, "lectern")
	if err != nil {
		return false, err
	}
	f, err := os.CreateTemp(dir, ".new-*") // with permissions 0600
	if err != nil {
		return false, err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	if err := giveToOwnerOf(dir, f); err != nil {
		_ = f.Close()
		return false, err
	}
	_, err = f.Write(pem.EncodeToMemory(block))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return false, err
	}
	switch err := os.Link(f.Name(), path); {
	case errors.Is(err, fs.ErrExist):
		return false, nil
	case err != nil:
		return false, err
	}
	return true, nil
}

// Fingerprint returns a key's fingerprint, as ssh-keygen -l prints it.
func Fingerprint(key gossh.PublicKey) string { return gossh.FingerprintSHA256(key) }
