//go:build unix

package process

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// cores are those that this process was started on, by their numbers. Servers have the first.
var cores = sync.OnceValue(func() []int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return nil
	}
	_, list, _ := strings.Cut(string(status), "Cpus_allowed_list:")
	list, _, _ = strings.Cut(strings.TrimSpace(list), "\n")
	var all []int
	for part := range strings.SplitSeq(list, ",") {
		from, to, ranged := strings.Cut(part, "-")
		if !ranged {
			to = from
		}
		first, err := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if errors.Join(err, err2) != nil {
			return nil
		}
		for i := first; i <= last; i++ {
			all = append(all, i)
		}
	}
	return all
})

// serverCore is the core that servers are held to, or "" if they cannot be.
func serverCore() string {
	if _, err := exec.LookPath("taskset"); err != nil || len(cores()) == 0 {
		return ""
	}
	return strconv.Itoa(cores()[0])
}

// StepAside leaves the servers' core to them alone: this process goes to the others. It reports whether there are others.
func StepAside() (alone bool, err error) {
	if serverCore() == "" || len(cores()) < 2 {
		return false, nil
	}
	var rest []string
	for _, c := range cores()[1:] {
		rest = append(rest, strconv.Itoa(c))
	}
	out, err := exec.Command("taskset", "-a", "-p", "-c", strings.Join(rest, ","), strconv.Itoa(os.Getpid())).CombinedOutput()
	if err != nil {
		return false, fmt.Errorf("leave a core to the servers: %w: %s", err, out)
	}
	runtime.GOMAXPROCS(len(rest))
	return true, nil
}
