package main

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestACorpusIsFetchedByteForByte copies every post of a large blog with scp, by
// both protocols, and compares it with its file.
func TestACorpusIsFetchedByteForByte(t *testing.T) {
	need(t, "scp")
	corpus, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "corpus"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(corpus); err != nil {
		if os.Getenv("LECTERN_TEST_ALL") != "" {
			t.Fatal(err)
		}
		t.Skipf("no test data: %s is missing", filepath.Join("..", "shared", "corpus"))
	}
	addr := serveFolder(t, corpus)
	var list bytes.Buffer
	streamed(t, addr, "ls --json", &list)
	var blog struct {
		Posts []struct{ Slug, File, Modified string }
	}
	if err := json.Unmarshal(list.Bytes(), &blog); err != nil {
		t.Fatal(err)
	}
	if len(blog.Posts) < 1000 {
		t.Fatalf("%d posts", len(blog.Posts))
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	for _, protocol := range []string{"-s", "-O"} {
		dir := t.TempDir()
		cmd := exec.Command(mustLook(t, "scp"), protocol, "-r", "-p", "-q", "-F", "none", "-P", port, "-o", "BatchMode=yes",
			"-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", host+":/posts", dir)
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("scp %s: %v: %s", protocol, err, said)
		}
		copies, err := os.ReadDir(filepath.Join(dir, "posts"))
		if err != nil || len(copies) != len(blog.Posts) {
			t.Errorf("scp %s: %d files of %d posts: %v", protocol, len(copies), len(blog.Posts), err)
		}
		for _, p := range blog.Posts {
			want, wantInfo := readFile(t, filepath.Join(corpus, p.File))
			got, gotInfo := readFile(t, filepath.Join(dir, "posts", p.Slug+".md"))
			if !bytes.Equal(got, want) {
				t.Errorf("scp %s: %s has %d other bytes than %s, which has %d", protocol, p.Slug, len(got), p.File, len(want))
			}
			if gotInfo.ModTime().Unix() != wantInfo.ModTime().Unix() {
				t.Errorf("scp %s: %s is of %v, want %v", protocol, p.Slug, gotInfo.ModTime(), wantInfo.ModTime())
			}
		}
	}
}

func readFile(t *testing.T, name string) ([]byte, os.FileInfo) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return data, info
}
