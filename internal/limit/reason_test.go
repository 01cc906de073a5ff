package limit

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A reason that is not listed would be counted as another.
func TestReasonsAreComplete(t *testing.T) {
	made := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`&Refusal\{Reason: "([^"]+)"`).FindAllSubmatch(source, -1) {
			made[string(m[1])] = true
		}
	}
	var want []string
	for reason := range made {
		want = append(want, reason)
	}
	connections, sessions := Reasons()
	got := slices.Concat(connections, sessions)
	slices.Sort(got)
	slices.Sort(want)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("reasons that are given, and Reasons (-want +got):\n%s", d)
	}
}
