package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"
	gossh "golang.org/x/crypto/ssh"

	"lectern/internal/limit"
	"lectern/internal/server"
	"lectern/internal/sftp"
)

// postsFS is a blog of n posts, as folders and files.
func postsFS(n int) fstest.MapFS {
	written := time.Date(2024, 2, 29, 12, 30, 15, 0, time.UTC)
	file := func(data string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(data), Mode: 0o644, ModTime: written}
	}
	dir := &fstest.MapFile{Mode: fs.ModeDir | 0o755, ModTime: written}
	m := fstest.MapFS{"README.md": file("# A blog\n"), "posts": dir, "tags": dir, "tags/go": dir}
	for i := range n {
		f := file(strings.Repeat(fmt.Sprintf("post %d\n", i), 500))
		m[fmt.Sprintf("posts/post-%d.md", i)] = f
		if i%2 == 0 {
			m[fmt.Sprintf("tags/go/post-%d.md", i)] = f
		}
	}
	return m
}

// A filesServer is a server whose only subsystem is SFTP.
type filesServer struct {
	t    testing.TB
	port string
	dir  string // where its clients run
}

// serveFiles serves fsys over SFTP until the test ends.
func serveFiles(t testing.TB, fsys fs.FS, bounds server.Bounds) *filesServer {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := gossh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	addr := serveWith(t, server.Config{
		Signers: []gossh.Signer{signer},
		Limits:  limit.New(limit.DefaultConfig()),
		Program: func(context.Context, *server.Session) tea.Model { panic("no program is asked for") },
		Command: func(context.Context, *server.Session) int { return 1 },
		Subsystems: map[string]func(context.Context, *server.Session) int{
			"sftp": func(ctx context.Context, s *server.Session) int {
				if err := sftp.Serve(ctx, fsys, s.In, s.Out, sftp.DefaultBounds()); err != nil {
					return 1
				}
				return 0
			},
		},
		Bounds: &bounds,
	})
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	return &filesServer{t: t, port: port, dir: t.TempDir()}
}

// options are those of ssh, scp, sftp and sshfs.
func (s *filesServer) options() []string {
	return []string{
		"-F", "none", "-o", "Port=" + s.port, "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
		"-o", "LogLevel=ERROR",
	}
}

