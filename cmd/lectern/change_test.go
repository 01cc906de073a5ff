package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestReadersSeeEachChangeWhileTheyLookOn(t *testing.T) {
	dir := t.TempDir()
	put := func(name, title string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("---\ntitle: "+title+"\n---\nText.\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("a.md", "First post")
	p := startServer(t, "--content", dir)
	readers := []*wire{openWire(t, p.addr, "", "First post"), openWire(t, p.addr, "", "First post")}
	for _, title := range []string{"Second post", "Third post"} {
		put(title[:1]+".md", title)
		for _, r := range readers {
			for late := time.Now().Add(patience); !strings.Contains(r.term.Render(), title); {
				if r.answer(); time.Now().After(late) {
					t.Fatalf("%q does not come:\n%s", title, r.term)
				}
			}
		}
	}
}
