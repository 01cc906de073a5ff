package blog

import (
	"bytes"
	"fmt"
	"math"
	"runtime/debug"
	"slices"
	"strings"
	"unicode/utf8"

	"lectern/internal/text"
)

// A draft is what one file gives: a post, or the reason why there is none.
type draft struct {
	post     *Post  // with the slug it asks for; nil when broken or hidden
	named    bool   // the slug was written by the author
	spare    string // the file's slug, for a post whose address gives one that is taken
	hidden   bool   // the author does not want it shown
	broken   bool   // an older version is to be preferred
	problems []Problem
}

// A parser reads one file.
type parser struct {
	file string
	draft
}

func (p *parser) problem(level Level, line int, message, mend string) {
	p.problems = append(p.problems, Problem{
		File: text.Line(p.file), Line: line, Level: level, Message: message, Mend: mend,
	})
}

func (p *parser) fail(line int, message, mend string) draft {
	p.problem(Error, line, message, mend)
	p.broken = true
	p.problems = perFile(p.problems)
	return p.draft
}

// failed is the draft of a file that cannot be read.
func failed(file, message, mend string) draft {
	p := parser{file: file}
	return p.fail(0, message, mend)
}

// parse makes a post of a file's bytes. It never panics: should a parser
// below do so, the file is broken and the rest of the blog is not.
func parse(file string, data []byte) (d draft) {
	defer func() {
		if r := recover(); r != nil {
			line, _, _ := strings.Cut(string(debug.Stack()), "\n")
			d = failed(file, fmt.Sprintf("cannot be read: %s", text.Field(fmt.Sprint(r, " ", line), 200)), "please report it with the file")
		}
	}()
	p := &parser{file: file}
	return p.parse(data)
}

func (p *parser) parse(data []byte) draft {
	if what := binaryData(data); what != "" {
		return p.fail(0, what, "save it as UTF-8 text, or give it another extension")
	}
	decoded, repairs := text.Decode(data)
	for _, r := range repairs {
		p.problem(Warning, r.Line, r.What, "save the file as UTF-8 with the right character")
	}
	if i := strings.IndexByte(decoded, 0); i >= 0 {
		p.problem(Warning, 1+strings.Count(decoded[:i], "\n"), "a NUL byte is left out", "remove it")
	}
	src := split(text.Clean(decoded))
	for _, w := range src.warnings {
		p.problem(Warning, w.line, w.message, w.mend)
	}
	if src.broken != nil {
		return p.fail(src.broken.line, src.broken.message, src.broken.mend)
	}
	p.checkFields(src.fields)
	if p.hidden = isHiddenPost(src.fields) || isDraftFile(p.file); p.hidden {
		p.build(src) // for its problems: the day it is shown must hold no surprise
		p.problems = perFile(p.problems)
		return p.draft
	}
	if src.fields == nil && strings.TrimSpace(src.body) == "" {
		return p.fail(0, "the file is empty", "write a post into it or delete it")
	}
	p.post = p.build(src)
	p.problems = perFile(p.problems)
	return p.draft
}

// build makes the post; nothing of it fails.
func (p *parser) build(src source) *Post {
	name := readName(p.file)
	post := &Post{File: text.Line(p.file), Date: name.date}
	post.Title = text.Field(src.fields["title"].text(), MaxTitle)
	body := p.setBody(post, src)
	if post.Title == "" {
		post.Title = text.Field(name.title(), MaxTitle)
	}
	if f := firstOf(src.fields, "date", "pubdate", "published_at", "created"); f.text() != "" {
		if date, ok := parseDate(f.text()); ok {
			post.Date = date
		} else {
			p.problem(Error, f.line, fmt.Sprintf("the date %q cannot be read", text.Field(f.text(), 40)), `write it as "2025-11-20" or "2025-11-20 15:04 +0100"`)
		}
	}
	for _, key := range addressKeys() {
		if post.Date.IsZero() {
			post.Date = pathDate(src.fields[key].text())
		}
	}
	p.setSlug(post, name, src.fields)
	post.Tags = p.tags(firstOf(src.fields, "tags", "categories", "category", "keywords"))
	post.Summary = text.Field(firstOf(src.fields, "description", "summary", "excerpt").text(), MaxSummary)
	if post.Excerpt = post.Summary == ""; post.Excerpt {
		post.Summary = excerpt(body)
	}
	if body == "" && !p.hidden {
		p.problem(Warning, 0, "the post has no text", "write below the front matter")
	}
	post.folded = fold(post.Title + "\n" + strings.Join(post.Tags, "\n") + "\n" + post.Summary)
	post.Words = countWords(body)
	post.Hash = hashPost(post, body)
	post.Body = NewBody(body)
	return post
}

