//go:build linux

package bench

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
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

// stepAside leaves the first core to the servers.
func stepAside() error {
	cores := runtime.NumCPU()
	if _, err := exec.LookPath("taskset"); err != nil || cores < 2 {
		return nil // the servers have no core of their own, see process.Setting
	}
	if out, err := exec.Command("taskset", "-a", "-p", "-c", fmt.Sprintf("1-%d", cores-1), strconv.Itoa(os.Getpid())).CombinedOutput(); err != nil {
		return fmt.Errorf("leave the first core to the servers: %w: %s", err, out)
	}
	runtime.GOMAXPROCS(cores - 1)
	return nil
}

// available returns the memory that is free, in MiB.
func available() float64 {
	info, _ := os.ReadFile("/proc/meminfo")
	for line := range strings.Lines(string(info)) {
		if rest, ok := strings.CutPrefix(line, "MemAvailable:"); ok {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024
		}
	}
	return 0
}
