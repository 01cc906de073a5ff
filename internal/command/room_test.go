package command

import (
	"io"
	"net/netip"
	"strings"
	"testing"
)

// Two hundred readers of one post hold its document once.
func TestASharedDocumentTakesNoRoom(t *testing.T) {
	env, _, errs := desk(t, 80)
	env.Room = NewRoom(1, 1)
	for _, line := range []string{"parts", "toc parts", "links parts", "code parts"} {
		if got := Run(t.Context(), env, strings.Fields(line)); got != OK {
			t.Errorf("%s: %d, %s", line, got, errs)
		}
	}
}

func TestReadersWhoTakeNothingLeaveRoomForNoMorePosts(t *testing.T) {
	for _, line := range []string{"raw parts", "raw --json parts", "cat --json parts", "code --json parts"} {
		env, out, errs := desk(t, 80)
		args := strings.Fields(line)

		// How much room it takes, and that all of it comes back.
		const much = 16 << 20
		env.Room = NewRoom(much, much)
		taken := int64(0)
		env.Out = writer(func(p []byte) { taken = max(taken, env.Room.share.Taken()) })
		if got := Run(t.Context(), env, args); got != OK || errs.Len() > 0 {
			t.Fatalf("%s: %d, %s", line, got, errs)
		}
		if p, _ := env.Library.Post("parts"); taken < p.Size() {
			t.Fatalf("%s: of a post of %d bytes it takes room for %d", line, p.Size(), taken)
		}

		env.Room = NewRoom(taken, taken)
		stalled, taker := io.Pipe()
		first := *env
		first.Visitor.Address = netip.MustParseAddr("192.0.2.1")
		first.Out = taker
		ended := make(chan int)
		go func() { ended <- Run(t.Context(), &first, args) }()
		_, _ = io.ReadFull(stalled, make([]byte, 1)) // it prints, and nobody takes more

		env.Out = out
		if got := Run(t.Context(), env, args); got != Failed || out.Len() > 0 || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%s, while another holds it: %d, %q, %q", line, got, out, errs)
		}
		errs.Reset()
		second := first
		second.Out = out
		if got := Run(t.Context(), &second, args); got != Failed || !strings.Contains(errs.String(), "your address") {
			t.Errorf("%s, while the same address has its part: %d, %q", line, got, errs)
		}
		errs.Reset()
		stalled.Close()
		<-ended
		if got := Run(t.Context(), env, args); got != OK {
			t.Errorf("%s, when the other has gone: %d, %s", line, got, errs)
		}
	}
}

type writer func(p []byte)

func (w writer) Write(p []byte) (int, error) {
	w(p)
	return len(p), nil
}