// setSlug gives the post the slug that the author wrote, else that of its
// address, else that of its file. The variants of a post in several languages
// may all name one slug: the language tells them apart.
func (p *parser) setSlug(post *Post, name fileName, all fields) {
	stem := slugify(name.stem)
	post.Slug = stem
	former := firstOf(all, "aliases", "alias", "redirect_from")
	f := all["slug"]
	if p.named = f.text() != ""; p.named {
		post.Slug = slugify(f.text())
		if asked := text.Field(f.text(), MaxSlug); post.Slug != strings.ToLower(asked) {
			p.problem(Warning, f.line, fmt.Sprintf("the slug %q is served as %q", asked, post.Slug), "use letters a-z, digits and -")
		}
	} else {
		for _, key := range addressKeys() {
			if slug := pathSlug(all[key].text()); slug != "" {
				post.Slug, p.spare = slug, stem
				break
			}
		}
		former.value = append(slices.Clone(former.value), stem)
	}
	if ending := "-" + name.lang; name.lang != "" && !strings.HasSuffix(post.Slug, ending) {
		post.Slug = strings.TrimRight(post.Slug[:min(len(post.Slug), MaxSlug-len(ending))], "-") + ending
	}
	post.Aliases = aliases(former, post.Slug)
}

// firstOf is the first value there is of several keys for one thing.
func firstOf(all fields, keys ...string) field {
	for _, key := range keys {
		if f := all[key]; f.text() != "" {
			return f
		}
	}
	return field{}
}

// setBody finds the body, without blank lines around it and without a heading
// that says what the title says, and the line it begins on. A post without a
// title takes the heading's.
func (p *parser) setBody(post *Post, src source) string {
	body, line := src.body, src.bodyLine
	if h, ok := firstHeading(body); ok {
		untitled := post.Title == ""
		if untitled {
			post.Title = text.Field(h.text, MaxTitle)
		}
		switch repeats := sameTitle(post.Title, h.text); {
		case h.first && (repeats || untitled):
			line += strings.Count(body[:h.end], "\n")
			body = body[h.end:]
		case untitled: // further down: its lines stay, blank, so that the others keep their numbers
			body = body[:h.start] + strings.Repeat("\n", strings.Count(body[h.start:h.end], "\n")) + body[h.end:]
		}
	}
	for {
		first, end := lineAt(body, 0)
		if strings.TrimSpace(first) != "" || body == "" {
			break
		}
		body = body[end:]
		line++
	}
	post.BodyLine = line
	return strings.TrimRight(body, " \t\n")
}

// sameTitle compares two titles as a reader does.
func sameTitle(a, b string) bool {
	return fold(unmarked(a)) == fold(unmarked(b))
}

// tags reads a list, or a string with commas, without doubles.
func (p *parser) tags(f field) []string {
	var tags []string
	seen := map[string]bool{}
	values := f.value
	if !f.list {
		comma := ","
		if !strings.Contains(f.text(), comma) {
			comma = ";"
		}
		values = strings.Split(f.text(), comma)
	}
	for _, value := range values {
		tag := text.Field(value, MaxTag)
		if tag == "" || seen[strings.ToLower(tag)] {
			continue
		}
		if len(tags) == MaxTags {
			p.problem(Warning, f.line, fmt.Sprintf("there are more than %d tags", MaxTags), "the rest is left out")
			break
		}
		seen[strings.ToLower(tag)] = true
		tags = append(tags, tag)
	}
	return tags
}

// binaryData says why the bytes are no text, or nothing. A stray NUL or a few
// bytes of another encoding are not enough to refuse a post.
func binaryData(data []byte) string {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return "" // UTF-16
	}
	if nul := bytes.Count(data, []byte{0}); nul > len(data)/1000 {
		return fmt.Sprintf("a binary file: %d of its %d bytes are NUL", nul, len(data))
	}
	bad := 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 || r < 0x20 && r != '\n' && r != '\r' && r != '\t' {
			bad++
		}
		i += n
	}
	if bad > 0 && bad > len(data)*3/10 {
		return fmt.Sprintf("a binary file or not UTF-8: %d %% of its bytes are no text", int(math.Round(float64(bad)*100/float64(len(data)))))
	}
	return ""
}
