//go:build unix

package server

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestHostKeyOfAnotherOwnerMayBeReadByTheGroup(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	for mode, want := range map[fs.FileMode]bool{0o440: true, 0o400: true, 0o640: true, 0o460: false, 0o444: false, 0o441: false} {
		t.Run(fmt.Sprintf("%04o", mode), func(t *testing.T) {
			dir := t.TempDir()
			if _, _, err := HostKey(dir); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, HostKeyFile)
			if err := os.Chown(path, 12345, -1); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
			if _, err := LoadHostKey(dir); (err == nil) != want {
				t.Errorf("loaded: %v, want %v (%v)", err == nil, want, err)
			}
		})
	}
}

func TestAKeyThatRootMakesBelongsToTheOwnerOfItsFolder(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	dir := t.TempDir()
	if err := os.Chown(dir, 12345, 23456); err != nil {
		t.Fatal(err)
	}
	if _, _, err := HostKey(dir); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, HostKeyFile))
	if err != nil {
		t.Fatal(err)
	}
	if stat := info.Sys().(*syscall.Stat_t); stat.Uid != 12345 || stat.Gid != 23456 || info.Mode().Perm() != 0o600 {
		t.Errorf("%d:%d %v, want 12345:23456 and 0600", stat.Uid, stat.Gid, info.Mode())
	}
}
