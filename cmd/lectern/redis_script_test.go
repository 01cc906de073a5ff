package main

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// redisScript starts a Redis, on the same port each time, or kills it.
func redisScript(ts *testscript.TestScript, neg bool, args []string) {
	if args[0] == "kill" {
		var pid int
		fmt.Sscan(ts.Getenv("REDISPID"), &pid)
		p, err := os.FindProcess(pid)
		ts.Check(err)
		ts.Check(p.Kill())
		if !within(patience, func() bool { return p.Signal(syscall.Signal(0)) != nil }) {
			ts.Fatalf("Redis still runs")
		}
		return
	}
	if ts.Getenv("REDIS") == "" {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		ts.Check(err)
		_, port, _ := net.SplitHostPort(ln.Addr().String())
		ts.Check(ln.Close())
		ts.Setenv("REDIS", port)
	}
	program, err := exec.LookPath("redis-server")
	ts.Check(err)
	cmd := exec.Command(program, append([]string{
		"--port", ts.Getenv("REDIS"), "--bind", "127.0.0.1", "--save", "", "--dir", ts.Getenv("WORK"),
	}, args[1:]...)...)
	runBeside(ts, cmd)
	ts.Setenv("REDISPID", fmt.Sprint(cmd.Process.Pid))
	if !listens("127.0.0.1:" + ts.Getenv("REDIS")) {
		ts.Fatalf("Redis does not listen")
	}
}

// shareScript makes as many connections to each of two servers as are too few for the limit of one and too many for that of both.
// Servers that should share it may be between two looks for a Redis that was late once, on a machine that is busy.
func shareScript(ts *testscript.TestScript, neg bool, args []string) {
	const each = 150
	from, err := netip.ParseAddr(args[0])
	ts.Check(err)
	shared := func() bool {
		in := 0
		for _, port := range args[1:] {
			conns, n := take(ts, from.String(), port, each)
			for _, c := range conns {
				_ = c.Close()
			}
			in += n
		}
		ts.Logf("%d of %d from %s are let in", in, 2*each, from)
		from = from.Next()
		return in < 2*each
	}
	if neg == shared() && (neg || !within(patience, shared)) {
		ts.Fatalf("the limit is shared: %v", neg)
	}
}
