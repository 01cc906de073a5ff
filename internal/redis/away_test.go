//go:build unix

package redis

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"lectern/internal/limit"
)

// shared reports whether two replicas hold one limit, by an address that has not been seen yet.
func shared(a, b *Limiter, from string) bool {
	return admitted(a, from, 5)+admitted(b, from, 5) == 5
}

func TestAKilledRedisRefusesNobodyAndIsToldOnce(t *testing.T) {
	d := startRedis(t)
	a, saidA := replica(t, d.url(), slow())
	b, saidB := replica(t, d.url(), slow())
	if !shared(a, b, "203.0.113.1") {
		t.Fatal("the limit is not shared")
	}
	for round := 1; round <= 2; round++ {
		d.kill()
		for i := range 500 {
			for _, l := range []*Limiter{a, b} {
				if admitted(l, fmt.Sprintf("192.0.2.%d", i%250), 1) != 1 && i < 250 {
					t.Fatalf("reader %d is refused", i)
				}
			}
		}
		// The limits of each by itself still hold.
		if got := admitted(a, fmt.Sprintf("203.0.113.%d", 10+round), 10); got != 5 {
			t.Errorf("%d of 10 are let in without Redis, want 5", got)
		}
		soon(t, "both logs tell", func() bool { return saidA.count(isAway) == round && saidB.count(isAway) == round })
		d.start() // without the script, and without what was counted
		soon(t, "both logs tell again", func() bool { return saidA.count(isBack) == round && saidB.count(isBack) == round })
		if !shared(a, b, fmt.Sprintf("203.0.113.%d", 20+round)) {
			t.Error("the limit is not shared again")
		}
		if saidA.count(isAway) != round || saidA.count(isBack) != round {
			t.Errorf("the log says:\n%s", saidA)
		}
		config := slow()
		config.Prefixes = 1 << 20
		a.table, b.table = limit.New(config), limit.New(config)
	}
}

func TestAStoppedRedisHoldsNobodyUp(t *testing.T) {
	d := startRedis(t)
	a, said := hasty(t, d.url(), slow())
	admitted(a, "203.0.113.1", 1)
	d.signal(syscall.SIGSTOP)
	begun := time.Now()
	for i := range 250 {
		if admitted(a, fmt.Sprintf("192.0.2.%d", i), 1) != 1 {
			t.Fatalf("reader %d is refused", i)
		}
	}
	if took := time.Since(begun); took > 5*time.Second { // with Patience for each it would be 12 s
		t.Errorf("250 readers took %v", took)
	}
	soon(t, "the log tells", func() bool { return said.count(isAway) > said.count(isBack) })
	d.signal(syscall.SIGCONT)
	soon(t, "the log tells again", func() bool { return said.count(isBack) == said.count(isAway) })
}

func TestAStartWithoutRedis(t *testing.T) {
	d := startRedis(t)
	d.kill()
	a, saidA := replica(t, d.url(), slow())
	b, saidB := replica(t, d.url(), slow())
	if got := admitted(a, "203.0.113.1", 10); got != 5 {
		t.Errorf("%d of 10 are let in, want 5", got)
	}
	soon(t, "the log tells", func() bool { return saidA.count(isAway) == 1 })
	if a.Shared() {
		t.Error("limits are said to be shared while Redis is away")
	}
	if !strings.Contains(saidA.String(), "connection refused") {
		t.Errorf("the log says:\n%s", saidA)
	}
	d.start()
	soon(t, "both find Redis", func() bool { return saidA.count(isBack) == 1 && saidB.count(isBack) == 1 })
	if !a.Shared() {
		t.Error("limits are not said to be shared")
	}
	if !shared(a, b, "203.0.113.2") {
		t.Error("the limit is not shared")
	}
}

