//go:build linux

package process_test

import (
	"os/exec"
	"testing"
	"time"

	"lectern/internal/process"
)

// busy starts a process that takes all that it gets.
func busy(t *testing.T) *process.Process {
	t.Helper()
	cmd := exec.Command("sh", "-c", "while :; do :; done")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return process.Attach("", cmd.Process.Pid)
}

func cpu(t *testing.T, p *process.Process) time.Duration {
	t.Helper()
	d, err := p.CPU()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAThrottledProcessGetsItsShareAndNoMore(t *testing.T) {
	p := busy(t)
	release := p.Throttle(0.2)
	before := cpu(t, p)
	<-time.After(2 * time.Second)
	took := cpu(t, p) - before
	had := release()
	if took > 500*time.Millisecond || had > 0.25 {
		t.Errorf("a fifth of a core took %v in 2 s, and says %.2f", took, had)
	}
	if had < 0.05 {
		t.Errorf("a process that takes what it gets was given %.2f of a core", had)
	}
	before = cpu(t, p)
	deadline := time.Now().Add(20 * time.Second)
	for cpu(t, p)-before < time.Second {
		if time.Now().After(deadline) {
			t.Fatalf("released, it has taken %v in 20 s", cpu(t, p)-before)
		}
		<-time.After(10 * time.Millisecond)
	}
}

func TestOfAProcessThatIsGoneThereIsNoClock(t *testing.T) {
	cmd := exec.Command("true")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	if d, err := process.Attach("", cmd.Process.Pid).CPU(); err == nil {
		t.Errorf("got %v, want an error", d)
	}
}

func TestMemoryAndWakesAreSeen(t *testing.T) {
	p := busy(t)
	resident := p.Resident() // before the peak: it still grows
	if peak := p.Peak(); resident <= 0 || peak < resident {
		t.Errorf("got %v MiB resident, %v at most", resident, peak)
	}
	sleepy := exec.Command("sh", "-c", "while :; do sleep 0.01; done")
	if err := sleepy.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = sleepy.Process.Kill()
		_ = sleepy.Wait()
	}()
	s := process.Attach("", sleepy.Process.Pid)
	deadline := time.Now().Add(20 * time.Second)
	for s.Wakes() < 10 {
		if time.Now().After(deadline) {
			t.Fatalf("it sleeps over and over, and was woken %d times", s.Wakes())
		}
		<-time.After(10 * time.Millisecond)
	}
}
