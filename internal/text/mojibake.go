package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// UTF-8 that was read as Windows-1252 and written again as UTF-8 shows each
// character beyond ASCII as two to four: a dash becomes "â€”". It maps back
// byte by byte. The rules for touching an author's text are:
//
//   - what was punctuation, an arrow or an emoji is now a row of signs that
//     nobody means: it is repaired, but not in a `code` span, where a text about
//     encodings shows it;
//   - what was a letter or a Latin sign ("Ã©") may be meant: a capital before a
//     sign. It is repaired only when every other character beyond ASCII in the
//     file is mangled as well, and there are at least three, or one of the first
//     sort.

// windows1252 gives the bytes of the characters that Windows-1252 has in place
// of C1 controls, from 0x80; the five bytes it leaves undefined stand for the
// control of their number.
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

// byte1252 is the Windows-1252 byte of r.
func byte1252(r rune) (byte, bool) {
	if r < 0x100 && (r < 0x80 || r >= 0xa0) {
		return byte(r), true
	}
	b := byte(0x80)
	for _, c := range windows1252 {
		if c == r {
			return b, true
		}
		b++
	}
	return 0, false
}

// mangled reads the mangled character at the start of s: what it was, and how
// many bytes it takes now; 0 when there is none. certain tells the two sorts
// apart.
func mangled(s string) (was rune, n int, certain bool) {
	var raw [utf8.UTFMax]byte
	want := 0
	for i := range raw {
		r, size := utf8.DecodeRuneInString(s[n:])
		b, ok := byte1252(r)
		if !ok || size == 0 || r == utf8.RuneError {
			return 0, 0, false
		}
		if i == 0 {
			switch {
			case b >= 0xc2 && b <= 0xdf:
				want = 2
			case b >= 0xe2 && b <= 0xef:
				want = 3
			case b == 0xf0:
				want = 4
			default:
				return 0, 0, false
			}
		} else if b < 0x80 || b > 0xbf {
			return 0, 0, false
		}
		raw[i] = b
		n += size
		if i+1 == want {
			break
		}
	}
	was, size := utf8.DecodeRune(raw[:want])
	if size != want || was == utf8.RuneError {
		return 0, 0, false
	}
	switch want {
	case 2:
		if was != 0xa0 && !unicode.IsLetter(was) && !unicode.IsPunct(was) && !unicode.IsSymbol(was) {
			return 0, 0, false
		}
		return was, n, false
	case 3:
		if was >= 0x2000 && was <= 0x2bff {
			sign := unicode.IsPunct(was) || unicode.IsSymbol(was) || unicode.Is(unicode.Zs, was)
			if !sign {
				return 0, 0, false
			}
			return was, n, true
		}
	case 4:
		if isEmoji(was) {
			return was, n, true
		}
	}
	if !unicode.IsLetter(was) {
		return 0, 0, false
	}
	return was, n, false
}

// unmangle repairs s by the rules above.
func unmangle(s string) (string, []Repair) {
	sure, unsure, foreign := survey(s)
	if sure+unsure == 0 {
		return s, nil
	}
	both := !foreign && (sure > 0 || unsure >= 3)
	var (
		b       strings.Builder
		repairs []Repair
		line    = 1
		code    = false // inside a code span of this line
	)
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\n', c == '\r' && (i+1 == len(s) || s[i+1] != '\n'):
			line++
			code = false
		case c == '`':
			code = !code
		}
		if c >= utf8.RuneSelf {
			if was, n, certain := mangled(s[i:]); n > 0 && !code && (certain || both) {
				if len(repairs) == 0 || repairs[len(repairs)-1].Line != line {
					what := fmt.Sprintf("the mangled %q is read as %q", Clean(s[i:i+n]), was)
					repairs = append(repairs, Repair{line, what})
				}
				b.WriteRune(was)
				i += n
				continue
			}
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		b.WriteString(s[i : i+n])
		i += n
	}
	return b.String(), repairs
}

// survey counts the mangled characters of both sorts, and tells whether the
// text holds a character beyond ASCII that is none.
func survey(s string) (sure, unsure int, foreign bool) {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, n, certain := mangled(s[i:])
		switch {
		case n == 0:
			foreign = true
			_, n = utf8.DecodeRuneInString(s[i:])
		case certain:
			sure++
		default:
			unsure++
		}
		i += n
	}
	return sure, unsure, foreign
}
