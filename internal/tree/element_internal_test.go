package tree

import (
	"testing"
	"time"

	"lectern/internal/blog"
)

func TestManyTagsOfOneNameDoNotTakeLong(t *testing.T) {
	const signs = `/\:*?"<>|`
	var tags []blog.Tag
	for i := range 20_000 {
		name := "x"
		for n := i; len(name) < 7; n /= len(signs) {
			name += signs[n%len(signs) : n%len(signs)+1]
		}
		tags = append(tags, blog.Tag{Name: name})
	}
	start := time.Now()
	folders := map[string]bool{}
	for _, name := range elements(tags) {
		folders[name] = true
	}
	if len(folders) != len(tags) {
		t.Errorf("%d tags have %d folders", len(tags), len(folders))
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}
