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
	cmd.Env = []string{"PORT=" + ts.Getenv("PORT")}
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
	ts.Check(cmd.Start())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait()
	}()
	ts.Defer(func() {
		_ = cmd.Process.Kill()
		<-ended
	})
	for _, addr := range addrs {
		listens := within(patience, func() bool {
			conn, err := net.Dial("tcp", addr)
			if err == nil {
				_ = conn.Close()
			}
			return err == nil
		})
		if !listens {
			_ = cmd.Process.Kill()
			<-ended
			ts.Fatalf("haproxy does not listen on %s:\n%s", addr, said.String())
		}
	}
}

// holdScript takes connections and says nothing on them. Each is known to have reached the server by its version.
func holdScript(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(args[0])}, Timeout: patience}
	for range n {
		conn, err := dialer.Dial("tcp", "127.0.0.1:"+args[1])
		ts.Check(err)
		ts.Defer(func() { _ = conn.Close() })
		_, err = conn.Read(make([]byte, 64))
		ts.Check(err)
	}
}
