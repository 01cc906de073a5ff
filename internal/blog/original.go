package blog

import (
	"bytes"
	"io"
	"io/fs"
)

// keep holds the file of the post, and its body as a part of it, as nearly every
// body is one (1,260 of 1,263 real ones). One that cleaning has changed is held
// beside its file.
func (p *Post) keep(data []byte, body string, pack *packer) {
	p.file = pack.pack(data).all()
	end := len(bytes.TrimRight(data, " \t\r\n"))
	if from := end - len(body); from >= 0 && string(data[from:end]) == body {
		p.Body = Body{p.file.text, from, end}
		return
	}
	p.Body = pack.pack([]byte(body)).all()
}

// source is the post's file, or the body of a post that has none.
func (p *Post) source() Body {
	if p.file.Len() == 0 {
		return p.Body
	}
	return p.file
}

// Source is the file that the post was read from, byte for byte: as foreign as
// it was there. The bytes are the caller's. They are put together anew each time,
// as [Body.String] is.
func (p *Post) Source() []byte {
	source := make([]byte, p.Size())
	_, _ = p.source().ReadAt(source, 0) // there is nothing but the end in it
	return source
}

// Reader reads what [Post.Source] gives, in pieces and in any order, and holds none
// of it.
func (p *Post) Reader() io.ReaderAt { return p.source() }

// Size is how many bytes [Post.Source] gives. It costs nothing.
func (p *Post) Size() int64 { return int64(p.source().Len()) }

// setModified notes when the file was changed; nil has none.
func (p *Post) setModified(file fs.FileInfo) {
	switch {
	case p == nil:
	case file.ModTime().IsZero(): // as that of embedded files is
		p.Modified = p.Date.UTC()
	default:
		p.Modified = file.ModTime().UTC()
	}
}
