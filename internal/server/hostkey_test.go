package server

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

func TestHostKeyIsMadeOnceAndKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	if _, err := LoadHostKey(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("loaded from nothing: %v", err)
	}
	first, made, err := HostKey(dir)
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	info, err := os.Stat(filepath.Join(dir, HostKeyFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	second, made, err := HostKey(dir)
	if err != nil || made {
		t.Errorf("made %v again, %v", made, err)
	}
	if !bytes.Equal(first.PublicKey().Marshal(), second.PublicKey().Marshal()) {
		t.Error("the key changed")
	}
	if f := Fingerprint(first.PublicKey()); !strings.HasPrefix(f, "SHA256:") {
		t.Errorf("fingerprint %q", f)
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
}

func TestServersThatStartAtOnceShareOneHostKey(t *testing.T) {
	dir := t.TempDir()
	keys := make([]string, 20)
	var wait sync.WaitGroup
	for i := range keys {
		wait.Go(func() {
			signer, _, err := HostKey(dir)
			if err != nil {
				t.Error(err)
				return
			}
			keys[i] = Fingerprint(signer.PublicKey())
		})
	}
	wait.Wait()
	for _, key := range keys {
		if key != keys[0] {
			t.Errorf("got %s and %s", key, keys[0])
		}
	}
}

func TestUnusableHostKeyIsRefusedWithTheMend(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	block, err := gossh.MarshalPrivateKey(rsaKey, "")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		spoil func(path string) error
		want  string
	}{
		"others can read it": {func(path string) error { return os.Chmod(path, 0o644) }, "can be read by others (0644); run: chmod 600 "},
		"group can read it":  {func(path string) error { return os.Chmod(path, 0o640) }, "can be read by others (0640)"},
		"empty":              {func(path string) error { return os.Truncate(path, 0) }, "is not a private key"},
		"other type":         {func(path string) error { return os.WriteFile(path, pem.EncodeToMemory(block), 0o600) }, "is of type ssh-rsa; use an ed25519 key"},
		"too large":          {func(path string) error { return os.Truncate(path, 1<<30) }, "is too large"},
		"folder": {func(path string) error {
			return errors.Join(os.Remove(path), os.Mkdir(path, 0o700))
		}, "is not a file"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if _, _, err := HostKey(dir); err != nil {
				t.Fatal(err)
			}
			if err := tt.spoil(filepath.Join(dir, HostKeyFile)); err != nil {
				t.Fatal(err)
			}
			_, made, err := HostKey(dir)
			var problem *HostKeyError
			if !errors.As(err, &problem) || made || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, made %v", err, made)
			}
		})
	}
}
