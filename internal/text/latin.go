package text

import (
	"strings"
	"unicode"
)

// Windows-1252, and Latin-1 within it, has a letter for nearly every byte: any
// file can be read in it. Encodings of the east of Europe, of old Macs and of
// DOS have other letters there. So a text is read as Windows-1252 only when:
//
//   - a good part of its words are common ones of a western language, and each
//     letter beyond ASCII is one of that language;
//   - such letters stand in words, small ones among small ones;
//   - quotes, dashes and signs stand where such signs stand.

// signs1252 are characters that are no letters and that Windows-1250 has in
// the same place.
const signs1252 = "€‚„…†‡‰‹‘’“”•–—™›\u00a0¦§¨©«¬\u00ad®°±´µ¶·¸»×÷"

// isLatin reports whether s, read as Windows-1252, is certainly meant so.
func isLatin(s string) bool {
	var (
		letters strings.Builder // beyond ASCII, in lower case
		alone   strings.Builder // those that are a word
		counts  = map[string]int{}
		words   = 0
		runes   = []rune(s)
	)
	for i := 0; i < len(runes); {
		if !unicode.IsLetter(runes[i]) {
			if runes[i] >= 0x80 && !signFits(runes, i) {
				return false
			}
			i++
			continue
		}
		end := i
		for end < len(runes) && unicode.IsLetter(runes[end]) {
			end++
		}
		word := runes[i:end]
		i = end
		words++
		counts[strings.ToLower(string(word))]++
		for j, r := range word {
			if r < 0x80 {
				continue
			}
			if unicode.IsUpper(r) && j > 0 && unicode.IsLower(word[j-1]) {
				return false
			}
			letters.WriteRune(unicode.ToLower(r))
		}
		if len(word) == 1 && word[0] >= 0x80 {
			alone.WriteRune(word[0])
		}
	}
	// A dash or dots alone are a letter in DOS.
	certain := letters.Len() > 0 || strings.Contains(s, "’") || strings.Contains(s, "“") && strings.ContainsAny(s, "”„")
	return certain && spoken(counts, words, letters.String(), alone.String())
}

// spoken reports whether one of the languages has all the letters, and its
// common words are at least two different ones and a tenth of all.
func spoken(counts map[string]int, words int, letters, alone string) bool {
	for _, l := range languages() {
		hits, kinds := 0, 0
		for word := range strings.FieldsSeq(l.words) {
			if n := counts[word]; n > 0 {
				hits += n
				kinds++
			}
		}
		if kinds >= 2 && hits*10 >= words && within(letters, l.letters) && within(alone, l.alone) {
			return true
		}
	}
	return false
}

// within reports whether all characters of s are among those of set.
func within(s, set string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune(set, r) })
}

// signFits reports whether a sign beyond ASCII stands where such a one can: not
// in a word, where old Macs and DOS have letters, but for an apostrophe before
// a known ending or behind a known beginning, and a dash between longer words.
func signFits(s []rune, i int) bool {
	r := s[i]
	before, after := lettersBefore(s, i), lettersAfter(s, i)
	switch {
	case r == '¿' || r == '¡':
		return before == "" && after != ""
	case !strings.ContainsRune(signs1252, r):
		return false
	case before == "" && after == "":
		return true
	case before == "" || after == "":
		return r != '–' && r != '—' && (r != '’' || before != "")
	case r == '’':
		return strings.Contains(" s t d m ll re ve ", " "+after+" ") || strings.Contains(" l d j n c s m t qu dell all un nell ", " "+before+" ")
	case r == '—':
		return len(before) >= 3 && len(after) >= 3
	}
	return false
}

// lettersBefore and lettersAfter are the letters next to s[i], in lower case,
// at most eight.
func lettersBefore(s []rune, i int) string {
	start := i
	for start > 0 && i-start < 8 && unicode.IsLetter(s[start-1]) {
		start--
	}
	return strings.ToLower(string(s[start:i]))
}

func lettersAfter(s []rune, i int) string {
	end := i + 1
	for end < len(s) && end-i <= 8 && unicode.IsLetter(s[end]) {
		end++
	}
	return strings.ToLower(string(s[i+1 : end]))
}
