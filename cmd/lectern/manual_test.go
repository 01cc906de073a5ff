package main

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
)

func TestTheManualPageHasNoFaultsAndIsReadByMan(t *testing.T) {
	need(t, "mandoc", "man")
	var page bytes.Buffer
	streamed(t, serveHere(t), "help --man", &page)

	lint := exec.Command("mandoc", "-Tlint", "-Wwarning")
	lint.Stdin = bytes.NewReader(page.Bytes())
	if said, err := lint.CombinedOutput(); err != nil || len(said) > 0 {
		t.Errorf("mandoc: %v\n%s", err, said)
	}
	man := exec.Command("man", "--warnings", "-l", "-")
	man.Env = append(man.Environ(), "MANWIDTH=80", "LC_ALL=C.UTF-8")
	man.Stdin = bytes.NewReader(page.Bytes())
	shown, err := man.CombinedOutput()
	if err != nil || strings.Contains(string(shown), "warning:") {
		t.Errorf("man: %v\n%s", err, shown)
	}
	for _, want := range []string{"LECTERN(1)", "SYNOPSIS", "       ssh HOST [VERB] [ARGUMENTS] [FLAGS]", "   code SLUG [N]", "       --width N", "EXIT STATUS"} {
		if !strings.Contains(string(shown), want) {
			t.Errorf("man does not show %q:\n%s", want, shown)
		}
	}
}
