package render

import (
	"strconv"
	"strings"
)

// unraw is a body with what its Go templates take as it is: the text in
// {{raw "…"}} and {{raw `…`}}, in source code too.
func unraw(body string) string {
	const open = "{{raw "
	if !strings.Contains(body, open) {
		return body
	}
	var b strings.Builder
	for {
		at := strings.Index(body, open)
		if at < 0 {
			break
		}
		b.WriteString(body[:at])
		body = body[at:]
		quoted := body[len(open):]
		end := -1
		if quoted != "" && (quoted[0] == '"' || quoted[0] == '`') {
			if end = strings.Index(quoted[1:], quoted[:1]+"}}"); end < 0 {
				break // none ends any more
			}
		}
		if end < 0 {
			b.WriteString(open)
			body = quoted
			continue
		}
		inner := quoted[1 : end+1]
		if s, err := strconv.Unquote(quoted[:end+2]); err == nil {
			inner = s
		}
		b.WriteString(inner)
		body = quoted[end+len("`}}")+1:]
	}
	b.WriteString(body)
	return b.String()
}

// unrawSpan is a code span without the tags of Liquid around what is taken as
// it is; empty where there are none.
func unrawSpan(s string) string {
	if !strings.Contains(s, "endraw") {
		return ""
	}
	inner := strings.Trim(s, "`")
	marks := s[:(len(s)-len(inner))/2]
	t, size := shortcodeAt(inner)
	if t.name != "raw" {
		return ""
	}
	inner = inner[size:]
	at, n := endIn(inner, "raw")
	if n == 0 || at+n != len(inner) {
		return ""
	}
	if inner = inner[:at]; strings.HasPrefix(inner, "`") || strings.HasSuffix(inner, "`") {
		inner = " " + inner + " "
	}
	return marks + inner + marks
}
