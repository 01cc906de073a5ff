//go:build unix

package server

import (
	"io/fs"
	"os"
	"syscall"
)

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
