package main

import (
	"errors"
	"net"
	"os/exec"
	"strings"
	"testing"
)

// TestAnAuditFindsNoFailure has ssh-audit look at what the server offers.
func TestAnAuditFindsNoFailure(t *testing.T) {
	need(t, "ssh-audit")
	host, port, err := net.SplitHostPort(serveHere(t))
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("ssh-audit", "--no-colors", "--port", port, host).CombinedOutput()
	// The status is 0, or 2 for warnings, such as that of an algorithm that is younger than the audit.
	if exit := new(exec.ExitError); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 2) {
		t.Errorf("ssh-audit: %v", err)
	}
	if strings.Contains(string(said), "[fail]") || !strings.Contains(string(said), "(key) ssh-ed25519") {
		t.Errorf("ssh-audit says:\n%s", said)
	}
}
