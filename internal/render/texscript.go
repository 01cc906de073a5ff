package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// An alphabet is a face that letters are set in.
type alphabet uint8

const (
	upright alphabet = iota // as they are
	grouped                 // as they are, in brackets unless there is one
	heavy
	doubled
	scripted
	gothic
)

// faces are the letters of the alphabets that Unicode had before it had the
// whole of them.
var faces = map[alphabet]map[rune]rune{
	doubled: {'C': 'ℂ', 'H': 'ℍ', 'N': 'ℕ', 'P': 'ℙ', 'Q': 'ℚ', 'R': 'ℝ', 'Z': 'ℤ'},
	scripted: {
		'B': 'ℬ', 'E': 'ℰ', 'F': 'ℱ', 'H': 'ℋ', 'I': 'ℐ', 'L': 'ℒ', 'M': 'ℳ', 'R': 'ℛ', 'e': 'ℯ', 'g': 'ℊ', 'o': 'ℴ',
	},
	gothic: {'C': 'ℭ', 'H': 'ℌ', 'I': 'ℑ', 'R': 'ℜ', 'Z': 'ℨ'},
}

// starts are where Unicode has the capitals, the small letters, the figures and
// the Greek letters of an alphabet; 0 where it has none.
var starts = map[alphabet]struct{ upper, lower, digit, greekUpper, greekLower rune }{
	heavy:    {0x1d400, 0x1d41a, 0x1d7ce, 0x1d6a8, 0x1d6c2},
	doubled:  {0x1d538, 0x1d552, 0x1d7d8, 0, 0},
	scripted: {0x1d49c, 0x1d4b6, 0, 0, 0},
	gothic:   {0x1d504, 0x1d51e, 0, 0, 0},
}

// set is text set in an alphabet, as far as that has its letters.
func (a alphabet) set(s string) string {
	if a == upright || a == grouped {
		return s
	}
	start := starts[a]
	return strings.Map(func(r rune) rune {
		face := faces[a][r]
		switch {
		case face != 0:
		case r >= 'A' && r <= 'Z':
			face = start.upper + r - 'A'
		case r >= 'a' && r <= 'z':
			face = start.lower + r - 'a'
		case r >= '0' && r <= '9' && start.digit != 0:
			face = start.digit + r - '0'
		case r >= 'Α' && r <= 'Ω' && start.greekUpper != 0:
			face = start.greekUpper + r - 'Α'
		case r >= 'α' && r <= 'ω' && start.greekLower != 0:
			face = start.greekLower + r - 'α'
		default:
			return r
		}
		return face
	}, s)
}

// A scripting is where small signs stand: above or below the line.
type scripting struct {
	mark string // before what has no small signs
	from string // signs that have small ones,
	to   []rune // and these
}

var (
	above = scripting{
		"^", "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW′*°⊤∘†‡βγδθφχ",
		[]rune("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ′*°ᵀ°†‡ᵝᵞᵟᶿᵠᵡ"),
	}
	below = scripting{
		"_", "0123456789+−-=()aehijklmnoprstuvxβγρφχ",
		[]rune("₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"),
	}
)

// isScript tells the signs that stand above or below the line.
var isScript = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range append(append([]rune{}, above.to...), below.to...) {
		m[r] = true
	}
	return m
}()

// put is text as a script. apart says that a letter behind it would be taken
// for a part of it.
func (sc scripting) put(s string) (script string, apart bool) {
	var b strings.Builder
	small := true
	for _, r := range s {
		if r == ' ' {
			continue
		}
		at := strings.IndexRune(sc.from, r)
		if small = at >= 0; !small {
			break
		}
		b.WriteRune(sc.to[utf8.RuneCountInString(sc.from[:at])])
	}
	switch {
	case s == "":
		return "", false
	case small:
		return b.String(), false
	case isSign(s) || sc.mark == "_" && isWordOf(s):
		return sc.mark + s, true
	}
	return sc.mark + bracketed(s), true
}

// isSign reports whether s is one sign, with what stands over it.
func isSign(s string) bool {
	size, _ := cluster(s)
	return size == len(s)
}

// isWordOf reports whether s is one word.
func isWordOf(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) {
			return false
		}
	}
	return true
}

// bracketed is s in brackets, unless it is already.
func bracketed(s string) string {
	if enclosed(s) {
		return s
	}
	return "(" + s + ")"
}

// enclosed reports whether one pair of brackets is around all of s.
func enclosed(s string) bool {
	if !strings.HasPrefix(s, "(") && !strings.HasPrefix(s, "[") {
		return false
	}
	depth := 0
	for i, r := range s {
		switch r {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i == len(s)-1
			}
		}
	}
	return false
}

// over is s with a mark over it, or with the name of the mark before it where
// it is more than one sign.
func over(s, mark, name string) string {
	if s == "" {
		return ""
	}
	r, size := utf8.DecodeRuneInString(s)
	if r > 0xffff {
		// Terminals take letters of these faces and the marks over them from
		// two fonts, and draw the mark beside the letter.
		s = norm.NFKC.String(s[:size]) + s[size:]
		r, size = utf8.DecodeRuneInString(s)
	}
	if rest := s[size:]; unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSymbol(r) {
		// What stands over or under it already stays; scripts come after the mark.
		at := 0
		for _, c := range rest {
			if !unicode.Is(unicode.Mn, c) {
				break
			}
			at += utf8.RuneLen(c)
		}
		if at < 8 && onlyScripts(rest[at:]) {
			return norm.NFC.String(s[:size+at]+mark) + rest[at:]
		}
	}
	return name + bracketed(s)
}

// onlyScripts reports whether all of s stands above or below the line.
func onlyScripts(s string) bool {
	for _, r := range s {
		if !isScript[r] {
			return false
		}
	}
	return true
}

// factor reports whether s may stand before a stroke without brackets: nothing
// in it is added, compared or divided.
func factor(s string) bool {
	depth := 0
	for _, r := range s {
		switch {
		case r == '(' || r == '[' || r == '{':
			depth++
		case r == ')' || r == ']' || r == '}':
			depth--
		case depth == 0 && !inFactor(r):
			return false
		}
	}
	return s != ""
}

func inFactor(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.In(r, unicode.Mn, unicode.No) || isScript[r] || strings.ContainsRune("∂∇∞.!′_^|*√", r)
}

// single reports whether s may stand behind a stroke or a root without brackets:
// it is a number, a word or a sign, with its scripts, or what is in brackets
// behind that.
func single(s string) bool {
	s = strings.TrimPrefix(s, "√")
	if !factor(s) || strings.Contains(s, "|") {
		return false
	}
	s = strings.TrimPrefix(s, "∂")
	s = strings.TrimPrefix(s, "d")
	signs, digits := 0, 0
	for _, r := range s {
		switch {
		case r == '(' || r == '[' || r == '^' || r == '_':
			return signs+min(digits, 1) <= 1
		case unicode.IsDigit(r) || r == '.':
			digits++
		case unicode.Is(unicode.Mn, r) || isScript[r]:
		default:
			signs++
		}
	}
	return signs+min(digits, 1) <= 1
}
