package blog

import (
	"bytes"
	"compress/flate"
	"io"
	"slices"
	"strings"
)

// A Body is the Markdown of a post. A library holds the bodies of all its
// posts, and few of them are read at one time: it holds them compressed, prose
// in about two fifths of its size. The zero Body is empty.
type Body struct {
	held string // compressed, or the text itself where that is shorter
	size int    // bytes of the text
}

// NewBody is the body that says s.
func NewBody(s string) Body { return new(packer).pack(s) }

// Len is how many bytes the text has.
func (b Body) Len() int { return b.size }

// String is the text. It is made anew each time, in some microseconds for each
// KiB: hold on to it while it is needed.
func (b Body) String() string {
	if len(b.held) == b.size {
		return b.held
	}
	var s strings.Builder
	s.Grow(b.size)
	// What pack has written can be read: reading memory does not fail.
	_, _ = io.Copy(&s, flate.NewReader(strings.NewReader(b.held)))
	return s.String()
}

// appendTo appends the text to dst.
func (b Body) appendTo(dst []byte) []byte {
	if len(b.held) == b.size {
		return append(dst, b.held...)
	}
	end := len(dst)
	dst = slices.Grow(dst, b.size)[:end+b.size]
	_, _ = io.ReadFull(flate.NewReader(strings.NewReader(b.held)), dst[end:]) // as in String
	return dst
}

// A packer compresses bodies. The zero packer is ready; it is for one goroutine
// and keeps some hundred KiB that the next body needs too.
type packer struct {
	w *flate.Writer
	b bytes.Buffer
}

func (p *packer) pack(s string) Body {
	p.b.Reset()
	if p.w == nil {
		p.w, _ = flate.NewWriter(&p.b, flate.BestSpeed) // the level is one that there is
	} else {
		p.w.Reset(&p.b)
	}
	_, _ = p.w.Write([]byte(s)) // into memory: neither fails
	_ = p.w.Close()
	if p.b.Len() >= len(s) {
		return Body{held: strings.Clone(s), size: len(s)}
	}
	return Body{held: p.b.String(), size: len(s)}
}
