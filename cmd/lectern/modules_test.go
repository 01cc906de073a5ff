package main

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"testing"
)

// exact is a version that names one state of a module for ever: a release, or a commit with its time.
var exact = regexp.MustCompile(`^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0\.|[0-9A-Za-z.]+\.0\.)?\d{14}-[0-9a-f]{12})?(\+incompatible)?$`)

// TestModulesArePinned holds that what is built is what go.mod says, and that it says it exactly.
func TestModulesArePinned(t *testing.T) {
	out, err := exec.Command("go", "mod", "edit", "-json", "../../go.mod").Output()
	if err != nil {
		t.Fatalf("go mod edit: %v", err)
	}
	var mod struct {
		Require []struct{ Path, Version string }
		Replace []struct {
			Old, New struct{ Path, Version string }
		}
		Exclude []struct{ Path, Version string }
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	for _, r := range mod.Replace {
		t.Errorf("%s is replaced by %s %s", r.Old.Path, r.New.Path, r.New.Version)
	}
	for _, e := range mod.Exclude {
		t.Errorf("%s %s is excluded", e.Path, e.Version)
	}
	if len(mod.Require) == 0 {
		t.Error("nothing is required")
	}
	for _, r := range mod.Require {
		if !exact.MatchString(r.Version) {
			t.Errorf("%s %s is neither a release nor a commit", r.Path, r.Version)
		}
	}
}

func TestInexactVersionsAreKnown(t *testing.T) {
	for _, v := range []string{"latest", "main", "v1", "v1.2", "v1.2.x", "v1.2.3-latest", "v1.2.3-rc.1", "v0.0.0-2026-abc", ""} {
		if exact.MatchString(v) {
			t.Errorf("%q passes for exact", v)
		}
	}
	for _, v := range []string{"v1.2.3", "v0.0.0-20260906004030-3986e9119cf9", "v1.2.4-0.20260906004030-3986e9119cf9", "v2.0.0+incompatible"} {
		if !exact.MatchString(v) {
			t.Errorf("%q does not pass for exact", v)
		}
	}
}
