package blog

import (
	"strings"
	"time"
)

// dateLayouts and clockLayouts are the forms in which authors write a date and
// a time of day. Go reads a padded number by an unpadded layout, and a fraction
// behind the seconds by any.
func dateLayouts() []string {
	return []string{"2006-1-2", "2006/1/2", "2006.1.2", "Jan 2, 2006", "January 2, 2006", "2 Jan 2006", "2 January 2006", "20060102"}
}

func clockLayouts() []string {
	return []string{"", " 15:4:5", " 15:4", " 3:4 PM", " 3:4PM", " 3:4:5 PM"}
}

func zoneLayouts() []string {
	return []string{"", " -0700", " -07:00", " -07", " MST", " Z07:00", " -0700 MST"}
}

// parseDate reads a date in any form that real posts have, with or without a
// time of day and a zone; without a zone it is UTC. It reports false for
// anything else, a date that no calendar has among it.
func parseDate(s string) (time.Time, bool) {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) < 6 || len(s) > 64 {
		return time.Time{}, false
	}
	// A weekday in front says nothing new.
	if day, rest, ok := strings.Cut(s, ", "); ok && len(day) <= len("Wednesday") && !strings.ContainsAny(day, "0123456789") {
		s = rest
	}
	s = separate(s)
	for _, date := range dateLayouts() {
		for _, clock := range clockLayouts() {
			for _, zone := range zoneLayouts() {
				if clock == "" && zone != "" {
					continue
				}
				if t, err := time.Parse(date+clock+zone, s); err == nil && t.Year() > 0 {
					return t.UTC(), true
				}
			}
		}
	}
	return time.Time{}, false
}

// separate puts a space for the T between date and time, and one before the
// zone, so that every form has the same.
func separate(s string) string {
	b := []byte(s)
	for i := 1; i+1 < len(b); i++ {
		if (b[i] == 'T' || b[i] == 't') && isDigit(b[i-1]) && isDigit(b[i+1]) {
			b[i] = ' '
			break
		}
	}
	s = string(b)
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return s
	}
	for i := colon; i < len(s); i++ {
		if c := s[i]; (c == '+' || c == '-' || c == 'Z') && isDigit(s[i-1]) {
			return s[:i] + " " + s[i:]
		}
	}
	return s
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
