package redis

import (
	"context"
	"errors"
	"time"

	"github.com/go-redis/redis_rate/v10"
	goredis "github.com/redis/go-redis/v9"

	"lectern/internal/limit"
)

// take draws one from each of the quotas, in their order: a prefix that has used up its own draws nothing from the wider one.
// It returns how long to wait where there is nothing to draw, and 0 when there was, or when Redis does not say.
func (l *Limiter) take(kind string, quotas []limit.Quota) (wait time.Duration) {
	if len(quotas) == 0 || l.away.Load() {
		return 0
	}
	ctx, cancel := context.WithTimeout(context.Background(), l.patience)
	defer cancel()
	for _, q := range quotas {
		wait, err := l.ask(ctx, kind+":"+q.Prefix.String(), q)
		if err != nil {
			l.lose(err)
			return 0
		}
		if wait > 0 {
			return wait
		}
	}
	return 0
}

// probe asks as take does, writing included, so that a Redis which is full or read-only does not pass for a good one.
func (l *Limiter) probe() error {
	ctx, cancel := context.WithTimeout(context.Background(), l.patience)
	defer cancel()
	_, err := l.ask(ctx, "probe", limit.Quota{Interval: time.Millisecond, Burst: 1000})
	return err
}

// errNonsense is the error of an answer that was none.
var errNonsense = errors.New("what answers is no Redis")

// ask draws one from the quota of key, and returns how long to wait if there is none.
func (l *Limiter) ask(ctx context.Context, key string, q limit.Quota) (wait time.Duration, err error) {
	defer func() {
		if v := recover(); v != nil {
			// redis_rate v10.0.1 takes an answer of the script for what it expects, and panics if it is something else.
			wait, err = 0, errNonsense
		}
	}()
	said, err := l.rates.Allow(ctx, key, redis_rate.Limit{Rate: 1, Period: q.Interval, Burst: q.Burst})
	switch {
	case err != nil:
		return 0, err
	case said.Allowed == 1:
		return 0, nil
	case said.Allowed != 0 || said.RetryAfter <= 0:
		return 0, errNonsense
	case said.RetryAfter > q.Interval+time.Second:
		// The next is never further away than one interval, unless Redis' clock was set back.
		return 0, l.rates.Reset(ctx, key)
	}
	return said.RetryAfter, nil
}

// A prefixed client has its keys under one prefix of ours.
type prefixed struct{ *goredis.Client }

func (p prefixed) EvalSha(ctx context.Context, sha string, keys []string, args ...any) *goredis.Cmd {
	return p.Client.EvalSha(ctx, sha, ours(keys), args...)
}

func (p prefixed) Eval(ctx context.Context, script string, keys []string, args ...any) *goredis.Cmd {
	return p.Client.Eval(ctx, script, ours(keys), args...)
}

func (p prefixed) Del(ctx context.Context, keys ...string) *goredis.IntCmd {
	return p.Client.Del(ctx, ours(keys)...)
}

// ours are the keys with the prefix.
func ours(keys []string) []string {
	prefixed := make([]string, len(keys))
	for i, k := range keys {
		prefixed[i] = "lectern:" + k
	}
	return prefixed
}
