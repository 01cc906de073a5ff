package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/charmbracelet/colorprofile"

	"lectern/internal/blog"
	"lectern/internal/feed"
	"lectern/internal/render"
	"lectern/internal/search"
)

// posts is a blog of some posts with what the verbs look for.
func posts() fstest.MapFS {
	fsys := fstest.MapFS{"blog.yaml": {Data: []byte("title: The Test\ntagline: a tagline\nauthor: An Author\nhost: blog.example.com\nurl: https://example.com/\n" +
		"links: [{name: Code, url: 'https://example.com/code'}]\n")}}
	for i, title := range []string{"First steps", "Second thoughts", "三番目の投稿、長い題名はここで折り返されるはずです、きっとそうです"} {
		fsys[fmt.Sprintf("post-%d.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"---\ntitle: %q\ndate: 2026-10-%02d\ntags: [Number %d, Go]\n---\n\n%s\n", title, 20-i, i, strings.Repeat("Words and words. ", 30))}
	}
	fsys["parts.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Parts\ndate: 2025-03-02\naliases: [pieces]\n---\n\n" +
		"See [one](post-1.md#end), [here](#second-part), [there](https://example.org/a?b=c) and [there](https://example.org/a?b=c), [page](page/).\n\n" +
		"## First part\n\nIt stands here.\n\n```sh\n\techo 'a  b' | wc\n\n```\n\n### Below it\n\nMore.\n\n## Second part\n\nThe last.\n\n```\nplain\n```\n")}
	fsys["undated.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Undated\n---\n\nIt has no date.\n")}
	return fsys
}

// desk is what a verb works with, for a blog in memory, and what it writes.
func desk(t *testing.T, width int) (*Env, *bytes.Buffer, *bytes.Buffer) {
	t.Helper()
	library, err := blog.Load(posts(), time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), nil)
	if err != nil {
		t.Fatal(err)
	}
	find := search.NewLive(func() (*blog.Library, <-chan struct{}) { return library, nil })
	t.Cleanup(find.Close)
	var out, errs bytes.Buffer
	return &Env{
		Library: library, Docs: render.NewCache(1<<20, 1), Feeds: feed.New(), Room: NewRoom(16<<20, 16<<20), Out: &out, Err: &errs,
		Search: func(ctx context.Context, words string) ([]search.Hit, error) {
			return find.Search(ctx, words, search.MaxHits, 0, search.MaxHits)
		},
		Width: width, Profile: colorprofile.NoTTY, Version: "1.2.3",
		Visitor: Visitor{Address: netip.MustParseAddr("2001:db8::1"), User: "alice", Client: "SSH-2.0-Test", Variables: map[string]string{"LANG": "C"}},
	}, &out, &errs
}

