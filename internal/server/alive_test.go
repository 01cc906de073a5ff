package server

import (
	"io"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	gossh "golang.org/x/crypto/ssh"
)

// A cable is a connection that can be cut without either end noticing.
type cable struct {
	net.Conn
	cut chan struct{}
}

func (c *cable) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	select {
	case <-c.cut:
		_, _ = io.Copy(io.Discard, c.Conn) // the kernel takes it, the client does not
		return 0, io.EOF
	default:
		return n, err
	}
}

// briskly asks after a tenth of a second, and gives up after two more.
func briskly(b *Bounds) { b.Alive, b.AliveMissed = 100*time.Millisecond, 2 }

func TestClientThatIsGoneWithoutAWordIsEnded(t *testing.T) {
	b := serve(t, withBounds(briskly))
	there := b.reader()
	wire := &cable{Conn: b.dial(), cut: make(chan struct{})}
	r := b.readerOn(b.clientOver(wire))
	r.sees("hello")
	there.sees("hello")
	close(wire.cut)
	if why := b.ended(1)[0]; why != ReasonDead {
		t.Errorf("ended for %q, want %q", why, ReasonDead)
	}
	r.left()
	select {
	case <-there.gone:
		t.Error("a reader who was there is gone as well")
	case <-time.After(500 * time.Millisecond): // longer than the dead one was given
	}
	there.press("q")
	there.left()
}

// A client that does nothing but answer is asked once in Bounds.Alive; one that runs nothing is not asked at all.
func TestClientIsAskedOnlyWhenItIsSilentAndHasASession(t *testing.T) {
	b := serve(t, withBounds(func(b *Bounds) { b.Alive = 150 * time.Millisecond }))
	asked := make(chan time.Time, 100)
	connect := func() *gossh.Client {
		conn, chans, reqs, err := gossh.NewClientConn(b.dial(), b.addr, &gossh.ClientConfig{HostKeyCallback: gossh.InsecureIgnoreHostKey()})
		if err != nil {
			t.Fatal(err)
		}
		mine := make(chan *gossh.Request)
		go func() {
			defer close(mine)
			for req := range reqs {
				if req.Type == "keepalive@openssh.com" && req.WantReply {
					asked <- time.Now()
				}
				_ = req.Reply(false, nil)
			}
		}()
		client := gossh.NewClient(conn, chans, mine)
		t.Cleanup(func() { _ = client.Close() })
		return client
	}
	connect() // runs nothing
	busy := b.readerOn(connect())
	busy.sees("hello")
	for range 10 {
		busy.press("j")
		<-time.After(50 * time.Millisecond)
	}
	if n := len(asked); n > 0 {
		t.Errorf("asked %d times while keys were pressed", n)
	}
	first, second := receive(t, asked), receive(t, asked)
	if between := second.Sub(first); between < 140*time.Millisecond {
		t.Errorf("asked again after %v", between)
	}
	busy.press("q")
	busy.left()
	for len(asked) > 0 {
		<-asked
	}
	select {
	case <-asked:
		t.Error("asked though nothing runs any more")
	case <-time.After(400 * time.Millisecond):
	}
}

// Who ends a connection holds its lock and waits for the pulse's; who closes all holds the server's and waits for theirs.
func TestAQuestionWaitsForTheServerWithoutThePulsesLock(t *testing.T) {
	s := &Server{begun: time.Now().Add(-time.Hour), bounds: DefaultBounds()}
	c := &conn{server: s}
	p := &c.pulse
	p.conn = c
	p.hear()
	p.start(func() {})
	p.heard.Store(int64(s.uptime() - s.bounds.Alive - time.Second))
	s.mu.Lock()
	defer s.mu.Unlock()
	go p.check()
	eventually(t, "the client is to be asked", p.asked.Load)
	stopped := make(chan struct{})
	go func() {
		p.stop()
		close(stopped)
	}()
	select {
	case <-stopped:
	case <-time.After(patience):
		t.Error("the pulse cannot be stopped while its question waits for the server")
	}
}

// Else each of a thousand idle readers wakes the server at a moment of their own.
func TestClientsAreAskedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Server{begun: time.Now(), bounds: DefaultBounds()}
		var mu sync.Mutex
		asked := make(map[time.Duration]int)
		const clients = 40
		for range clients {
			time.Sleep(7 * time.Millisecond)
			c := &conn{server: s}
			c.pulse.conn = c
			c.pulse.hear()
			c.pulse.start(func() {
				mu.Lock()
				defer mu.Unlock()
				asked[s.uptime()]++
				c.pulse.hear() // the answer
			})
			defer c.pulse.stop()
		}
		time.Sleep(2*s.bounds.Alive + time.Second)
		mu.Lock()
		defer mu.Unlock()
		want := map[time.Duration]int{31 * time.Second: clients, 61 * time.Second: clients}
		if diff := cmp.Diff(want, asked); diff != "" {
			t.Errorf("asked at other times (-want +got):\n%s", diff)
		}
	})
}
