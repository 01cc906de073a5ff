package blog

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Dir opens a folder of content. Nothing outside it can be reached through the
// file system it gives: a link that leads out is refused when it is followed.
// The closer lets the folder go; a [Library] loaded from it does not need it.
func Dir(path string) (fs.FS, io.Closer, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		info, statErr := os.Stat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, nil, fmt.Errorf("content folder %s is not there: %w", path, err)
		case statErr == nil && !info.IsDir():
			return nil, nil, fmt.Errorf("content folder %s is not a folder: %w", path, err)
		}
		return nil, nil, fmt.Errorf("open content folder %s: %w", path, err)
	}
	if _, err := fs.ReadDir(root.FS(), "."); err != nil {
		root.Close()
		return nil, nil, fmt.Errorf("read content folder %s: %w", path, err)
	}
	return root.FS(), root, nil
}
