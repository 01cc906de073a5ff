package blog

import (
	"strings"

	"lectern/internal/text"
)

// build makes the post of the file data; nothing of it fails.
func (p *parser) build(src source, data []byte) *Post {
	name := readName(p.file)
	post := &Post{File: text.Line(p.file), Date: name.date}
	post.Title, post.Marks = readTitle(src.fields["title"].text())
	body := p.setBody(post, src)
	if post.Title == "" {
		post.Title = text.Field(name.title(), MaxTitle)
	}
	p.setDates(post, src.fields)
	p.setSlug(post, name, src.fields)
	for _, key := range addressKeys() {
		if post.page == "" {
			post.page = pagePath(src.fields[key].text())
		}
	}
	post.Tags = p.tags(src.fields, src.format == formatYAML && name.isJekyll)
	if f := src.fields["series"]; !f.table {
		post.Series = text.Field(strings.Join(f.value[:min(len(f.value), 1)], ""), MaxTag)
	}
	post.Summary = description(src.fields)
	if post.Excerpt = post.Summary == ""; post.Excerpt {
		post.Summary = excerpt(body)
	}
	if body == "" && !p.hidden {
		p.problem(Warning, 0, "the post has no text", "write below the front matter")
	}
	post.Words = countWords(body)
	post.Hash = hashPost(post, body)
	post.keep(data, body, p.pack)
	return post
}

// setBody finds the body, without blank lines around it and without a heading
// that says what the title says, and the line it begins on. A post without a
// title takes the heading's.
func (p *parser) setBody(post *Post, src source) string {
	body, line := src.body, src.bodyLine
	if h, ok := firstHeading(body); ok {
		untitled := post.Title == ""
		if untitled {
			post.Title, post.Marks = h.title()
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

// description is what the author wrote for a list of posts, without Markdown
// marks. A key that only says whether there is an excerpt gives none.
func description(all fields) string {
	for _, key := range []string{"description", "summary", "excerpt"} {
		switch s := all[key].text(); strings.ToLower(s) {
		case "", "true", "false":
		default:
			words, _ := readWords(s, MaxSummary)
			return words
		}
	}
	return ""
}

// sameTitle compares two titles as a reader does.
func sameTitle(a, b string) bool {
	return fold(unmarked(a)) == fold(unmarked(b))
}
