// Validate reads the files of deploy/ with the code of the tools that will read them,
// and says what is wrong with them.
//
//	validate compose FILE...    Compose files, against the schema and the model
//	validate kubernetes DIR...  kustomizations: built, each object decoded strictly, and then looked at together
//	validate release FILE       the configuration of GoReleaser
//
// It is a module of its own, so that what it needs is no part of the program's.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "validate: usage: validate compose|kubernetes|release NAME...")
		os.Exit(2)
	}
	check, ok := map[string]func(string) (string, []error){"compose": compose, "kubernetes": kubernetes, "release": release}[os.Args[1]]
	if !ok {
		fmt.Fprintf(os.Stderr, "validate: no such kind: %s\n", os.Args[1])
		os.Exit(2)
	}
	exit := 0
	for _, name := range os.Args[2:] {
		summary, errs := check(name)
		for _, err := range errs {
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
			exit = 1
		}
		if len(errs) == 0 {
			fmt.Printf("%s: %s\n", name, summary)
		}
	}
	os.Exit(exit)
}
