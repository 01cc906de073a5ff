package blog

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"lectern/internal/text"
)

// Dir opens a folder of content. Nothing outside it can be reached through the
// file system it gives: a link that leads out is refused when it is followed.
// The closer lets the folder go; a [Library] loaded from it does not need it.
// The error names the folder and the mend.
func Dir(path string) (fs.FS, io.Closer, error) {
	root, err := os.OpenRoot(path)
	if err == nil {
		if err = readable(root); err == nil {
			return root.FS(), root, nil
		}
		root.Close()
	}
	info, statErr := os.Stat(path)
	reason := err
	if pathErr := new(fs.PathError); errors.As(err, &pathErr) {
		reason = pathErr.Err // the path is named already
	}
	name := text.Line(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, fmt.Errorf("content folder %s is not there; make it, or name another: %w", name, reason)
	case statErr == nil && !info.IsDir():
		return nil, nil, fmt.Errorf("content folder %s is not a folder; name the folder that holds the posts: %w", name, reason)
	case errors.Is(err, fs.ErrPermission):
		return nil, nil, fmt.Errorf("content folder %s cannot be read; let this user read and enter it: %w", name, reason)
	}
	return nil, nil, fmt.Errorf("content folder %s cannot be read: %w", name, reason)
}

// readable tries whether a folder can be read, without reading all of it.
func readable(root *os.Root) error {
	f, err := root.Open(".")
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err = f.ReadDir(1); errors.Is(err, io.EOF) { // it is empty
		err = nil
	}
	return err
}
