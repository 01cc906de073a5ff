package blog

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// A Body is the Markdown of a post. A library holds the bodies of all its
// posts, and few of them are read at one time: it holds them compressed, prose
// in about two fifths of its size. The zero Body is empty.
type Body struct {
	held string // as below, or the text itself where that is shorter
	size int    // bytes of the text
}

// The text is compressed in blocks, so that a piece of it can be had without what
// stands before it: nobody has to hold a long text to read it piece by piece. Held
// are the blocks and, behind them, where each but the first begins, in four bytes.
const (
	blockSize = 64 << 10 // bytes of the text; shorter ones compress worse
	startSize = 4
)

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
	for i := range b.blocks() {
		// What pack has written can be read: reading memory does not fail.
		_, _ = io.Copy(&s, flate.NewReader(strings.NewReader(b.block(i))))
	}
	return s.String()
}

// ReadAt implements [io.ReaderAt]. It makes as much of the text as it reads, and a
// block before it at most; when it has returned, nothing of that is held.
func (b Body) ReadAt(p []byte, at int64) (n int, err error) {
	switch {
	case at < 0:
		return 0, fs.ErrInvalid
	case at >= int64(b.size):
		return 0, io.EOF
	case len(b.held) == b.size:
		n = copy(p, b.held[at:])
	default:
		n = b.read(p[:min(int64(len(p)), int64(b.size)-at)], int(at))
	}
	if n < len(p) {
		err = io.EOF
	}
	return n, err
}

// read fills p with what stands at a place of a compressed text.
func (b Body) read(p []byte, at int) (n int) {
	for n < len(p) {
		i, skip := at/blockSize, at%blockSize
		r := flate.NewReader(strings.NewReader(b.block(i)))
		_, _ = io.CopyN(io.Discard, r, int64(skip))                // as in String
		m, _ := io.ReadFull(r, p[n:min(len(p), n+blockSize-skip)]) // likewise
		n, at = n+m, at+m
	}
	return n
}

// appendTo appends the text to dst.
func (b Body) appendTo(dst []byte) []byte {
	end := len(dst)
	dst = slices.Grow(dst, b.size)[:end+b.size]
	_, _ = b.ReadAt(dst[end:], 0) // as in String
	return dst
}

// blocks is how many blocks the text has.
func (b Body) blocks() int { return (b.size + blockSize - 1) / blockSize }

// block is block i, compressed.
func (b Body) block(i int) string {
	n := b.blocks()
	starts := len(b.held) - startSize*(n-1)
	start := func(i int) int {
		at := starts + startSize*(i-1)
		return int(binary.LittleEndian.Uint32([]byte(b.held[at : at+startSize])))
	}
	from, to := 0, starts
	if i > 0 {
		from = start(i)
	}
	if i+1 < n {
		to = start(i + 1)
	}
	return b.held[from:to]
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
	}
	var starts []byte
	for at := 0; at < len(s); at += blockSize {
		if at > 0 {
			starts = binary.LittleEndian.AppendUint32(starts, uint32(p.b.Len()))
		}
		p.w.Reset(&p.b)
		_, _ = io.WriteString(p.w, s[at:min(len(s), at+blockSize)]) // into memory: neither fails
		_ = p.w.Close()
	}
	_, _ = p.b.Write(starts)
	if p.b.Len() >= len(s) {
		return Body{held: strings.Clone(s), size: len(s)}
	}
	return Body{held: p.b.String(), size: len(s)}
}