func TestStatusAndStreams(t *testing.T) {
	tests := []struct {
		line   string // words, parted by blanks; "_" is a blank in a word
		status int
		out    string // holds
		err    string // holds; empty: nothing on Err
	}{
		{"", OK, "The Test", ""},
		{"help", OK, "usage: ssh blog.example.com", ""},
		{"--help", OK, "usage: ssh blog.example.com", ""},
		{"-h", OK, "usage: ssh blog.example.com", ""},
		{"ls -h", OK, "usage: ssh blog.example.com ls ", ""},
		{"ls --tag x --help", OK, "usage: ssh blog.example.com ls ", ""},
		{"nothing --help", OK, "usage: ssh blog.example.com [VERB]", ""},
		{"help code", OK, "usage: ssh blog.example.com code SLUG [N]", ""},
		{"help nothing", NotFound, "", `no verb "nothing"; help lists them`},
		{"help code --json", OK, `{"version":1,"verbs":[
{"name":"code","usage":"code SLUG [N]","summary":"list the code blocks of a post, or print one"}]}
`, ""},
		{"help nothing --json", NotFound, "", `no verb "nothing"; help lists them`},
		{"help help", OK, "\n\nExit status: 0; 1 when", ""},
		{"help --man", OK, ".TH LECTERN 1", ""},
		{"help help help", Usage, "", "unexpected argument help; usage: help [VERB] [--man]"},

		{"ls", OK, "post-0\t2026-10-20\tFirst steps\npost-1\t2026-10-19\tSecond thoughts\n", ""},
		{"ls --tag go --limit 1", OK, "post-0\t2026-10-20\tFirst steps\n", ""},
		{"ls --limit 0", OK, "", ""},
		{"ls --tag nothing", NotFound, "", `no tag "nothing"; tags lists them`},
		{"ls --year 2025", OK, "parts\t2025-03-02\tParts\n", ""},
		{"ls --year 1999", OK, "", ""},
		{"ls --year last", Usage, "", `--year: "last" is no number; usage: ls `},
		{"ls --since 2026-10-20", OK, "post-0\t2026-10-20\tFirst steps\n", ""},
		{"ls --since 2026", OK, "post-2\t2026-10-18\t", ""},
		{"ls --since soon", Usage, "", `--since: "soon" is no date; write it as 2026-11-20, 2026-11 or 2026; usage: ls `},
		{"ls --limit -1", Usage, "", `--limit needs a value; if "-1" is it, write --limit=-1; usage: ls `},
		{"ls --limit=-1", Usage, "", `--limit: "-1" is no number; usage: ls `},
		{"ls --tag=", Usage, "", "no tag is named; tags lists them"},
		{"ls --limit 99999999999999999999", Usage, "", `is no number`},
		{"ls --tag", Usage, "", "--tag needs a value; usage: ls "},
		{"ls x", Usage, "", "unexpected argument x; usage: ls [--tag TAG]"},
		{"ls --nothing", Usage, "", "unknown flag --nothing; usage: ls "},
		{"ls --jsn", Usage, "", `unknown flag --jsn, did you mean "--json"?; usage: ls `},

		{"cat post-1", OK, "Second thoughts", ""},
		{"cat -- post-1", OK, "Second thoughts", ""},
		{"cat pieces", OK, "It stands here.", ""},
		{"cat parts#first-part", OK, "## First part\n\nIt stands here.\n", ""},
		{"cat parts#nothing", NotFound, "", `no section "nothing" in parts; toc parts lists them`},
		{"cat post-9", NotFound, "", `no post "post-9"; did you mean "post-`},
		{"cat zzzzzzzz", NotFound, "", `no post "zzzzzzzz"; ls lists them`},
		{"cat \x1b[31m\u202eevil", NotFound, "", "no post"},
		{"cat", Usage, "", `SLUG[#HEADING] is missing; usage: cat SLUG[#HEADING]`},
		{"cat a b", Usage, "", `unexpected argument b; usage: cat SLUG[#HEADING]`},
		{"cat post-1 --width 10", Usage, "", "--width 10: at least 20"},
		{"cat post-1 --width many", Usage, "", `--width: "many" is no number; usage: cat `},
		{"cat post-1 --color often", Usage, "", `--color: "often" is none of auto, always, never; usage: cat `},
		{"cat post-1 --theme pink", Usage, "", `--theme: "pink" is none of auto, dark, night, light, paper, plain; usage: cat `},

		{"raw parts", OK, "---\ntitle: Parts\ndate: 2025-03-02\naliases: [pieces]\n---\n\nSee [one](post-1.md#end)", ""},
		{"raw nothing-like-it", NotFound, "", "no post"},
		{"search stands here", OK, "parts\t2025-03-02\tParts\tIt stands here.\n", ""},
		{"search stands_here", OK, "parts\t", ""},
		{"search here_stands", NotFound, "", `nothing found for`},
		{"search zzzzzz", NotFound, "", `nothing found for "zzzzzz"`},
		{"search words --limit 1", OK, "post-", ""},
		{"search -- --width", NotFound, "", `nothing found for "--width"`},
		{"search", Usage, "", "WORDS is missing; usage: search WORDS [--limit N]"},
		{"tags", OK, "Go\t3\nNumber 0\t1\n", ""},
		{"toc parts", OK, "parts#first-part\t2\tFirst part\nparts#below-it\t3\tBelow it\nparts#second-part\t2\tSecond part\n", ""},
		{"toc post-1", OK, "", ""},
		{"links parts", OK, "post-1#end\nparts#second-part\nhttps://example.org/a?b=c\nhttps://example.com/page/\n", ""},
		{"code parts", OK, "1\tsh\t2\techo 'a b' | wc\n2\t-\t1\tplain\n", ""},
		{"code parts 1", OK, "\techo 'a  b' | wc\n\n", ""},
		{"code parts 3", NotFound, "", "no code block 3 in parts; it has 2"},
		{"code parts 0", NotFound, "", "no code block 0 in parts"},
		{"code parts x", Usage, "", `N: "x" is no number; usage: code SLUG [N]`},
		{"latest", OK, "First steps", ""},
		{"random", OK, "\n", ""},
		{"feed", OK, "<feed xmlns=\"http://www.w3.org/2005/Atom\">", ""},
		{"feed rss", OK, "<rss version=\"2.0\"", ""},
		{"feed json", OK, "\"version\": \"https://jsonfeed.org/version/1.1\"", ""},
		{"feed atom --json", OK, "\"version\": \"https://jsonfeed.org/version/1.1\"", ""},
		{"feed xml", Usage, "", `lectern: "xml" is none of atom, rss, json; usage: feed [atom|rss|json]`},
		{"completion bash", OK, "behind `ssh blog.example.com`", ""},
		{"completion zsh myblog", OK, "behind `ssh myblog`", ""},
		{"completion fish localhost:2222", OK, "behind `ssh -p 2222 localhost`", ""},
		{"completion", Usage, "", "SHELL is missing; usage: completion SHELL [HOST]"},
		{"completion csh", Usage, "", `lectern: "csh" is none of bash, zsh, fish; usage: completion SHELL [HOST]`},
		{"completion bash $(id)", Usage, "", `the host "$(id)" is no name or address`},
		{"completion bash --json", Usage, "", "has no JSON"},
		{"about", OK, "The Test\na tagline\nby An Author\nhttps://example.com/\nCode: https://example.com/code\n", ""},
		{"whoami", OK, "address     2001:db8::1\nuser        alice\nclient      SSH-2.0-Test\nterminal    none\nLANG        C\n", ""},
		{"version", OK, "lectern 1.2.3\n", ""},
		{"linear", OK, "The posts, newest first:\n1. First steps, 20 October 2026, 1 minute\n", ""},
		{"linear post-1", OK, "Second thoughts\n19 October 2026", ""},
		{"linear search:stands here", OK, "1 post for “stands here”:\n1. Parts", ""},
		{"linear --json", Usage, "", "linear is a dialogue"},

		{"post-1", OK, "Second thoughts", ""},
		{"post-1 --width 40", OK, "Second thoughts", ""},
		{"--width 40 post-1", OK, "Second thoughts", ""},
		{"parts#second-part", OK, "## Second part\n\nThe last.\n", ""},
		{"tag:GO", OK, "post-0\t2026-10-20\tFirst steps\n", ""},
		{"tag:number_1", OK, "post-1\t2026-10-19\tSecond thoughts\n", ""},
		{"tag:nothing", NotFound, "", "no tag"},
		{"tag:", Usage, "", "no tag is named; tags lists them"},
		{"search:", Usage, "", "no words to search for; write search:WORDS"},
		{"search:stands here", OK, "parts\t2025-03-02\tParts\tIt stands here.\n", ""},
		{"post-9", NotFound, "", `no post "post-9"; did you mean "post-`},
		{"zzzzzz#part", NotFound, "", `no post "zzzzzz"`},
		{"frobnicate", Usage, "", `no verb and no post "frobnicate"; try help`},
		{"rm -rf /", Usage, "", `no verb and no post "rm"; try help`},
		{"post-1 --nothing", Usage, "", "unknown flag --nothing"},
		{"rsync --server --sender . /posts", Usage, "", "rsync is not served here; fetch with scp -r"},
		{"/usr/lib/openssh/sftp-server", Usage, "", "subsystem"},
		{"git-upload-pack x", Usage, "", "git is not served here"},
		{strings.Repeat("x", 5000), Usage, "", "no verb"},
		{"cat " + strings.Repeat("\U0001f600", 250), NotFound, "", "no post"},
		{strings.Repeat("-", 1024), Usage, "", ""},
		{strings.Repeat("--json ", 140) + "x", Usage, "", "no verb"},
		{"ls --tag=" + strings.Repeat("é", 500), NotFound, "", "no tag"},
		{"--", OK, "The Test", ""},
		{"=", Usage, "", "no verb"},
		{"--=", Usage, "", "unknown flag"},
		{"-", Usage, "", ""},
	}
	for _, tt := range tests {
		env, out, errs := desk(t, 80)
		args := strings.Fields(tt.line)
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "_", " ")
		}
		if got := Run(t.Context(), env, args); got != tt.status {
			t.Errorf("%.60q: status %d, want %d; %s", tt.line, got, tt.status, errs)
		}
		if !strings.Contains(out.String(), tt.out) || tt.status != OK && out.Len() > 0 {
			t.Errorf("%.60q: out %q, want %q in it", tt.line, out, tt.out)
		}
		if !strings.Contains(errs.String(), tt.err) || tt.status == OK && errs.Len() > 0 {
			t.Errorf("%.60q: err %q, want %q in it", tt.line, errs, tt.err)
		}
		if n := strings.Count(errs.String(), "\n"); errs.Len() > 0 && n != 1 || errs.Len() > 300 || strings.ContainsAny(errs.String(), "\x1b\u202e") {
			t.Errorf("%.60q: the error is not one safe line: %q", tt.line, errs)
		}
	}
}

