package completion

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// A TAB should take less than 50 ms with 14,000 slugs. It is allowed four times that,
// as a machine that tests has other things to do.
func TestATabIsFastWithManySlugs(t *testing.T) {
	eachShell(t, func(t *testing.T, shell string) {
		d := newDesk(t)
		var many strings.Builder
		for i := range 14_000 {
			fmt.Fprintf(&many, "a-post-about-things-%d\n", i)
		}
		d.write(t, "home/.cache/lectern/"+blog, many.String())
		scripts := append(before(shell), d.script(t, shell, grammar(blog, "")))
		line := "ssh " + blog + " cat a-post-about-things-139"
		const tabs = 10
		took := func(n int) time.Duration {
			start := time.Now()
			for _, offer := range d.complete(t, shell, scripts, slices.Repeat([]string{line}, n)...) {
				if len(offer) != 111 {
					t.Fatalf("%d posts are offered, want 111", len(offer))
				}
			}
			return time.Since(start)
		}
		best := time.Hour
		for range 5 {
			best = min(best, (took(1+tabs)-took(1))/tabs)
		}
		t.Logf("a TAB takes %v", best)
		if best > 200*time.Millisecond {
			t.Errorf("a TAB takes %v, want 50 ms", best)
		}
	})
}