func TestAFullRedisRefusesNobody(t *testing.T) {
	d := startRedis(t, "--maxmemory-policy", "noeviction")
	a, said := replica(t, d.url(), slow())
	d.do("CONFIG", "SET", "maxmemory", "1")
	for i := range 250 {
		if admitted(a, fmt.Sprintf("192.0.2.%d", i), 1) != 1 {
			t.Fatalf("reader %d is refused", i)
		}
	}
	soon(t, "the log tells", func() bool { return said.count(isAway) == 1 })
	if !strings.Contains(said.String(), "OOM") {
		t.Errorf("the log says:\n%s", said)
	}
	if err := a.probe(); err == nil {
		t.Error("a full Redis passes for a good one")
	}
	d.do("CONFIG", "SET", "maxmemory", "0")
	soon(t, "the log tells again", func() bool { return said.count(isBack) == 1 })
}

func TestARedisThatComesAndGoesDoesNotFillTheLog(t *testing.T) {
	d := startRedis(t)
	a, said := replica(t, d.url(), slow())
	a.talk.SetBurst(1)
	for i := range 3 {
		d.do("CONFIG", "SET", "maxmemory", "1")
		admitted(a, fmt.Sprintf("192.0.2.%d", i), 1)
		d.do("CONFIG", "SET", "maxmemory", "0")
		soon(t, "Redis is found", func() bool { return !a.away.Load() })
	}
	soon(t, "the log tells", func() bool { return said.count(isBack) == 1 })
	if said.count(isAway) != 1 {
		t.Errorf("the log says:\n%s", said)
	}
}

func TestWhatRedisForgetsIsNoFailure(t *testing.T) {
	d := startRedis(t)
	a, saidA := replica(t, d.url(), slow())
	b, saidB := replica(t, d.url(), slow())
	for i, forget := range [][]any{{"SCRIPT", "FLUSH"}, {"FLUSHALL"}, {"CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"}} {
		d.do(forget...)
		if !shared(a, b, fmt.Sprintf("203.0.113.%d", i)) {
			t.Errorf("%v: the limit is not shared", forget)
		}
	}
	if saidA.count(isAway)+saidB.count(isAway) != 0 {
		t.Errorf("the logs say:\n%s%s", saidA, saidB)
	}
}

func TestAReadOnlyRedisIsNoUse(t *testing.T) {
	d := startRedis(t)
	a, said := replica(t, d.url(), slow())
	d.do("REPLICAOF", "127.0.0.1", freePort(t))
	if got := admitted(a, "203.0.113.1", 3); got != 3 {
		t.Errorf("%d of 3 are let in", got)
	}
	soon(t, "the log tells", func() bool { return said.count(isAway) == 1 && said.count("READONLY") == 1 })
	d.do("REPLICAOF", "NO", "ONE")
	soon(t, "the log tells again", func() bool { return said.count(isBack) == 1 })
}

func TestPasswords(t *testing.T) {
	const right, wrong = "open-sesame", "open-barley"
	d := startRedis(t, "--requirepass", right)
	a, said := replica(t, "redis://:"+right+"@"+d.addr(), slow())
	b, _ := replica(t, "redis://default:"+right+"@"+d.addr()+"/0", slow())
	if !shared(a, b, "203.0.113.1") {
		t.Error("the limit is not shared")
	}
	if strings.Contains(said.String(), right) {
		t.Errorf("the log says:\n%s", said)
	}
	for url, want := range map[string]string{
		"redis://:" + wrong + "@" + d.addr(): "WRONGPASS",
		"redis://" + d.addr():                "NOAUTH",
	} {
		l, said := replica(t, url, slow())
		if got := admitted(l, "203.0.113.1", 5); got != 5 {
			t.Errorf("%s: %d of 5 are let in", want, got)
		}
		soon(t, "the log tells", func() bool { return said.count(isAway) == 1 })
		if got := said.String(); !strings.Contains(got, want) || strings.Contains(got, wrong) {
			t.Errorf("%s: the log says:\n%s", want, got)
		}
	}
}

// answering listens, and has answer speak on each connection.
func answering(t *testing.T, answer func(net.Conn)) (addr string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = c.Close() })
			go answer(c)
		}
	}()
	return ln.Addr().String()
}