// shownWidth is how many cells a line takes in a terminal, whose tabs stop at every
// eighth.
func TestReadPostsAreTold(t *testing.T) {
	env, _, _ := desk(t, 80)
	var opened []string
	env.Opened = func(slug string) { opened = append(opened, slug) }
	for _, line := range []string{"cat post-1", "raw parts", "latest", "post-2", "cat nothing-like-it", "cat parts#nothing", "ls", "toc parts", "links parts"} {
		Run(t.Context(), env, strings.Fields(line))
	}
	if want := []string{"post-1", "parts", "post-0", "post-2"}; !slices.Equal(opened, want) {
		t.Errorf("told %v, want %v", opened, want)
	}
}

func TestWhatFailsIsLoggedAndNotTold(t *testing.T) {
	env, _, errs := desk(t, 80)
	var log bytes.Buffer
	env.Log = slog.New(slog.NewTextHandler(&log, nil))
	env.Search = func(context.Context, string) ([]search.Hit, error) { return nil, errors.New("the index burnt") }
	if got := Run(t.Context(), env, []string{"search", "words"}); got != Failed {
		t.Errorf("status %d, want %d", got, Failed)
	}
	if !strings.Contains(log.String(), "the index burnt") || strings.Contains(errs.String(), "burnt") {
		t.Errorf("logged %q, told %q", &log, errs)
	}
}

