//go:build unix

// Run besieges a server for as long as it is told, and prints what it saw as a table.
//
//	go run ./internal/siege/run -for 1h -n 10000
//	go run ./internal/siege/run -addr HOST:PORT -pid PID -for 1h
//
// Without -addr it builds and starts the program, and beside it the naive one (see internal/bench/naive), one after the other,
// and measures all there is to measure. With -addr it runs the attacks and their mix on a server that is there, which is not
// ended; from elsewhere than its own machine the server should --exempt this one. Exit status 1: a goal was missed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"lectern/internal/process"
	"lectern/internal/siege"
)

func main() {
	addr := flag.String("addr", "", "attack the server at `HOST:PORT`, which runs already")
	pid := flag.Int("pid", 0, "its process, to look at its memory and descriptors")
	mark := flag.String("mark", "Lectern", "what its list shows")
	post := flag.String("post", "docker-production", "the name of one of its posts")
	lasts := flag.Duration("for", time.Minute, "how long the mix of all attacks lasts")
	each := flag.Duration("each", 3*time.Second, "how long each attack lasts by itself")
	readers := flag.Int("n", 10000, "readers who leave in each way")
	workers := flag.Int("workers", 32, "clients of the mix at a time")
	naive := flag.String("naive", "too", "attack the naive program `too, not or alone`")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	plan := siege.Plan{Leaving: *readers, Each: *each, Hall: min(time.Minute, *lasts), Mix: *lasts, Workers: *workers}

	var ours, theirs []siege.Figure
	var err error
	if *addr != "" {
		s := process.Attach(*addr, *pid)
		t := siege.NewTarget(s.Addr)
		t.Mark, t.Post = *mark, *post
		ours = attacks(ctx, plan, s, t)
		ours = append(ours, siege.Mixed(ctx, s, t, plan, s.Descriptors())...)
	} else {
		ours, theirs, err = both(ctx, plan, *naive)
	}
	fmt.Printf("\nSeen from this machine; servers that were started here: %s\n\n", process.Setting())
	siege.Write(os.Stdout, ours, theirs)
	if err != nil {
		fmt.Fprintln(os.Stderr, "siege:", err)
		os.Exit(1)
	}
	for _, f := range ours {
		if !f.Holds(1) {
			os.Exit(1)
		}
	}
}

// both besieges the program, and the naive one.
func both(ctx context.Context, plan siege.Plan, naive string) (ours, theirs []siege.Figure, err error) {
	dir, err := os.MkdirTemp("", "siege")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	if naive == "alone" {
		ours, err = besiege(ctx, plan, dir, "lectern/internal/bench/naive")
		return ours, nil, err
	}
	if ours, err = besiege(ctx, plan, dir, "lectern/cmd/lectern"); err != nil || naive == "not" {
		return ours, nil, err
	}
	theirs, err = besiege(ctx, plan, dir, "lectern/internal/bench/naive")
	return ours, theirs, err
}

// besiege builds a program and measures all there is.
func besiege(ctx context.Context, plan siege.Plan, dir, pkg string) ([]siege.Figure, error) {
	binary, err := process.Build(ctx, dir, pkg)
	if err != nil {
		return nil, err
	}
	plan.Program = process.Program{Binary: binary, Keys: binary + ".keys"}
	fmt.Fprintf(os.Stderr, "== %s\n", pkg)
	s, err := plan.Program.Start(false)
	if err != nil {
		return nil, err
	}
	figures := attacks(ctx, plan, s, siege.NewTarget(s.Addr))
	s.Kill()
	for _, m := range siege.Measures() {
		if ctx.Err() != nil {
			return figures, errors.New("interrupted")
		}
		measured, err := m.Run(ctx, plan)
		if err != nil {
			// Of the naive program, that is a result: what it would have shown is missing from the table.
			fmt.Fprintf(os.Stderr, "%s: %s: %v\n", pkg, m.Name, err)
		}
		say(measured)
		figures = append(figures, measured...)
	}
	return figures, nil
}

// attacks runs each attack by itself, until the server has died of one.
func attacks(ctx context.Context, plan siege.Plan, s *process.Process, t *siege.Target) []siege.Figure {
	var figures []siege.Figure
	files := s.Descriptors()
	for _, a := range siege.Attacks() {
		if ctx.Err() != nil || !s.Alive() {
			break
		}
		seen := a.Alone(ctx, s, t, plan.Each)
		say(seen)
		figures = append(figures, seen...)
	}
	return append(figures, siege.Settled(ctx, s, files)...)
}

// say shows figures as they come, for a siege is long.
func say(figures []siege.Figure) {
	for _, f := range figures {
		fmt.Fprintln(os.Stderr, f)
	}
}
