//go:build unix

package siege

import (
	"bytes"
	"context"
	"sync"
	"time"
)

// house lets in five thousand clients of which each holds as much as it may, more than there is memory for, beside readers who are
// there and do nothing.
func house(ctx context.Context, p Plan) ([]Figure, error) {
	s, t, _, err := started(ctx, p)
	if err != nil {
		return nil, err
	}
	defer s.Kill()
	var foes sync.WaitGroup
	defer foes.Wait()
	ctx, end := context.WithTimeout(ctx, time.Minute)
	defer end()
	const readers, clients, atOnce = 100, 5000, 64
	var guests []*guest
	for range readers {
		g, _, err := t.arrive(ctx, t.reader())
		if err != nil {
			return nil, err
		}
		guests = append(guests, g)
	}
	door := make(chan struct{}, atOnce)
	for range clients {
		door <- struct{}{}
		foes.Go(func() {
			w, err := t.laden(ctx)
			<-door
			if err == nil { // who is turned away has failed, as it should
				linger(w.r)
			}
		})
	}
	for range atOnce { // all have come
		door <- struct{}{}
	}
	cut := 0
	for _, g := range guests {
		select {
		case <-g.left:
			cut++
		default:
		}
	}
	return append([]Figure{
		{Name: "a full house: memory resident, at most", Unit: "MiB", Goal: 480, Seen: s.Peak()},
		count("a full house: readers cut off", 0, cut),
	}, life(s, "a full house")...), nil
}

// laden connects a client that looks at a screen, and has the server keep a buffer of the longest packet that it takes.
func (t *Target) laden(ctx context.Context) (*wire, error) {
	w, channel, err := t.channel(ctx)
	if err != nil {
		return nil, err
	}
	if err := w.screen(channel); err != nil {
		return nil, err
	}
	const length = 38 << 10
	return w, w.send(append([]byte{msgIgnore, 0, 0, length >> 8, 0}, bytes.Repeat([]byte{'x'}, length)...))
}
