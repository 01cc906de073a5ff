package blog

import (
	"encoding/binary"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// A Body is the Markdown of a post. A library holds the bodies of all its
// posts, and few of them are read at one time: it holds them compressed, prose
// in about two fifths of its size, as a part of their files. The zero Body is empty.
type Body struct {
	text     packed // that it is a part of
	from, to int    // where it stands in text
}

// A packed is a text that is held compressed.
type packed struct {
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
func NewBody(s string) Body { return new(packer).pack([]byte(s)).all() }

// Len is how many bytes the text has.
func (b Body) Len() int { return b.to - b.from }

// First is the body of its first n bytes, or of all if there are no more. n is not
// negative.
func (b Body) First(n int) Body {
	b.to = min(b.to, b.from+n)
	return b
}

// String is the text. It is made anew each time, in a microsecond or two for each
// KiB: hold on to it while it is needed.
func (b Body) String() string { return new(Unpacker).Text(b) }

// An Unpacker makes the texts of many bodies, one after the other, for less than
// each for itself. The zero Unpacker is ready; it is for one goroutine and keeps
// some hundred KiB at most.
type Unpacker struct{ packed, block []byte }

// Text is [Body.String].
func (u *Unpacker) Text(b Body) string {
	if b.text.isPlain() {
		return b.text.held[b.from:b.to]
	}
	var s strings.Builder
	s.Grow(b.Len())
	for at := b.from; at < b.to; {
		part := u.open(b.text, at)
		part = part[:min(len(part), b.to-at)]
		_, _ = s.Write(part)
		at += len(part)
	}
	return s.String()
}

// unpacking is the one decoder of all, for as many at a time as there are processors.
var unpacking = sync.OnceValue(func() *zstd.Decoder {
	d, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithDecoderLowmem(true)) // the options are right
	return d
})

// open is what a text says from a place to the end of its block, until the next is opened.
func (u *Unpacker) open(t packed, at int) []byte {
	u.packed = append(u.packed[:0], t.block(at/blockSize)...)
	u.block, _ = unpacking().DecodeAll(u.packed, u.block[:0]) // pack has written it
	return u.block[at%blockSize:]
}

// ReadAt implements [io.ReaderAt]. It makes as much of the text as it reads, and a
// block before it at most; when it has returned, nothing of that is held.
func (b Body) ReadAt(p []byte, at int64) (n int, err error) {
	switch {
	case at < 0:
		return 0, fs.ErrInvalid
	case at >= int64(b.Len()):
		return 0, io.EOF
	}
	n = min(len(p), b.Len()-int(at))
	b.text.read(p[:n], b.from+int(at))
	if n < len(p) {
		err = io.EOF
	}
	return n, err
}

// all is the whole text.
func (t packed) all() Body { return Body{t, 0, t.size} }

// isPlain reports whether the text is held as it is.
func (t packed) isPlain() bool { return len(t.held) == t.size }

// read fills p with what stands at a place of the text.
func (t packed) read(p []byte, at int) {
	if t.isPlain() {
		copy(p, t.held[at:])
		return
	}
	var u Unpacker
	for len(p) > 0 {
		n := copy(p, u.open(t, at))
		p, at = p[n:], at+n
	}
}

// block is block i, compressed.
func (t packed) block(i int) string {
	n := (t.size + blockSize - 1) / blockSize
	starts := len(t.held) - startSize*(n-1)
	start := func(i int) int {
		at := starts + startSize*(i-1)
		return int(binary.LittleEndian.Uint32([]byte(t.held[at : at+startSize])))
	}
	from, to := 0, starts
	if i > 0 {
		from = start(i)
	}
	if i+1 < n {
		to = start(i + 1)
	}
	return t.held[from:to]
}

// A packer compresses texts. The zero packer is ready; it is for one goroutine
// and keeps some hundred KiB that the next text needs too.
type packer struct {
	w     *zstd.Encoder
	b     []byte
	known packed // a text that is not held twice
}

func (p *packer) pack(s []byte) packed {
	if p.w == nil {
		p.w, _ = zstd.NewWriter(
			nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(blockSize), zstd.WithEncoderConcurrency(1),
			zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false),
		) // the options are right
	}
	p.b = p.b[:0]
	var starts []byte
	for at := 0; at < len(s); at += blockSize {
		if at > 0 {
			starts = binary.LittleEndian.AppendUint32(starts, uint32(len(p.b)))
		}
		p.b = p.w.EncodeAll(s[at:min(len(s), at+blockSize)], p.b)
	}
	p.b = append(p.b, starts...)
	held := p.b
	if len(held) >= len(s) {
		held = s
	}
	if len(s) == p.known.size && string(held) == p.known.held {
		return p.known
	}
	return packed{string(held), len(s)}
}
