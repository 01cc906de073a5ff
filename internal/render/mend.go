package render

import (
	"path"
	"strings"
	"unicode/utf8"
)

// mended is a body with links that authors write and Markdown does not take put
// as it does: targets with blanks in them, and sizes of pictures. Source code is
// left as it is.
func mended(body string) string {
	if !strings.Contains(body, "](") {
		return body
	}
	var b strings.Builder
	b.Grow(len(body) + len(body)/16)
	var source verbatim
	for body != "" {
		line := firstLine(body)
		if source.keeps(line, body) {
			b.WriteString(line)
		} else {
			b.WriteString(targeted(line))
		}
		body = body[len(line):]
	}
	return b.String()
}

// targeted is a line with the targets of its links as Markdown takes them.
func targeted(line string) string {
	if !strings.Contains(line, "](") {
		return line
	}
	var b strings.Builder
	from := 0
	for at := 0; at < len(line); {
		switch {
		case line[at] == '\\':
			at += 2
			continue
		case line[at] == '`':
			at += spanOf(line[at:], '`')
			continue
		case !strings.HasPrefix(line[at:], "]("):
			at++
			continue
		}
		at += len("](")
		end := closer(line[at:])
		if end < 0 {
			continue
		}
		if target := targetIn(line[at : at+end]); target != "" {
			b.WriteString(line[from:at] + target)
			from = at + end
		}
		at += end
	}
	b.WriteString(line[min(from, len(line)):])
	return b.String()
}

// closer is where the bracket that is open before s is closed, less than 0
// where that is too far, or another link begins.
func closer(s string) int {
	depth := 0
	for i := range min(len(s), 1024) {
		switch s[i] {
		case '(':
			if depth++; i > 0 && s[i-1] == ']' {
				return -1
			}
		case ')':
			if depth--; depth < 0 {
				return i
			}
		}
	}
	return -1
}

// targetIn is what stands between the brackets of a link, with a path that has
// blanks in it in the marks that it needs, and without the size of a picture;
// empty where it can stay.
func targetIn(s string) string {
	bare := strings.TrimSpace(s)
	if !strings.Contains(bare, " ") || strings.ContainsAny(bare, "<>{}\\`\n") {
		return ""
	}
	file, title, sized := bare, "", false
	if i := strings.LastIndex(bare, " ="); i > 0 && isPictureSize(bare[i+2:]) {
		file, sized = strings.TrimSpace(bare[:i]), true
	}
	if i := strings.IndexAny(file, `"'`); i > 0 && file[i-1] == ' ' {
		file, title = strings.TrimSpace(file[:i]), " "+file[i:]
	}
	switch {
	case strings.Contains(file, " ") && isPath(file):
		return "<" + file + ">" + title
	case sized && !strings.Contains(file, " "):
		return file + title
	}
	return ""
}

// isPictureSize reports whether s is the size of a picture: "250x", "250x300", "50%".
func isPictureSize(s string) bool {
	return digits(strings.TrimLeft(s, "x*")) > 0 && strings.Trim(s, "0123456789x*%") == ""
}

// isPath reports whether s is an address or the path of a file, and no words.
func isPath(s string) bool {
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return true
	}
	name, _, _ := strings.Cut(s, "#")
	name, _, _ = strings.Cut(name, "?")
	ext := strings.TrimPrefix(path.Ext(name), ".")
	return ext != "" && len(ext) <= 5 && isLetter(ext[0]|0x20) && !strings.ContainsFunc(ext, func(r rune) bool { return r >= utf8.RuneSelf || !isWord(r) })
}
