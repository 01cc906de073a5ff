package main

import (
	"io"

	"lectern/internal/command"
)

type completionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
	Host  string `arg:"" optional:"" default:"localhost:2222" placeholder:"HOST" help:"The blog, as readers call it: a name, HOST:PORT, or an alias of their ssh (${default})."`
}

// Run implements the command.
func (c *completionCmd) Run(e *env) error {
	script, err := command.Completion(c.Shell, c.Host)
	if err != nil {
		return err
	}
	_, err = io.WriteString(e.stdout, script)
	return err
}