// saying answers whatever comes in with the words.
func saying(words string) func(net.Conn) {
	return func(c net.Conn) {
		for buf := make([]byte, 4096); ; {
			if _, err := c.Read(buf); err != nil {
				return
			}
			_, _ = io.WriteString(c, words)
		}
	}
}

// scripted answers the script with the words, and lets everyone in as a Redis does that knows no HELLO.
func scripted(words string) func(net.Conn) { return hesitant(words, 0) }

// hesitant is scripted with a pause before each answer.
func hesitant(words string, pause time.Duration) func(net.Conn) {
	return func(c net.Conn) {
		for buf := make([]byte, 4096); ; {
			n, err := c.Read(buf)
			if err != nil {
				return
			}
			<-time.After(pause)
			switch asked := strings.ToLower(string(buf[:n])); {
			case strings.Contains(asked, "hello"):
				_, _ = io.WriteString(c, "-ERR unknown command\r\n")
			case strings.Contains(asked, "auth"):
				_, _ = io.WriteString(c, "+OK\r\n")
			default:
				_, _ = io.WriteString(c, words)
			}
		}
	}
}

func TestWhatIsNoRedisRefusesNobodyAndHoldsNobodyUp(t *testing.T) {
	array := "*4\r\n:%s\r\n:0\r\n$%d\r\n%s\r\n$1\r\n0\r\n"
	for name, answer := range map[string]func(net.Conn){
		"silent":         func(net.Conn) {},
		"closing":        func(c net.Conn) { _ = c.Close() },
		"echo":           func(c net.Conn) { _, _ = io.Copy(c, c) },
		"slow":           func(c net.Conn) { <-time.After(200 * time.Millisecond); saying("+OK\r\n")(c) },
		"slow each time": hesitant("-NOSCRIPT No matching script. Please use EVAL.\r\n", 40*time.Millisecond),
		"drop by drop":   func(c net.Conn) { drip(c, strings.Repeat("+OK\r\n", 100)) },
		"web":            saying("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
		"binary":         saying("\x00\xff\x1b[2J\r\n\u202e\r\n"),
		"OK":             scripted("+OK\r\n"),
		"nothing":        scripted("$-1\r\n"),
		"a number":       scripted(":1\r\n"),
		"empty":          scripted("*0\r\n"),
		"other types":    scripted("*4\r\n$1\r\na\r\n$1\r\na\r\n:1\r\n:1\r\n"),
		"no number":      scripted(fmt.Sprintf(array, "0", 3, "abc")),
		"not a number":   scripted(fmt.Sprintf(array, "0", 3, "nan")),
		"eternity":       scripted(fmt.Sprintf(array, "0", 3, "inf")),
		"a year":         scripted(fmt.Sprintf(array, "0", 8, "31536000")),
		"a wait of none": scripted(fmt.Sprintf(array, "0", 1, "0")),
		"seven":          scripted(fmt.Sprintf(array, "7", 2, "-1")),
		"loading":        scripted("-LOADING Redis is loading the dataset in memory\r\n"),
		"no script":      scripted("-NOSCRIPT No matching script. Please use EVAL.\r\n"),
		"moved":          scripted("-MOVED 3999 127.0.0.1:6381\r\n"),
		"an old Redis":   saying("-ERR unknown command `HELLO`, with args beginning with: `2`, `AUTH`, `default`, `open-sesam\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			l, said := hasty(t, "redis://:open-sesame@"+answering(t, answer), slow())
			if got := admitted(l, "203.0.113.1", 5); got != 5 {
				t.Errorf("%d of 5 are let in", got)
			}
			soon(t, "the log tells", func() bool { return said.count(isAway) == 1 })
			shortest := time.Hour // of some: a busy machine may be late
			for range 5 {
				begun := time.Now()
				l.away.Store(false)
				if err := l.Session(addr("203.0.113.2"), time.Now()); err != nil {
					t.Errorf("a session is refused: %v", err)
				}
				shortest = min(shortest, time.Since(begun))
			}
			if shortest > Patience+Patience/2 {
				t.Errorf("a question took %v", shortest)
			}
			if got := said.String(); strings.Contains(got, "sesam") || strings.ContainsAny(got, "\x00\x1b\u202e") {
				t.Errorf("the log says:\n%s", got)
			}
		})
	}
}

