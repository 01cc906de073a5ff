package blog

import (
	"regexp"
	"strings"
)

// What dates of the whole world have in common is written in many signs. Here
// they become the ones that parseDate reads.

// cjkWeekday is a day of the week in Chinese, Japanese or Korean. One letter
// alone counts only in brackets: 月 and 日 are months and days too.
var cjkWeekday = regexp.MustCompile(`,? ?(?:\((?:周|週)?[一二三四五六日天月火水木金土월화수목금토일]\)|\(?(?:(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일)\)?),?`)

// cjkHalf is the half of the day before a time, in groups for morning and afternoon.
var cjkHalf = regexp.MustCompile(` ?(?:(오전|上午|午前|凌晨|早上)|(오후|下午|午後|晚上)) ?(\d{1,2}:\d{1,2}(?::\d{1,2})?)`)

// zoneName is a zone as its data base names it, behind a date.
var zoneName = regexp.MustCompile(` ?\[?\b[A-Za-z]{2,}/[A-Za-z_]{2,}(?:/[A-Za-z_]+)?\]?$`)

// plainDate writes a date with the digits, brackets and words of English. A
// weekday goes, and so does the name of a zone: without an offset it is UTC.
func plainDate(s string) string {
	s = strings.Join(strings.Fields(strings.Map(plainSign, s)), " ")
	for range 2 { // [[2020-01-02]] is a link of Obsidian's
		s = unbracketed(s)
	}
	s = zoneName.ReplaceAllString(s, "")
	s = cjkHalf.ReplaceAllStringFunc(s, func(found string) string {
		m := cjkHalf.FindStringSubmatch(found)
		if m[1] != "" {
			return " " + m[3] + " am"
		}
		return " " + m[3] + " pm"
	})
	return strings.Join(strings.Fields(cjkWeekday.ReplaceAllString(s, " ")), " ")
}

// plainSign is a digit or a sign of dates in ASCII.
func plainSign(r rune) rune {
	for _, zero := range []rune{'٠', '۰', '０'} { // Arabic, Persian, full width
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	switch r {
	case '（':
		return '('
	case '）':
		return ')'
	case '：':
		return ':'
	case '／':
		return '/'
	case '，', '、', '،':
		return ','
	case '。', '．':
		return '.'
	case '－', '–', '‑':
		return '-'
	}
	return r
}

// unbracketed takes off the brackets in which Org writes a date.
func unbracketed(s string) string {
	if n := len(s); n > 2 && (s[0] == '<' && s[n-1] == '>' || s[0] == '[' && s[n-1] == ']') {
		return s[1 : n-1]
	}
	return s
}
