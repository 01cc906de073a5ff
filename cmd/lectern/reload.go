package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"reflect"
	"runtime/debug"

	"lectern/internal/limit"
	"lectern/internal/proxy"
	"lectern/internal/server"
	"lectern/internal/text"
)

// A running is what of a server can be set anew while readers read.
type running struct {
	limits   *limit.Table
	listener *proxy.Listener
	server   *server.Server
	log      *slog.Logger
}

// onHangup reads the settings again at each SIGHUP, until ctx ends. args are those of the command line.
func (r *running) onHangup(ctx context.Context, hangups <-chan os.Signal, c *serveCmd, args []string) {
	for {
		select {
		case <-hangups:
			c = r.reload(c, args)
		case <-ctx.Done():
			return
		}
	}
}

// reload takes over the host keys, and of the settings those that can change, and returns what is in force then. After an
// error in the settings all stays as it was.
func (r *running) reload(now *serveCmd, args []string) (inForce *serveCmd) {
	inForce = now // also after a panic
	defer func() {
		if v := recover(); v != nil {
			r.log.Error("panic", "where", "reload", "panic", text.Field(fmt.Sprint(v), 1000), "stack", string(debug.Stack()))
		}
	}()
	next, err := serveSettings(args)
	if err != nil {
		r.log.Error("settings not reloaded, the last ones stay", "error", text.Field(err.Error(), 1000))
		return now
	}
	for _, name := range needRestart(now, next) {
		r.log.Warn("setting needs a restart", "setting", name)
	}
	// Both were checked with the other settings.
	exempt, _ := networks("--exempt", next.Exempt)
	trusted, _ := balancers(next.TrustProxy)
	r.limits.SetExempt(exempt)
	r.listener.Trust(trusted)
	r.log.Info("settings reloaded", "exempt", first(exempt), "trust-proxy", first(trusted))

	// No key is made: whoever asks for a reload has put one there, or means other things.
	keys, err := hostKeys(now.Hostkeys, true, r.log)
	if err == nil {
		err = r.server.SetSigners(keys)
	}
	if err != nil {
		r.log.Error("host keys not reloaded, the last ones stay", "error", err.Error())
	}
	kept := *now
	kept.Exempt, kept.TrustProxy = next.Exempt, next.TrustProxy
	return &kept
}

// first returns the first of many networks, as many as a line of the log holds.
func first(networks []netip.Prefix) []netip.Prefix { return networks[:min(len(networks), 20)] }

// serveSettings reads the settings of a command line that serves, as at the start.
func serveSettings(args []string) (*serveCmd, error) {
	var c cli
	parser, err := newParser(&c)
	if err != nil {
		return nil, err
	}
	if _, err := parser.Parse(args); err != nil {
		return nil, err
	}
	return &c.Serve, nil
}

// needRestart returns the settings that differ, but for those that reload takes over.
func needRestart(now, next *serveCmd) (names []string) {
	a, b := reflect.ValueOf(*now), reflect.ValueOf(*next)
	for i := range a.NumField() {
		switch field := a.Type().Field(i); {
		case field.Name == "Exempt", field.Name == "TrustProxy":
		case !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()):
			names = append(names, settingOf(field.Tag.Get("env")))
		}
	}
	return names
}
