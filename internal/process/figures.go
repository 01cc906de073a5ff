//go:build unix

package process

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
)

// Descriptors returns how many descriptors the process has open, and 0 if that cannot be seen.
func (s *Process) Descriptors() int {
	entries, err := os.ReadDir(s.proc("fd"))
	if err != nil {
		return 0
	}
	return len(entries)
}

// Peak returns the most memory that the process ever had resident, in MiB, and 0 if that cannot be seen.
func (s *Process) Peak() float64 { return field(s.proc("status"), "VmHWM:") / 1024 }

// Resident returns the memory that the process has resident, in MiB, and 0 if that cannot be seen.
func (s *Process) Resident() float64 { return field(s.proc("status"), "VmRSS:") / 1024 }

// Available returns the memory that this machine has free, in MiB, and 0 if that cannot be seen.
func Available() float64 { return field("/proc/meminfo", "MemAvailable:") / 1024 }

// Wakes returns how often one of the process's threads has waited for something and was woken, and 0 if that cannot be seen.
func (s *Process) Wakes() int {
	threads, _ := filepath.Glob(s.proc("task", "*", "status"))
	n := 0.0
	for _, t := range threads {
		n += field(t, "voluntary_ctxt_switches:")
	}
	return int(n)
}

func (s *Process) proc(of ...string) string {
	return filepath.Join(append([]string{"/proc", strconv.Itoa(s.pid)}, of...)...)
}

// field returns a number of a file of names and numbers.
func field(file, name string) float64 {
	status, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(status) {
		if rest, ok := bytes.CutPrefix(line, []byte(name)); ok {
			v, _ := strconv.ParseFloat(string(bytes.Fields(rest)[0]), 64)
			return v
		}
	}
	return 0
}
