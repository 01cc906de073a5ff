package blog

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// errNoDate and errAmbiguousDate say why a date cannot be read.
var (
	errNoDate        = errors.New("no date")
	errAmbiguousDate = errors.New("an ambiguous date: day or month may come first")
)

// maxDate is the length of the longest date that is looked at.
const maxDate = 64

// parseDate reads a date in any form that real posts have: year, month and day
// in numbers or with the English name of the month, a month or a year alone, or
// seconds or milliseconds since 1970; with or without a weekday, a time of day
// and a zone, which it keeps: the day that its author wrote is the day it is
// shown with. Without a zone it is UTC. The error is errAmbiguousDate for two
// numbers of which both may be the month, else errNoDate.
func parseDate(s string) (time.Time, error) {
	if len(s) > 4*maxDate {
		return time.Time{}, errNoDate
	}
	if s = plainDate(s); len(s) > maxDate {
		return time.Time{}, errNoDate
	}
	s = compact.ReplaceAllString(s, "$1 $2:$3:$4")
	if t, ok := unixDate(s); ok {
		return t, nil
	}
	s = weekday.ReplaceAllString(s, "$1")
	day, clock := strings.TrimSpace(s), ""
	if at := clockStart.FindStringIndex(s); at != nil {
		day, clock = s[:at[0]], strings.TrimLeft(s[at[0]:], "AaTt ,")
		if year := yearBehind.FindString(clock); year != "" {
			day, clock = day+year, strings.Replace(clock, year, "", 1)
		}
	}
	t, err := parseDay(day)
	if err != nil || clock == "" {
		return t, err
	}
	since, ahead, ok := parseClock(clock)
	switch {
	case !ok:
		return time.Time{}, errNoDate
	case ahead == 0:
		return t.Add(since), nil
	}
	return t.Add(since - ahead).In(time.FixedZone("", int(ahead/time.Second))), nil
}

// unixDate reads seconds or milliseconds since 1970.
func unixDate(s string) (time.Time, bool) {
	if len(s) != 10 && len(s) != 13 || strings.Trim(s, "0123456789") != "" {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	if len(s) == 13 {
		return time.UnixMilli(n).UTC(), true
	}
	return time.Unix(n, 0).UTC(), true
}

// weekday is a day of the week in a date, of which it says nothing new: in
// front, or behind the numbers as Org has it.
var weekday = regexp.MustCompile(`(?i)(^|\d )\(?(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|rsday|sday|urday)?\)?[.,]*( |$)`)

// compact is a date with its time in digits alone.
var compact = regexp.MustCompile(`^(\d{8})(\d\d)(\d\d)(\d\d)$`)

// clockStart is where a time of day begins behind a date.
var clockStart = regexp.MustCompile(`(?i)(?:,? (?:at )?|T)[0-9]{1,2}(?::[0-9]| ?[ap]\.?m\b)`)

// yearBehind is a year that comes after the time of day.
var yearBehind = regexp.MustCompile(` [0-9]{4}\b`)

// datePart is a number, a word, or what stands between them.
var datePart = regexp.MustCompile(`[0-9]+|\pL+|[^0-9\pL]+`)

// parseDay reads a date without a time of day.
func parseDay(s string) (time.Time, error) {
	var (
		numbers []string
		month   int // by its name
		named   = -1
		dots    = true
	)
	// Korean writes a point behind each number.
	parts := datePart.FindAllString(strings.TrimRight(s, ". "), -1)
	for i, part := range parts {
		word := strings.ToLower(part)
		switch {
		case isDigit(part[0]):
			numbers = append(numbers, part)
		case i > 0 && isDigit(parts[i-1][0]) && (word == "st" || word == "nd" || word == "rd" || word == "th"),
			word == "of", word == "the", strings.Contains("年月日년월일", word):
		case monthNumber(word) > 0 && month == 0:
			month, named = monthNumber(word), len(numbers)
		case i == 0 || i == len(parts)-1 || strings.Trim(part, " -/.,") != "":
			return time.Time{}, errNoDate
		default:
			dots = dots && strings.HasPrefix(part, ".")
		}
	}
	switch {
	case month > 0:
		return namedMonth(numbers, month, named)
	case len(numbers) == 1 && len(numbers[0]) == 8:
		n := numbers[0]
		return calendar(n[:4], n[4:6], n[6:])
	case len(numbers) == 1:
		return calendar(numbers[0], "1", "1")
	case len(numbers) == 2 && len(numbers[1]) == 4:
		return calendar(numbers[1], numbers[0], "1")
	case len(numbers) == 2:
		return calendar(numbers[0], numbers[1], "1")
	case len(numbers) == 3 && len(numbers[2]) == 4:
		return yearLast(numbers, dots)
	case len(numbers) == 3:
		return calendar(numbers[0], numbers[1], numbers[2])
	}
	return time.Time{}, errNoDate
}

// namedMonth is a date whose month is named: it stands behind named of the numbers.
func namedMonth(numbers []string, month, named int) (time.Time, error) {
	m := strconv.Itoa(month)
	switch {
	case len(numbers) == 1:
		return calendar(numbers[0], m, "1")
	case len(numbers) == 2 && len(numbers[0]) == 4 && named < 2:
		return calendar(numbers[0], m, numbers[1])
	case len(numbers) == 2 && named < 2:
		return calendar(numbers[1], m, numbers[0])
	}
	return time.Time{}, errNoDate
}

// yearLast is a date of which the year comes last. With dots the day comes
// first, as where they are written; with other signs, the number that can be no
// month tells.
func yearLast(numbers []string, dots bool) (time.Time, error) {
	day, month := numbers[0], numbers[1]
	first, err := calendar(numbers[2], month, day)
	second, err2 := calendar(numbers[2], day, month)
	switch {
	case dots || err2 != nil:
		return first, err
	case err != nil:
		return second, nil
	case first.Equal(second):
		return first, nil
	}
	return time.Time{}, errAmbiguousDate
}

// earliest is the first year that a date may be in. A year before it is one of
// another calendar, such as 1399 of the Persian one.
const earliest = 1700

// calendar is a day, if there is such a one. A year has four digits.
func calendar(year, month, day string) (time.Time, error) {
	if len(year) != 4 || len(month) > 2 || len(day) > 2 {
		return time.Time{}, errNoDate
	}
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < earliest || t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return time.Time{}, errNoDate
	}
	return t, nil
}

// monthNumber is the number of a month by its English name in lower case, or by
// at least three letters of it; 0 for any other word.
func monthNumber(word string) int {
	if word == "sept" {
		return int(time.September)
	}
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); word == name || word == name[:3] {
			return int(m)
		}
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
