//go:build !linux

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "lectern-bench: it measures on Linux alone, by what /proc and the clocks of processes say there; run it in a container or a virtual machine")
	os.Exit(1)
}