func TestAQuestionIsTriedOnce(t *testing.T) {
	var tries atomic.Int32
	l, _ := replica(t, "redis://"+answering(t, func(c net.Conn) {
		tries.Add(1)
		_ = c.Close()
	}), slow())
	before := tries.Load()
	if err := l.probe(); err == nil {
		t.Error("what closes each connection passes for a Redis")
	}
	if got := tries.Load() - before; got > 2 { // one, and one of the limiter's own may come between
		t.Errorf("a question was tried %d times", got)
	}
}

// drip sends a byte each 20 ms.
func drip(c net.Conn, words string) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for i := range len(words) {
		<-tick.C
		if _, err := io.WriteString(c, words[i:i+1]); err != nil {
			return
		}
	}
}

func TestASlowRedisIsAwayAndComesBack(t *testing.T) {
	d := startRedis(t)
	var delay atomic.Int64
	between := answering(t, func(c net.Conn) {
		to, err := net.Dial("tcp", d.addr())
		if err != nil {
			return
		}
		defer to.Close()
		go func() { _, _ = io.Copy(to, c) }()
		for buf := make([]byte, 4096); ; {
			n, err := to.Read(buf)
			if err != nil {
				return
			}
			<-time.After(time.Duration(delay.Load()))
			if _, err := c.Write(buf[:n]); err != nil {
				return
			}
		}
	})
	l, said := hasty(t, "redis://"+between, slow())
	delay.Store(int64(200 * time.Millisecond))
	begun := time.Now()
	if got := admitted(l, "203.0.113.1", 5); got != 5 {
		t.Errorf("%d of 5 are let in", got)
	}
	if took := time.Since(begun); took > 500*time.Millisecond { // with an answer for each it would be a second
		t.Errorf("five readers took %v", took)
	}
	soon(t, "the log tells", func() bool { return said.count(isAway) > said.count(isBack) })
	delay.Store(0)
	soon(t, "the log tells again", func() bool { return said.count(isBack) == said.count(isAway) })
}

func TestCloseLeavesNothingBehind(t *testing.T) {
	d := startRedis(t)
	d.do("PING") // the test's own way in is there from now on
	before := runtime.NumGoroutine()
	for _, url := range []string{d.url(), "redis://127.0.0.1:" + freePort(t)} {
		address, err := ParseURL(url)
		if err != nil {
			t.Fatal(err)
		}
		l := New(address, limit.New(slow()), slog.New(slog.DiscardHandler))
		defer runtime.KeepAlive(l) // or the collector would close what Close forgot
		admitted(l, "203.0.113.1", 5)
		l.Close()
	}
	soon(t, "Redis has no client but the test", func() bool { return strings.Count(d.do("CLIENT", "LIST").(string), "\n") == 1 })
	soon(t, "all goroutines are gone", func() bool { return runtime.NumGoroutine() <= before })
}

func TestAUserWithFewRightsIsEnough(t *testing.T) {
	d := startRedis(t)
	d.do("ACL", "SETUSER", "lectern", "on", ">open-sesame", "~lectern:*", "+eval", "+evalsha", "+get", "+set", "+time", "+del")
	url := "redis://lectern:open-sesame@" + d.addr()
	a, said := replica(t, url, slow())
	b, _ := replica(t, url, slow())
	if !shared(a, b, "203.0.113.1") {
		t.Errorf("the limit is not shared; the log says:\n%s", said)
	}
	d.do("ACL", "SETUSER", "lectern", "-set")
	admitted(a, "203.0.113.2", 1)
	soon(t, "the log tells", func() bool { return said.count(isAway) == 1 })
	if !strings.Contains(said.String(), "can't run this command") {
		t.Errorf("the log says:\n%s", said)
	}
}
