// Package scp serves files by the protocol that scp spoke before OpenSSH 9, and
// still does with -O: the client runs "scp -f PATH" here. Nothing can be written.
//
// The rules of the protocol are:
//   - the client begins, and answers each line and each file with a byte: 0 to go
//     on, 1 and a line to be told of an error and go on, 2 and a line to end;
//   - a file is a line "C0444 SIZE NAME", its bytes, and a 0; a folder is a line
//     "D0555 0 NAME", what is in it, and a line "E"; before either, "T" and its
//     times when the client asked for them;
//   - an error is a 1 and a line.
package scp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// batch is how many names of a folder are held at a time: the client may take for ever to answer each.
const batch = 100

// maxPatterns is how many patterns a client may ask for at once. A shell that sends
// many words has matched them already, and each pattern may be a look at all names.
const maxPatterns = 8

// rootName is what the root is called where it is copied.
const rootName = "blog"

// maxAnswer is the longest line that a client's answer may have, in bytes.
const maxAnswer = 1024

var (
	errEnded    = errors.New("the client ended it") // it wants no more
	errFolder   = errors.New("not a regular file")
	errPatterns = fmt.Errorf("more than %d patterns at once", maxPatterns)
)

// Serve runs scp with args, the words behind its name, over fsys, and returns the
// exit status: 0; 1 when something asked for was not sent. It ends with ctx between
// two files, and when in or out do.
func Serve(ctx context.Context, fsys fs.FS, args []string, in io.Reader, out io.Writer) int {
	s := &source{ctx: ctx, fsys: fsys, in: bufio.NewReaderSize(in, maxAnswer), out: bufio.NewWriterSize(out, 32<<10)}
	paths, ok := s.options(args)
	if !ok {
		fmt.Fprint(s.out, "\x02scp: nothing can be written here: Permission denied\n")
		_ = s.out.Flush()
		return 1
	}
	if err := s.serve(paths); err != nil || s.failed {
		return 1
	}
	return 0
}

// A source sends files.
type source struct {
	ctx       context.Context
	fsys      fs.FS
	in        *bufio.Reader
	out       *bufio.Writer
	recursive bool
	times     bool
	failed    bool // something was not sent
	patterns  int  // that were matched
}

// options reads what a client runs scp with. Only one that fetches is served.
func (s *source) options(args []string) (paths []string, fetches bool) {
	for i, a := range args {
		if a == "--" {
			return append(paths, args[i+1:]...), fetches
		}
		if !strings.HasPrefix(a, "-") || a == "-" {
			paths = append(paths, a)
			continue
		}
		fetches = fetches || strings.Contains(a, "f")
		s.recursive = s.recursive || strings.Contains(a, "r")
		s.times = s.times || strings.Contains(a, "p")
	}
	return paths, fetches
}

func (s *source) serve(paths []string) error {
	if _, err := s.answer(); err != nil {
		return err
	}
	for _, asked := range paths {
		if err := s.asked(asked); err != nil {
			return err
		}
	}
	return s.out.Flush()
}

// asked sends what a path of a client's means, which may be a pattern: the shell that would match it is not here.
func (s *source) asked(asked string) error {
	name := strings.TrimPrefix(path.Clean("/"+asked), "/")
	if name == "" {
		name = "."
	}
	_, err := fs.Stat(s.fsys, name)
	if err == nil {
		return s.send(name)
	}
	if !strings.ContainsAny(name, special) {
		return s.fail(asked, err)
	}
	if s.patterns++; s.patterns > maxPatterns {
		return s.fail(asked, errPatterns)
	}
	if _, err := path.Match(name, ""); err != nil {
		return s.fail(asked, err)
	}
	found, err := s.match(".", strings.Split(name, "/"))
	if err == nil && !found {
		err = s.fail(asked, fs.ErrNotExist)
	}
	return err
}

