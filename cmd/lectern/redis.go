package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/alecthomas/kong"

	"lectern/internal/limit"
	"lectern/internal/redis"
)

// checkRedis says what is wrong with --redis. A password that was typed is refused: every user of the machine can
// read it in the list of processes. No error quotes the URL.
func checkRedis(url string, k *kong.Context) error {
	if url == "" {
		return nil
	}
	address, err := redis.ParseURL(url)
	if err != nil {
		return fmt.Errorf("--redis: %w", err)
	}
	if !address.HasPassword() {
		return nil
	}
	if strings.Contains(url, ":"+hiddenPassword+"@") {
		return fmt.Errorf("--redis: %s stands for a password that lectern config does not show; write the password", hiddenPassword)
	}
	for _, p := range k.Path { // what was typed; neither the environment nor a file leaves a trace there that is not resolved
		if p.Flag != nil && p.Flag.Name == "redis" && !p.Resolved {
			return errors.New("--redis: all users of the machine can read a password in the command line; put the URL into LECTERN_REDIS or the file of --config")
		}
	}
	return nil
}

// newLimiter returns the server's limiter, and what ends it: the table, shared through Redis if there is one. shared tells
// whether it is now, and is nil where it never is.
func newLimiter(table *limit.Table, url string, log *slog.Logger) (limiter limit.Limiter, shared func() bool, end func(), err error) {
	if url == "" {
		return table, nil, func() {}, nil
	}
	address, err := redis.ParseURL(url)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("--redis: %w", err)
	}
	l := redis.New(address, table, log)
	return l, l.Shared, l.Close, nil
}
