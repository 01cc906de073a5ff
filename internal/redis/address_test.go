//go:build unix

package redis

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestURLs(t *testing.T) {
	for url, want := range map[string]string{
		"redis://10.0.0.9":                          "10.0.0.9:6379",
		"redis://user:sesame@[2001:db8::9]:6380/3":  "[2001:db8::9]:6380",
		"rediss://redis.example.com?skip_verify=1":  "redis.example.com:6379",
		"unix://user:sesame@/run/redis/s.sock?db=1": "/run/redis/s.sock",
	} {
		address, err := ParseURL(url)
		if err != nil || address.String() != want || address.HasPassword() != strings.Contains(url, "sesame") {
			t.Errorf("%s: got %v, a password: %v, error %v", url, address, address.HasPassword(), err)
		}
	}
	for _, url := range []string{
		"", "localhost:6379", "http://:sesame@localhost", "redis://:sesame@localhost/sesame", "redis://:ses%ame@localhost",
		"redis://:sesame@localhost:port", "redis://localhost?password=sesame", "unix://:sesame@", "redis://:sesame\x00@localhost",
	} {
		if _, err := ParseURL(url); err == nil || strings.Contains(err.Error(), "ame") {
			t.Errorf("%s: error %v", url, err)
		}
	}
}

func TestWordsHoldNoSecretAndNoControls(t *testing.T) {
	w := words{secret: "sesame"}
	for said, want := range map[string]string{
		"dial :sesame@host: no":            "dial :***@host: no",
		"two\nlines \x1b[2J\u202e\xff":     "two?lines ?[2J??",
		strings.Repeat("x", 2*maxWords):    strings.Repeat("x", maxWords),
		context.DeadlineExceeded.Error():   "no answer within 50ms",
		strings.Repeat("sesame", maxWords): strings.Repeat("***", maxWords)[:maxWords],
	} {
		err := errors.New(said)
		if said == context.DeadlineExceeded.Error() {
			err = context.DeadlineExceeded
		}
		if got := w.of(err); got != want {
			t.Errorf("%q: got %q, want %q", said, got, want)
		}
	}
}

func TestASocketOfTheSameMachine(t *testing.T) {
	path := t.TempDir() + "/s"
	if len(path) > 100 {
		t.Skip("the folder for tests has too long a name for a socket")
	}
	startRedis(t, "--unixsocket", path)
	a, said := replica(t, "unix://"+path, slow())
	b, _ := replica(t, "unix://"+path+"?db=0", slow())
	c, _ := replica(t, "unix://"+path+"?db=1", slow())
	if !shared(a, b, "203.0.113.1") {
		t.Errorf("the limit is not shared; the log says:\n%s", said)
	}
	if got := admitted(c, "203.0.113.1", 5); got != 5 {
		t.Errorf("in another database %d of 5 are let in", got)
	}
}

func TestOverTLS(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	named := x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	cert, err := x509.CreateCertificate(rand.Reader, &named, &named, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir, port := t.TempDir(), freePort(t)
	for name, block := range map[string]*pem.Block{"cert": {Type: "CERTIFICATE", Bytes: cert}, "key": {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	startRedis(t, "--tls-port", port, "--tls-cert-file", dir+"/cert", "--tls-key-file", dir+"/key", "--tls-auth-clients", "no")
	a, said := replica(t, "rediss://127.0.0.1:"+port+"?skip_verify=true", slow())
	b, _ := replica(t, "rediss://127.0.0.1:"+port+"?skip_verify=true", slow())
	if !shared(a, b, "203.0.113.1") {
		t.Errorf("the limit is not shared; the log says:\n%s", said)
	}
	_, said = replica(t, "rediss://127.0.0.1:"+port, slow())
	soon(t, "the log tells", func() bool { return said.count(isAway) == 1 })
	if said.count("unknown authority") != 1 {
		t.Errorf("of a certificate that nobody vouches for the log says:\n%s", said)
	}
}
