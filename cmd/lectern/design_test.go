package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestPackagesImportOnlyWhatTheDesignAllows holds the floor plan of the README.
func TestPackagesImportOnlyWhatTheDesignAllows(t *testing.T) {
	allowed := map[string][]string{
		"content":              {},
		"internal/text":        {},
		"internal/theme":       {},
		"internal/limit":       {},
		"internal/paint":       {},
		"internal/completion":  {},
		"internal/sftp":        {},
		"internal/blog":        {"internal/text"},
		"internal/render":      {"internal/blog", "internal/text", "internal/theme"},
		"internal/search":      {"internal/blog", "internal/text"},
		"internal/tree":        {"internal/blog", "internal/text"},
		"internal/feed":        {"internal/blog", "internal/render", "internal/text"},
		"internal/ui":          {"internal/blog", "internal/render", "internal/search", "internal/text", "internal/theme"},
		"internal/command":     {"internal/blog", "internal/completion", "internal/feed", "internal/limit", "internal/linear", "internal/render", "internal/search", "internal/text", "internal/theme"},
		"internal/linear":      {"internal/blog", "internal/render", "internal/text", "internal/theme"},
		"internal/scp":         {},
		"internal/proxy":       {},
		"internal/process":     {},
		"internal/siege":       {"internal/process"},
		"internal/siege/run":   {"internal/process", "internal/siege"},
		"internal/bench":       {"content", "internal/process"},
		"internal/bench/floor": {},
		"internal/bench/naive": {"content"},
		"cmd/lectern-bench":    {"internal/bench"},
		"internal/reads":       {},
		"internal/metrics":     {"internal/server"},
		"internal/redis":       {"internal/limit"},
		"internal/server":      {"internal/limit", "internal/paint", "internal/text"},
	}
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "lectern/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		pkg := strings.TrimPrefix(fields[0], "lectern/")
		if pkg == "cmd/lectern" {
			continue // it introduces them all to each other
		}
		may, ok := allowed[pkg]
		if !ok {
			t.Errorf("%s is not in the design", pkg)
			continue
		}
		seen++
		for _, imp := range fields[1:] {
			if other, ours := strings.CutPrefix(imp, "lectern/"); ours && !slices.Contains(may, other) {
				t.Errorf("%s imports %s; the design does not allow it", pkg, other)
			}
		}
	}
	if seen != len(allowed) {
		t.Errorf("%d packages of the design are there, want %d", seen, len(allowed))
	}
}
