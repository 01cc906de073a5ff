package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAReadersShellCompletesPosts reads the script that the blog prints into bash,
// and asks for completions until the real ssh has brought the names of the posts.
func TestAReadersShellCompletesPosts(t *testing.T) {
	need(t, "bash", "ssh")
	addr := serveHere(t)
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var script strings.Builder
	streamed(t, addr, fmt.Sprintf("completion bash %s:%s", host, port), &script)
	// The reader's ssh, with settings that their file would hold.
	ssh := fmt.Sprintf("#!/bin/sh\nexec %s -F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=%s/known_hosts \"$@\"\n", mustLook(t, "ssh"), dir)
	drive := `. "$1"
COMP_LINE="ssh $2 $3" COMP_WORDS=(ssh "$2" "$3") COMP_CWORD=2
COMP_POINT=${#COMP_LINE}
_lectern_ssh ssh "$3" "$2"
printf '%s\n' "${COMPREPLY[@]}"
`
	for name, text := range map[string]string{"ssh": ssh, "script": script.String(), "drive": drive} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	complete := func(word string) string {
		cmd := exec.Command("bash", filepath.Join(dir, "drive"), filepath.Join(dir, "script"), host, word)
		cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "HOME="+dir, "XDG_CACHE_HOME="+dir)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("bash: %v: %s", err, out)
		}
		return string(out)
	}
	if got, want := complete("fee"), "feed\n"; got != want {
		t.Errorf("fee is completed by %q, want %q", got, want)
	}
	if !within(patience, func() bool { return complete("docker-p") == "docker-production\n" }) {
		t.Errorf("docker-p is completed by %q", complete("docker-p"))
	}
}
