//go:build linux

package bench

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"

	"lectern/internal/process"
)

// A Machine is what is measured on.
type Machine struct {
	Processor string    `json:"processor"`
	Cores     int       `json:"cores"`
	System    string    `json:"system"`
	Go        string    `json:"go"`
	Servers   string    `json:"servers"` // how they were started
	At        time.Time `json:"at"`
}

// Here returns the machine that this runs on.
func Here() Machine {
	m := Machine{"unknown processor", runtime.NumCPU(), runtime.GOOS + "/" + runtime.GOARCH, runtime.Version(), process.Setting(), time.Now().UTC()}
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, model, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				m.Processor = strings.TrimSpace(model)
				break
			}
		}
	}
	return m
}

func (m Machine) String() string {
	return fmt.Sprintf("%d cores of %s, %s, %s; servers: %s", m.Cores, m.Processor, m.System, m.Go, m.Servers)
}

// descriptors is how many files this process and its servers may have open each.
func descriptors() uint64 {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil {
		return 0
	}
	return limit.Max // Go raises the other one to it
}
