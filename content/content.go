// Package content holds the posts that are built into the program, and
// blog.yaml. It has nothing but the files beside it: to add a post, add a
// Markdown file here.
package content

import "embed"

// FS holds the posts and blog.yaml.
//
//go:embed *.md blog.yaml
var FS embed.FS