func TestAnEmptyBlogSaysSo(t *testing.T) {
	for line, want := range map[string]int{"": OK, "ls": OK, "tags": OK, "latest": NotFound, "random": NotFound, "ls --json": OK, "about": OK} {
		env, out, errs := desk(t, 80)
		library, err := blog.Load(fstest.MapFS{}, time.Now(), nil)
		if err != nil {
			t.Fatal(err)
		}
		env.Library = library
		if got := Run(t.Context(), env, strings.Fields(line)); got != want {
			t.Errorf("%q: status %d, want %d: %s%s", line, got, want, out, errs)
		}
	}
}

func TestTheDialogueIsWithTheReaderAndTheNewestLibrary(t *testing.T) {
	env, out, _ := desk(t, 80)
	env.PTY = true
	env.In = strings.NewReader("b\r1\x7fq\r")
	asked := 0
	env.Current = func() *blog.Library { asked++; return env.Library }
	if got := Run(t.Context(), env, []string{"linear", "post-1"}); got != OK {
		t.Errorf("status %d", got)
	}
	if s := out.String(); !strings.Contains(s, "q to leave: b\n") || !strings.HasSuffix(s, "q to leave: 1\b \bq\nGoodbye.\n") || asked == 0 {
		t.Errorf("asked %d times for a library, got %q", asked, s)
	}
}

func TestWhatIsAskedForIsNamedInTheGrammarsWords(t *testing.T) {
	tests := map[string][]string{
		"ls":    {"ls"},
		"cat":   {"--width", "40", "cat", "post-1"},
		"help":  {"cat", "--help"},
		"place": {"post-1"},
		Unknown: {"--no-such-flag", "x\x1b[2J"},
	}
	for want, args := range tests {
		env, _, _ := desk(t, 80)
		var got []string
		env.Asked = func(verb string) { got = append(got, verb) }
		Run(t.Context(), env, args)
		if len(got) != 1 || got[0] != want {
			t.Errorf("%q: asked for %q, want %q", args, got, want)
		}
		if want != Unknown && !slices.Contains(Verbs(), want) {
			t.Errorf("%s is not among the verbs %q", want, Verbs())
		}
	}
}
