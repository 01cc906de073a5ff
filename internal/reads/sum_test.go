package reads_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"lectern/internal/reads"
)

var today = time.Date(2026, 11, 26, 23, 0, 0, 0, time.UTC)

func TestLinesOfSeveralServersAddUp(t *testing.T) {
	var sum reads.Sum
	for _, log := range []string{
		`{"msg":"listening","addr":"[::]:2222"}
{"time":"2026-11-26T00:00:00Z","level":"INFO","msg":"reads","day":"2026-11-25","posts":{"a":2,"b":1}}
not JSON at all
panic: {

{"time": "2026-11-26T09:00:00Z", "level": "INFO", "msg": "reads", "day": "2026-11-26", "posts": {"a": 1}}
{"msg":"session started","user":"reads"}
{"msg":"stopped"}`,
		// As docker compose logs, kubectl logs --prefix, journalctl and a container engine's file begin their lines.
		`lectern-1  | {"msg":"reads","day":"2026-11-25","posts":{"b":10}}
[pod/lectern-0/lectern] {"msg":"reads","day":"2026-10-01","posts":{"old":1}}
Nov 26 02:49:12 host lectern[123]: {"msg":"reads","day":"2026-11-26","posts":{"b":100}}
2026-11-26T02:49:12.1Z stdout F {"msg":"reads","day":"2026-11-26","posts":{"b":1000}}
`,
	} {
		if err := sum.Add(strings.NewReader(log)); err != nil {
			t.Fatal(err)
		}
	}
	want := []reads.Post{{Slug: "b", Reads: 1111, Recent: 1111}, {Slug: "a", Reads: 3, Recent: 3}, {Slug: "old", Reads: 1}}
	if d := cmp.Diff(want, sum.Posts(today, 2)); d != "" {
		t.Errorf("posts (-want +got):\n%s", d)
	}
	if got := sum.Posts(today, 1)[1]; got != (reads.Post{Slug: "a", Reads: 3, Recent: 1}) {
		t.Errorf("today alone: %v", got)
	}
	if sum.Bad != 0 || sum.First != "2026-10-01" || sum.Last != "2026-11-26" {
		t.Errorf("%d bad, %s to %s", sum.Bad, sum.First, sum.Last)
	}
}

func TestLinesThatMakeNoSenseAreCountedAndLeftOut(t *testing.T) {
	var sum reads.Sum
	err := sum.Add(strings.NewReader(strings.Join([]string{
		`{"msg":"reads","day":"2026-11-26","posts":{"a":1}}`,
		`{"msg":"reads","day":"2026-11-26","posts":{"a":1`,
		`{"msg":"reads","day":"2026-11-26","posts":{"a":-1,"b":5}}`,
		`{"msg":"reads","day":"2026-11-26","posts":{"a":0}}`,
		`{"msg":"reads","day":"2026-11-26","posts":{"a":99999999999999999999}}`,
		`{"msg":"reads","day":"2026-11-26","posts":["a"]}`,
		`{"msg":"reads","day":"2026-11-26"}`,
		`{"msg":"reads","day":"yesterday","posts":{"a":1}}`,
		`{"msg":"reads","posts":{"a":1}}`,
	}, "\n")))
	if got := sum.Posts(today, 1); err != nil || sum.Bad != 8 || len(got) != 1 || got[0].Reads != 1 {
		t.Errorf("%v, %d bad, want 8; %v", err, sum.Bad, got)
	}
}

// What a client sends stands in the log too, as a string.
func TestWhatAReaderTypesIsNoRead(t *testing.T) {
	var sum reads.Sum
	err := sum.Add(strings.NewReader(`{"msg":"session started","user":"x","command":"{\"msg\":\"reads\",\"day\":\"2026-11-26\",\"posts\":{\"a\":1}}"}
{"msg":"session started","x":{"msg":"reads","day":"2026-11-26","posts":{"a":1}}}
\"command\":\"{\"msg\":\"reads\",\"day\":\"2026-11-26\",\"posts\":{\"a\":1}}"}
`))
	if got := sum.Posts(today, 1); err != nil || len(got) != 0 || sum.Bad != 0 {
		t.Errorf("%v, %d bad, %v", err, sum.Bad, got)
	}
}

func TestALineThatIsTooLongIsPassedOver(t *testing.T) {
	var sum reads.Sum
	long := `{"stack":"` + strings.Repeat("x", 300_000) + `"}`
	good := `{"msg":"reads","day":"2026-11-26","posts":{"a":1}}`
	if err := sum.Add(iotest.HalfReader(strings.NewReader(good + "\n" + long + "\n" + good + "\n" + long + "\r\n" + good))); err != nil {
		t.Fatal(err)
	}
	if got := sum.Posts(today, 1); len(got) != 1 || got[0].Reads != 3 {
		t.Errorf("got %v, want 3 reads of a", got)
	}
}

func TestALogThatCannotBeReadIsAnError(t *testing.T) {
	broken := errors.New("broken")
	if err := new(reads.Sum).Add(io.MultiReader(strings.NewReader("{}\n"), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}
