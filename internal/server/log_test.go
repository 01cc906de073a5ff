package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"lectern/internal/limit"
)

func TestLogArrives(t *testing.T) {
	out := &buffer{}
	log, queue := NewLog(out)
	log.Info("one", "n", 1)
	log.Info("two", "n", 2)
	queue.Close(patience)
	log.Info("after the end")
	var got []string
	for line := range strings.Lines(out.String()) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		got = append(got, m["msg"].(string))
	}
	if strings.Join(got, " ") != "one two" {
		t.Errorf("got %q", got)
	}
	queue.Close(patience)
}

func TestStoppedLogHoldsUpNobodyAndIsCounted(t *testing.T) {
	r, w := io.Pipe() // a write waits for its reader
	log, queue := NewLog(w)
	b := serve(t, func(c *Config, _ *limit.Config) { c.Log = log }, withCommand(func(context.Context, *Session) int { return 0 }))
	for range 10 {
		s, err := b.client().NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run("ls"); err != nil {
			t.Fatal(err)
		}
	}
	for range 5000 {
		log.Info("line", "text", strings.Repeat("x", 100))
	}
	if queue.Dropped() < 3000 {
		t.Errorf("dropped %d of 5000 lines", queue.Dropped())
	}

	out := &buffer{}
	go func() { _, _ = io.Copy(out, r) }()
	eventually(t, "losses reported", func() bool { return queue.Dropped() == 0 && strings.Contains(out.String(), "log lines dropped") })
	if queue.Lost() < 3000 {
		t.Errorf("%d lines lost in all, after they were reported", queue.Lost())
	}
	queue.Close(patience)
	_ = w.Close()
}

// full is a writer that has no room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestLinesThatCannotBeWrittenAreCounted(t *testing.T) {
	log, queue := NewLog(full{})
	for range 3 {
		log.Info("lost")
	}
	queue.Close(patience)
	if got := queue.Lost(); got != 3 {
		t.Errorf("%d lines are lost, want 3", got)
	}
}

func TestLogQueueIsBoundedInBytes(t *testing.T) {
	r, w := io.Pipe()
	log, queue := NewLog(w)
	for range 100 {
		log.Info("line", "text", strings.Repeat("x", 100_000))
	}
	if got := queue.bytes.Load(); got > maxLogBytes {
		t.Errorf("%d bytes wait", got)
	}
	_ = r.Close() // writes fail from now on
	queue.Close(patience)
}

func TestClosingAStoppedLogIsQuick(t *testing.T) {
	r, w := io.Pipe()
	log, queue := NewLog(w)
	log.Info("line")
	start := time.Now()
	queue.Close(50 * time.Millisecond)
	if took := time.Since(start); took > patience/2 {
		t.Errorf("took %v", took)
	}
	_ = r.Close()
	<-queue.over
}
