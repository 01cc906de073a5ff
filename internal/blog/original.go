package blog

import (
	"bytes"
	"io"
	"io/fs"
)

// An original is the file of a post, as far as the post's Body does not say it.
// Nearly every body is the end of its file (1,260 of 1,263 real ones): then only
// what stands around it is held, a thirtieth of the file. The zero original is
// that of a file which is the body and nothing else.
type original struct {
	rest Body // what stands around the body, or the whole file
	at   int  // bytes of rest before the body, or isWhole
}

// isWhole says that an original does without the body: cleaning has changed it.
const isWhole = -1

// original keeps the file data of a post that has body.
func (p *packer) original(data []byte, body string) original {
	end := len(bytes.TrimRight(data, " \t\r\n"))
	at := end - len(body)
	if at < 0 || string(data[at:end]) != body {
		return original{p.pack(string(data)), isWhole}
	}
	return original{p.pack(string(data[:at]) + string(data[end:])), at}
}

// Source is the file that the post was read from, byte for byte: as foreign as
// it was there. The bytes are the caller's. They are put together anew each time,
// as [Body.String] is.
func (p *Post) Source() []byte {
	source := make([]byte, 0, p.Size())
	if p.original.at == isWhole {
		return p.original.rest.appendTo(source)
	}
	around := p.original.rest.String()
	source = append(source, around[:p.original.at]...)
	source = p.Body.appendTo(source)
	return append(source, around[p.original.at:]...)
}

// Reader reads what [Post.Source] gives, in pieces and in any order, and holds none
// of it.
func (p *Post) Reader() io.ReaderAt { return sourceReader{p} }

type sourceReader struct{ *Post }

// ReadAt implements [io.ReaderAt].
func (r sourceReader) ReadAt(b []byte, at int64) (n int, err error) {
	rest := r.original.rest
	if r.original.at == isWhole {
		return rest.ReadAt(b, at)
	}
	if at < 0 {
		return 0, fs.ErrInvalid
	}
	before, body := int64(r.original.at), int64(r.Body.Len())
	for _, part := range []*io.SectionReader{
		io.NewSectionReader(rest, 0, before),
		io.NewSectionReader(r.Body, 0, body),
		io.NewSectionReader(rest, before, int64(rest.Len())-before),
	} {
		if at < part.Size() && n < len(b) {
			m, _ := part.ReadAt(b[n:], at) // there is nothing but ends in it
			n += m
			at += int64(m)
		}
		at -= part.Size()
	}
	if n < len(b) {
		err = io.EOF
	}
	return n, err
}

// Size is how many bytes [Post.Source] gives. It costs nothing.
func (p *Post) Size() int64 {
	if p.original.at == isWhole {
		return int64(p.original.rest.Len())
	}
	return int64(p.original.rest.Len() + p.Body.Len())
}

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
