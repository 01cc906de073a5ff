package main

import (
	"fmt"
	"path/filepath"

	"lectern/internal/server"
)

type keygenCmd struct {
	Hostkeys string `env:"LECTERN_HOSTKEYS" default:"hostkeys" placeholder:"DIR" help:"Folder of the host key (${default})."`
}

// Run implements the command: a key that is there is kept.
func (c *keygenCmd) Run(e *env) error {
	key, made, err := server.HostKey(c.Hostkeys)
	if err != nil {
		return fmt.Errorf("--hostkeys %s: %w", c.Hostkeys, err)
	}
	what := "kept"
	if made {
		what = "made"
	}
	_, err = fmt.Fprintf(e.stdout, "%s: %s\n%s\n",
		filepath.Join(c.Hostkeys, server.HostKeyFile), what, server.Fingerprint(key.PublicKey()))
	return err
}
