package main

import (
	"fmt"
	"io"
	"io/fs"
	"time"

	"lectern/content"
	"lectern/internal/blog"
)

// source opens the posts: a folder, or the embedded ones when dir is empty.
// The closer is never nil.
func source(dir string) (fs.FS, io.Closer, error) {
	if dir == "" {
		return content.FS, io.NopCloser(nil), nil
	}
	fsys, closer, err := blog.Dir(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("--content %s: %w", dir, err)
	}
	return fsys, closer, nil
}

// openLive loads the posts and keeps them loadable again. The folder is opened
// anew at each load, so that one that was moved away and returned is found.
func openLive(dir string) (*blog.Live, error) {
	return blog.NewLive(func(last *blog.Library) (*blog.Library, error) {
		fsys, closer, err := source(dir)
		if err != nil {
			return nil, err
		}
		defer closer.Close()
		return blog.Load(fsys, time.Now(), last)
	})
}
