package main

import (
	"fmt"

	"github.com/goreleaser/goreleaser/v2/pkg/config"
)

// release loads the configuration of GoReleaser, where an unknown field is an error.
func release(name string) (string, []error) {
	project, err := config.Load(name)
	if err != nil {
		return "", []error{err}
	}
	if project.Version != 2 {
		return "", []error{fmt.Errorf("version %d, want 2", project.Version)}
	}
	return fmt.Sprintf("%d builds", len(project.Builds)), nil
}
