//go:build linux

// Lectern-bench measures what Lectern takes and how long its readers wait, beside the least that an SSH server in Go can be and
// beside what comes of following the examples of the libraries, and prints a table of medians and 99ths of 100.
//
//	go run ./cmd/lectern-bench
//	go run ./cmd/lectern-bench -short
//	go run ./cmd/lectern-bench -json figures.json
//	go run ./cmd/lectern-bench -only keys
//
// It needs Linux, Go, the source around it, and a quarter of an hour. Exit status 1: a goal was missed, or something failed;
// with -short only ratios count as goals, and only where they are missed by more than twice.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"lectern/internal/bench"
)

func main() {
	short := flag.Bool("short", false, "measure less of everything, for two minutes")
	only := flag.String("only", "", "measure that alone which has `WORDS` in its name")
	file := flag.String("json", "", "write the figures to a `FILE` as JSON as well")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	missed, err := measure(ctx, *short, *only, *file)
	for _, m := range missed {
		fmt.Fprintln(os.Stderr, "missed:", m)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "lectern-bench:", err)
	}
	if err != nil || len(missed) > 0 {
		os.Exit(1)
	}
}

// measure measures and prints, and returns what missed its goal.
func measure(ctx context.Context, short bool, only, file string) ([]string, error) {
	b, err := bench.New(ctx, short, only, func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) })
	if err != nil {
		return nil, err
	}
	defer b.Close()
	figures, err := b.Run(ctx)
	here := bench.Here()
	fmt.Printf("%s\n\n", here)
	err = errors.Join(err, bench.Write(os.Stdout, figures))
	if file != "" {
		err = errors.Join(err, save(file, here, figures))
	}
	return bench.Missed(figures, short), err
}

func save(file string, here bench.Machine, figures []bench.Figure) (err error) {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return bench.JSON(f, here, figures)
}