// run runs a program in the clients' folder, and returns what it says and its exit status.
func (s *filesServer) run(stdin, program string, args ...string) (says string, status int) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "TZ=UTC", "LC_ALL=C")
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		s.t.Fatalf("%s %v does not end: %s", program, args, out)
	}
	if err != nil && cmd.ProcessState == nil {
		s.t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// sftp runs a script of OpenSSH's sftp.
func (s *filesServer) sftp(script string) (says string, status int) {
	s.t.Helper()
	return s.run(script, "sftp", append(s.options(), "-b", "-", "127.0.0.1")...)
}

// holds fails unless a folder of the client's holds what one of the server's does, and nothing else.
func (s *filesServer) holds(dir string, fsys fs.FS, root string) {
	s.t.Helper()
	sub, err := fs.Sub(fsys, root)
	if err != nil {
		s.t.Fatal(err)
	}
	want, got := contents(s.t, sub), contents(s.t, os.DirFS(filepath.Join(s.dir, dir)))
	if d := cmp.Diff(want, got); d != "" {
		s.t.Errorf("%s (-want +got):\n%.1000s", dir, d)
	}
}

func contents(t testing.TB, fsys fs.FS) map[string]string {
	t.Helper()
	m := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(fsys, path)
		m[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSCPCopiesPosts(t *testing.T) {
	need(t, "scp", "ssh")
	fsys := postsFS(30)
	s := serveFiles(t, fsys, server.DefaultBounds())
	scp := func(args ...string) {
		t.Helper()
		if says, status := s.run("", "scp", append(append([]string{"-s"}, s.options()...), args...)...); status != 0 {
			t.Errorf("scp %v: status %d, %s", args, status, says)
		}
	}
	scp("-r", "127.0.0.1:/", "all")
	s.holds("all", fsys, ".")
	scp("-r", "127.0.0.1:posts", "posts")
	s.holds("posts", fsys, "posts")
	if err := os.Mkdir(filepath.Join(s.dir, "some"), 0o755); err != nil {
		t.Fatal(err)
	}
	scp("127.0.0.1:/posts/*.md", "some")
	s.holds("some", fsys, "posts")

	scp("-rp", "127.0.0.1:/tags", "tags")
	s.holds("tags", fsys, "tags")
	for name, mode := range map[string]fs.FileMode{"tags/go/post-2.md": 0o644, "tags/go": fs.ModeDir | 0o755} {
		fi, err := os.Stat(filepath.Join(s.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if want := fsys["README.md"].ModTime; !fi.ModTime().Equal(want) || fi.Mode() != mode {
			t.Errorf("scp -p %s: got %v %v, want %v %v", name, fi.ModTime().UTC(), fi.Mode(), want, mode)
		}
	}
	local := filepath.Join(s.dir, "posts/post-1.md")
	if says, status := s.run("", "scp", append(append([]string{"-s"}, s.options()...), local, "127.0.0.1:/posts/")...); status == 0 || !strings.Contains(says, "Permission denied") {
		t.Errorf("scp to the server: status %d, %s", status, says)
	}
}

func TestSFTPReadsAndWritesNothing(t *testing.T) {
	need(t, "sftp", "ssh")
	fsys := postsFS(3)
	s := serveFiles(t, fsys, server.DefaultBounds())
	if err := os.WriteFile(filepath.Join(s.dir, "mine.md"), []byte("mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	says, status := s.sftp("pwd\ncd posts\nls -l\ncd ..\ncd ..\npwd\nls -l README.md\ndf\nget -rp posts\nget -p README.md readme\n")
	if status != 0 {
		t.Errorf("status %d: %s", status, says)
	}
	for _, want := range []string{
		"Remote working directory: /\n",
		"-rw-r--r--    1 nobody   nogroup      3500 Feb 29  2024 post-0.md\n",
		"-rw-r--r--    ? 65534    65534           9 Feb 29  2024 README.md\n", // of one file sftp asks for the numbers alone
		"100%\n",
	} {
		if !strings.Contains(says, want) {
			t.Errorf("sftp does not say %q:\n%s", want, says)
		}
	}
	s.holds("posts", fsys, "posts")
	for name, mode := range map[string]fs.FileMode{"readme": 0o644, "posts/post-1.md": 0o644, "posts": fs.ModeDir | 0o755} {
		fi, err := os.Stat(filepath.Join(s.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if want := fsys["README.md"].ModTime; !fi.ModTime().Equal(want) || fi.Mode() != mode {
			t.Errorf("get -p %s: got %v %v, want %v %v", name, fi.ModTime().UTC(), fi.Mode(), want, mode)
		}
	}
	for command, want := range map[string]string{
		"put mine.md":                     `dest open "/mine.md": Permission denied`,
		"put mine.md README.md":           `dest open "/README.md": Permission denied`,
		"rm README.md":                    "remote delete /README.md: Permission denied",
		"mkdir new":                       `remote mkdir "/new": Permission denied`,
		"rmdir posts":                     `remote rmdir "/posts": Permission denied`,
		"chmod 777 README.md":             `remote setstat "/README.md": Permission denied`,
		"chown 0 README.md":               `remote setstat "/README.md": Permission denied`,
		"rename README.md other.md":       `Permission denied`,
		"ln README.md other.md":           `Permission denied`,
		"symlink README.md other.md":      `Permission denied`,
		"get nothing.md":                  `"/nothing.md" not found`,
		"cd nothing":                      "No such file or directory",
		"ls ../../../../etc/passwd":       "not found",
		"get /etc/passwd":                 "not found",
		"cd README.md":                    "not a directory",
		"get posts/../../../../etc/hosts": "not found",
	} {
		says, status := s.sftp(command + "\n")
		if status == 0 || !strings.Contains(says, want) {
			t.Errorf("%s: status %d, want %q in:\n%s", command, status, want, says)
		}
	}
	s.holds("posts", fsys, "posts")
}

// A mounted folder is looked through, read, and not written to.
func TestSSHFSMountsPosts(t *testing.T) {
	need(t, "sshfs", "ssh", "fusermount3")
	if f, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0); err != nil {
		if os.Getenv("LECTERN_TEST_ALL") != "" && os.Getuid() == 0 {
			if _, missing := os.Stat("/dev/fuse"); missing == nil {
				t.Fatalf("/dev/fuse is there, and cannot be used: %v", err)
			}
		}
		t.Skipf("/dev/fuse cannot be used: %v", err)
	} else {
		_ = f.Close()
	}
	fsys := postsFS(250)
	s := serveFiles(t, fsys, server.DefaultBounds())
	mount := filepath.Join(s.dir, "mount")
	if err := os.Mkdir(mount, 0o755); err != nil {
		t.Fatal(err)
	}
	if says, status := s.run("", "sshfs", append(s.options(), "127.0.0.1:/", "mount")...); status != 0 {
		t.Fatalf("sshfs: status %d, %s", status, says)
	}
	mounted := true
	unmount := func() (string, int) {
		mounted = false
		return s.run("", "fusermount3", "-u", "mount")
	}
	defer func() {
		if mounted {
			unmount()
		}
	}()
	s.holds("mount", fsys, ".")
	says, status := s.run("", "ls", "-lR", "mount")
	if status != 0 || strings.Count(says, "post-") != 375 || !strings.Contains(says, "-rw-r--r-- 1 nobody nogroup 3500 Feb 29  2024 post-1.md\n") {
		t.Errorf("ls -lR: status %d, %d posts: %.500s", status, strings.Count(says, "post-"), says)
	}
	for _, change := range [][]string{
		{"cp", "/dev/null", "mount/new.md"},
		{"sh", "-c", "echo x >> mount/README.md"},
		{"rm", "mount/README.md"},
		{"mkdir", "mount/new"},
		{"chmod", "777", "mount/posts"},
		{"mv", "mount/README.md", "mount/other.md"},
		{"ln", "-s", "README.md", "mount/other.md"},
		{"ln", "mount/README.md", "mount/other.md"},
		{"truncate", "-s", "1", "mount/README.md"},
		{"rmdir", "mount/posts"},
		{"touch", "mount/README.md"},
	} {
		if says, status := s.run("", change[0], change[1:]...); status == 0 || !strings.Contains(says, "denied") && !strings.Contains(says, "not permitted") {
			t.Errorf("%v: status %d, %s", change, status, says)
		}
	}
	if says, status := s.run("", "df", "mount"); status != 0 || !strings.Contains(says, "100%") {
		t.Errorf("df: status %d, %s", status, says)
	}
	if b, err := os.ReadFile(filepath.Join(mount, "README.md")); string(b) != "# A blog\n" || err != nil {
		t.Errorf("README.md reads %q, %v", b, err)
	}
	if says, status := unmount(); status != 0 {
		t.Errorf("fusermount3: status %d, %s", status, says)
	}
}

func TestSFTPIsRefusedWhenAllPlacesAreTaken(t *testing.T) {
	need(t, "sftp", "ssh")
	bounds := server.DefaultBounds()
	bounds.Subsystems = 1
	s := serveFiles(t, postsFS(1), bounds)
	first := exec.Command("ssh", append(s.options(), "-s", "127.0.0.1", "sftp")...)
	in, err := first.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := first.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Wait() }()
	defer in.Close()
	if _, err := in.Write([]byte{0, 0, 0, 5, 1, 0, 0, 0, 3}); err != nil { // it speaks, so it has its place
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 9)); err != nil {
		t.Fatal(err)
	}
	if says, status := s.sftp("ls\n"); status == 0 || !strings.Contains(says, "Too many others are copying files. Please come back in a minute.\n") {
		t.Errorf("sftp: status %d, %s", status, says)
	}
	if says, status := s.run("", "ssh", append(s.options(), "-s", "127.0.0.1", "sftp")...); status != 75 {
		t.Errorf("ssh -s: status %d, want 75: %s", status, says)
	}
	if says, status := s.run("", "ssh", append(s.options(), "-s", "127.0.0.1", "other")...); status == 0 || !bytes.Contains([]byte(says), []byte("subsystem request failed")) {
		t.Errorf("ssh -s of another: status %d, %s", status, says)
	}
}
