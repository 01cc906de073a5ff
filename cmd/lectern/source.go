package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"runtime/debug"
	"time"

	"lectern/content"
	"lectern/internal/blog"
)

// source opens the posts: a folder, or the embedded ones when dir is empty.
// The error names the folder.
func source(dir string) (fs.FS, io.Closer, error) {
	if dir == "" {
		return content.FS, io.NopCloser(nil), nil
	}
	return blog.Dir(dir)
}

// openLive loads the posts and keeps them loadable again. The folder is opened
// anew at each load, so that one that was moved away and returned is found.
func openLive(dir string) (*blog.Live, error) {
	return blog.NewLive(func(last *blog.Library) (*blog.Library, error) {
		fsys, closer, err := source(dir)
		if err != nil {
			return nil, fmt.Errorf("--content: %w", err)
		}
		defer closer.Close()
		return blog.Load(fsys, time.Now(), last)
	})
}

// watch keeps live up to date until ctx ends, and does not let a fault of it end
// the program.
func watch(ctx context.Context, live *blog.Live, dir string, log *slog.Logger) {
	defer func() {
		if v := recover(); v != nil {
			log.Error("content is no longer watched; restart to read it again", "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
		}
	}()
	if err := live.Watch(ctx, dir, log); err != nil {
		log.Error("content is no longer watched; restart to read it again", "error", err)
	}
}
