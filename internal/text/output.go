package text

import "strings"

const (
	// maxSGR bounds the parameters of one colour sequence; a foreground, a
	// background and every attribute fit in half of it.
	maxSGR = 96

	// maxURL and maxLinkID are the longest that the terminals with links
	// (VTE and those that follow it) accept.
	maxURL    = 2083
	maxLinkID = 250
)

const linkEnd = "\x1b]8;;\x1b\\"

// Output is the last gate before a terminal, for text that was rendered from a
// foreign source. It lets through printable text, newlines, SGR (ESC [ digits,
// semicolons and colons, m) and OSC 8 links to http, https and mailto
// addresses; an address is percent-encoded and the sequence ended by ESC \,
// which holds on every terminal. All else that is a control, an escape
// sequence or invisible is dropped, tabs too: nothing that has a width goes,
// so a line laid out before stays as wide as it was. A link that is not let
// through ends the link it stands in. Output(Output(s)) == Output(s).
func Output(s string) string {
	if plain(s) && strings.IndexByte(s, '\t') < 0 {
		return s
	}
	var (
		out, run strings.Builder
		j        joiner
	)
	out.Grow(len(s))
	emit := func(seq ...string) {
		j.write(&out, run.String())
		run.Reset()
		for _, part := range seq {
			out.WriteString(part)
		}
	}
	for i := 0; i < len(s); {
		if c := s[i]; c >= 0x20 && c < 0x7f || c == '\n' {
			run.WriteByte(c)
			i++
			continue
		}
		if introduces(s, i) {
			n, k, body, final := sequence(s[i:])
			switch {
			case s[i] != esc: // eight-bit forms are never ours
			case k == csi && final == 'm' && isSGR(body):
				emit("\x1b[", body, "m")
			case k == osc && strings.HasPrefix(body, "8;"):
				emit(link(body))
			}
			i += n
			continue
		}
		r, n := first(s[i:])
		i += n
		if fate(r) == kept {
			run.WriteRune(r)
		}
	}
	emit()
	return out.String()
}

// isSGR reports whether the body of an ESC [ … m sets colours and attributes.
// A private form (ESC [ > 4 m) sets keyboard modes instead.
func isSGR(body string) bool {
	if len(body) > maxSGR {
		return false
	}
	for i := range len(body) {
		if c := body[i]; (c < '0' || c > '9') && c != ';' && c != ':' {
			return false
		}
	}
	return true
}

// link is the sequence to write for the body of an OSC 8, "8;params;address".
// One that is not let through becomes the end of a link.
func link(body string) string {
	params, address, ok := strings.Cut(strings.TrimPrefix(body, "8;"), ";")
	if !ok || !linkable(address) {
		return linkEnd
	}
	address = PercentEncode(address)
	if len(address) > maxURL {
		return linkEnd
	}
	return "\x1b]8;" + linkID(params) + ";" + address + "\x1b\\"
}

// linkable reports whether address has a scheme that a terminal may open.
func linkable(address string) bool {
	for _, scheme := range []string{"http://", "https://", "mailto:"} {
		if len(address) > len(scheme) && strings.EqualFold(address[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

// linkID is the id of a link, which ties its parts on several lines together,
// or nothing when params hold anything else.
func linkID(params string) string {
	id, ok := strings.CutPrefix(params, "id=")
	if !ok || id == "" || len(id) > maxLinkID {
		return ""
	}
	for i := range len(id) {
		c := id[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' && c != '.' {
			return ""
		}
	}
	return params
}

// PercentEncode writes every byte of an address that is not printable ASCII
// as %XX: a byte 0x9C inside a UTF-8 character ends the sequence early on
// terminals that know eight-bit controls.
func PercentEncode(address string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c > 0x20 && c < 0x7f {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}
