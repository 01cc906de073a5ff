package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"golang.org/x/crypto/ssh"

	"lectern/internal/server"
)

type keygenCmd struct {
	Host     string `arg:"" optional:"" help:"With --sshfp: the name of the host, without a port; else it is that of blog.yaml."`
	Hostkeys string `env:"LECTERN_HOSTKEYS" default:"hostkeys" placeholder:"DIR" help:"Folder of the host key (${default})."`
	Content  string `env:"LECTERN_CONTENT" placeholder:"DIR" help:"Folder of the blog.yaml that --sshfp asks for the host. Without one, it is that in the program."`
	Next     bool   `help:"Make the key that is to follow the host key, so that readers can learn it beforehand."`
	SSHFP    bool   `name:"sshfp" help:"Print DNS records, by which readers' ssh can check the keys."`
}

// Validate implements kong's check of the arguments.
func (c *keygenCmd) Validate() error {
	if c.Host != "" && !c.SSHFP {
		return fmt.Errorf("%s: a host is for --sshfp; the key has no name", c.Host)
	}
	return nil
}

// Run implements the command: keys that are there are kept. Records are of keys that are there.
func (c *keygenCmd) Run(e *env) error {
	host, comment := "", ""
	if c.SSHFP {
		var err error
		if host, err = c.host(); err != nil {
			return err
		}
		comment = "; " // what is no record is a comment to a zone file
	}
	show := func(name string, key ssh.PublicKey, made bool) error {
		what := "kept"
		if made {
			what = "made"
		}
		_, err := fmt.Fprintf(e.stdout, "%s%s: %s\n%s%s\n", comment, filepath.Join(c.Hostkeys, name), what, comment, server.Fingerprint(key))
		if err == nil && c.SSHFP {
			_, err = fmt.Fprint(e.stdout, sshfp(host, key))
		}
		return err
	}

	key, made, err := c.key()
	if err != nil {
		return fmt.Errorf("--hostkeys %s: %w", c.Hostkeys, err)
	}
	if err := show(server.HostKeyFile, key.PublicKey(), made); err != nil {
		return err
	}
	next, made, err := nextKey(c.Hostkeys, c.Next)
	if err != nil {
		return fmt.Errorf("--hostkeys %s: %w", c.Hostkeys, err)
	}
	if next == nil {
		return nil
	}
	return show(server.NextHostKeyFile, next.PublicKey(), made)
}

// key returns the host key, and whether it was made.
func (c *keygenCmd) key() (key ssh.Signer, made bool, err error) {
	if !c.SSHFP || c.Next {
		return server.HostKey(c.Hostkeys)
	}
	key, err = server.LoadHostKey(c.Hostkeys)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, errors.New("there is no host key there; name the folder that the server has")
	}
	return key, false, err
}
