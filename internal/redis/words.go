package redis

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	goredis "github.com/redis/go-redis/v9"
)

// maxWords is how many bytes of an error are logged.
const maxWords = 200

// words turn errors into lines for the log, which never hold the secret.
type words struct{ secret string }

// of says what went wrong.
func (w words) of(err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, goredis.ErrPoolTimeout):
		return "no answer within " + Patience.String()
	case errors.Is(err, io.EOF):
		return "the connection was closed"
	case errors.As(err, new(goredis.Error)):
		// Redis quotes what it was asked when it does not know the command, and the password is a part of the first question.
		said, _, _ := strings.Cut(err.Error(), ", with args")
		return w.safe(said)
	}
	return w.safe(err.Error())
}

// safe is s without the secret, in ASCII on one line, cut.
func (w words) safe(s string) string {
	if w.secret != "" {
		s = strings.ReplaceAll(s, w.secret, "***")
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
	return s[:min(len(s), maxWords)]
}
