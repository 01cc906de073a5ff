package main

import (
	"bytes"
	"net"
	"os/exec"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// haproxyScript starts HAProxy, which expands the environment in its config.
func haproxyScript(ts *testscript.TestScript, neg bool, args []string) {
	program, err := exec.LookPath("haproxy")
	ts.Check(err)
	cmd := exec.Command(program, "-db", "-f", ts.MkAbs(args[0]))
	for _, name := range []string{"PORT", "PORT1", "PORT2"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	var addrs []string
	for _, name := range []string{"V1", "V2", "PLAIN"} {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		ts.Check(err)
		addr := ln.Addr().String()
		ts.Check(ln.Close())
		_, port, _ := net.SplitHostPort(addr)
		ts.Setenv(name, port)
		cmd.Env = append(cmd.Env, name+"="+port)
		addrs = append(addrs, addr)
	}
	var said bytes.Buffer // read once it has ended
	cmd.Stdout, cmd.Stderr = &said, &said
	kill := runBeside(ts, cmd)
	for _, addr := range addrs {
		if !listens(addr) {
			kill()
			ts.Fatalf("haproxy does not listen on %s:\n%s", addr, said.String())
		}
	}
}

// runBeside starts a program that runs until the script ends, or is killed with what is returned, which waits for its end.
func runBeside(ts *testscript.TestScript, cmd *exec.Cmd) (kill func()) {
	ts.Check(cmd.Start())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait()
	}()
	kill = func() {
		_ = cmd.Process.Kill()
		<-ended
	}
	ts.Defer(kill)
	return kill
}

// listens waits until somebody listens on addr, and reports whether somebody does.
func listens(addr string) bool {
	return within(patience, func() bool {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	})
}

// holdScript takes connections and says nothing on them.
func holdScript(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	conns, in := take(ts, args[0], args[1], n)
	for _, c := range conns {
		ts.Defer(func() { _ = c.Close() })
	}
	if in != n {
		ts.Fatalf("%d of %d are let in", in, n)
	}
}

// take makes n connections from an address to a port, and counts those that are let in, which the server's version says.
func take(ts *testscript.TestScript, from, port string, n int) (conns []net.Conn, in int) {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}, Timeout: patience}
	for range n {
		conn, err := dialer.Dial("tcp", "127.0.0.1:"+port)
		ts.Check(err)
		conns = append(conns, conn)
		said := make([]byte, 64)
		if n, _ := conn.Read(said); bytes.HasPrefix(said[:n], []byte("SSH-2.0-")) {
			in++
		}
	}
	return conns, in
}
