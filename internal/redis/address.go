package redis

import (
	"errors"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// An Address says where Redis is, and how to get in.
type Address struct{ options *goredis.Options }

// errURL is the error of every URL that cannot be parsed: the parsers' own errors may hold the password.
var errURL = errors.New("write it as redis://HOST:PORT/DATABASE, rediss://HOST:PORT/DATABASE (TLS) or unix:///PATH?db=DATABASE")

// ParseURL reads the URL of a Redis: redis, rediss and unix, with the options of go-redis' ParseURL. Those on time are
// overruled by Patience. The error does not quote the URL, which may hold a password.
func ParseURL(url string) (Address, error) {
	options, err := goredis.ParseURL(url)
	if err != nil {
		return Address{}, errURL
	}
	return Address{options}, nil
}

// HasPassword reports whether the URL holds a password.
func (a Address) HasPassword() bool { return a.options.Password != "" }

// String is where Redis is, without who gets in.
func (a Address) String() string { return a.options.Addr }

// client returns a client that does no more than what is asked of it, within the patience. go-redis is
// made quiet in the whole process, for it would write a line on standard error for each connection that fails.
func (a Address) client(patience time.Duration) *goredis.Client {
	logging.Disable()
	o := *a.options
	o.MaxRetries, o.DialerRetries = -1, 1
	o.DialTimeout, o.PoolTimeout, o.ReadTimeout, o.WriteTimeout = patience, patience, patience, patience
	o.ContextTimeoutEnabled = true
	o.Protocol = 2           // nothing of 3 is of use here
	o.DisableIdentity = true // a question less for each connection
	o.PipelinePoolSize = -1
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return goredis.NewClient(&o)
}
