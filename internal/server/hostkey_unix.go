//go:build unix

package server

import (
	"io/fs"
	"os"
	"syscall"
)

// giveToOwnerOf gives a file that root made to the owner of its folder, whose server would else not be able to read it.
func giveToOwnerOf(dir string, f *os.File) error {
	if os.Geteuid() != 0 {
		return nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	return f.Chown(int(stat.Uid), int(stat.Gid))
}

// openToOthers reports whether others than this server's user can use a host key: of its own file nobody else may do
// anything. A file that is another's, the server's group may read: so Kubernetes mounts a secret, as root's, and only a
// group can be let in.
func openToOthers(info fs.FileInfo) bool {
	mode := info.Mode().Perm()
	if stat, ok := info.Sys().(*syscall.Stat_t); ok && int(stat.Uid) != os.Geteuid() {
		return mode&0o037 != 0
	}
	return mode&0o077 != 0
}
