package blog

import "path"

// Lookup finds the post that a link in another post leads to: its slug or a
// former one is the last part of the address's path, or its file has that name.
// An address of another site leads to none.
func (l *Library) Lookup(address string) (*Post, bool) {
	parts := segments(address)
	if len(parts) == 0 {
		return nil, false
	}
	if p, ok := l.Post(pathSlug(address)); ok {
		return p, true
	}
	last := path.Join(parts...)
	for _, name := range []string{last, path.Base(last)} {
		if p, ok := l.Post(slugify(readName(name).stem)); ok {
			return p, true
		}
	}
	return nil, false
}