// special are the characters that make a name a pattern.
const special = `*?[\`

// match sends what the patterns mean, each of which stands for a name in what the one before it means; the first, in folder.
// What cannot be looked into has nothing in it. An error ends it all.
func (s *source) match(folder string, patterns []string) (found bool, err error) {
	if len(patterns) == 0 {
		return true, s.send(folder)
	}
	below := func(name string) error {
		more, err := s.match(path.Join(folder, name), patterns[1:])
		found = found || more
		return err
	}
	if !strings.ContainsAny(patterns[0], special) {
		if _, err := fs.Stat(s.fsys, path.Join(folder, patterns[0])); err != nil {
			return false, nil
		}
		err := below(patterns[0])
		return found, err
	}
	if info, err := fs.Stat(s.fsys, folder); err != nil || !info.IsDir() {
		return false, nil
	}
	_, err = s.list(folder, func(name string) error {
		if ok, _ := path.Match(patterns[0], name); !ok {
			return nil
		}
		return below(name)
	})
	return found, err
}

// list calls each with the names in a folder. A problem is the folder's; an error is that of each, which ends the list.
func (s *source) list(folder string, each func(name string) error) (problem, err error) {
	f, err := s.fsys.Open(folder)
	if err != nil {
		return err, nil
	}
	defer f.Close()
	dir, ok := f.(fs.ReadDirFile)
	if !ok {
		return &fs.PathError{Op: "readdir", Path: folder, Err: fs.ErrInvalid}, nil
	}
	for {
		entries, problem := dir.ReadDir(batch)
		for _, e := range entries {
			if err := each(e.Name()); err != nil {
				return nil, err
			}
		}
		if errors.Is(problem, io.EOF) || problem == nil && len(entries) == 0 {
			return nil, nil
		}
		if problem != nil {
			return problem, nil
		}
	}
}

// send sends a file, or with -r a folder. An error of the file is told to the
// client; one that is returned ends it all.
func (s *source) send(name string) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	info, err := fs.Stat(s.fsys, name)
	switch {
	case err != nil:
		return s.fail(name, err)
	case !info.IsDir():
		return s.file(name)
	case !s.recursive:
		return s.fail(name, errFolder)
	}
	taken, err := s.tell("D", info, 0)
	if err != nil || !taken {
		return err
	}
	problem, err := s.list(name, func(entry string) error { return s.send(path.Join(name, entry)) })
	if err == nil && problem != nil {
		err = s.fail(name, problem)
	}
	if err != nil {
		return err
	}
	fmt.Fprint(s.out, "E\n")
	_, err = s.answer()
	return err
}

func (s *source) file(name string) error {
	f, err := s.fsys.Open(name)
	if err != nil {
		return s.fail(name, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return s.fail(name, err)
	}
	taken, err := s.tell("C", info, info.Size())
	if err != nil || !taken {
		return err
	}
	// The size was told: a file that has fewer bytes now leaves nothing to say.
	if _, err := io.CopyN(s.out, f, info.Size()); err != nil {
		return err
	}
	_ = s.out.WriteByte(0)
	_, err = s.answer()
	return err
}

// maxTime is the latest time that is told, in seconds since 1970: clients keep it
// in 32 bits.
const maxTime = 1<<31 - 1

// tell says what comes, and reports whether the client takes it.
func (s *source) tell(kind string, info fs.FileInfo, size int64) (taken bool, err error) {
	if s.times {
		at := min(max(0, info.ModTime().Unix()), maxTime)
		fmt.Fprintf(s.out, "T%d 0 %d 0\n", at, at)
		if taken, err := s.answer(); err != nil || !taken {
			return false, err
		}
	}
	name := info.Name()
	if name == "." {
		name = rootName
	}
	fmt.Fprintf(s.out, "%s%04o %d %s\n", kind, info.Mode().Perm(), size, name)
	return s.answer()
}

// fail tells the client why a file is not sent.
func (s *source) fail(name string, err error) error {
	s.failed = true
	said := "not to be read"
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrInvalid), errors.Is(err, path.ErrBadPattern):
		said = "No such file or directory"
	case errors.Is(err, errFolder), errors.Is(err, errPatterns):
		said = err.Error()
	}
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, name)
	fmt.Fprintf(s.out, "\x01scp: %s: %s\n", clean, said)
	return s.out.Flush()
}

// answer sends what waits, and reads the client's answer to it. One that does not
// take what was sent goes on with what comes next.
func (s *source) answer() (taken bool, err error) {
	if err := s.out.Flush(); err != nil {
		return false, err
	}
	b, err := s.in.ReadByte()
	if err != nil || b == 0 {
		return err == nil, err
	}
	s.failed = true
	if _, err := s.in.ReadSlice('\n'); err != nil {
		return false, err
	}
	if b != 1 {
		return false, errEnded
	}
	return false, nil
}
