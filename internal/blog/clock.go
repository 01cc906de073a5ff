package blog

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// clockForm is a time of day with the zone that may follow it: a name, an
// offset, or an offset and its name.
var clockForm = regexp.MustCompile(`(?i)^(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2})(?:[.,]\d+)?)? ?([ap]\.?m\.?)? ?(?:([+-])(\d{1,2}):?(\d{2})?)?(?: ?(z|[a-z]{2,5}))?(?: ?([+-])(\d{1,2}):?(\d{2})?)?(?: ?\([^()]*\))?$`)

// fraction is what stands behind the seconds.
var fraction = regexp.MustCompile(`:\d{1,2}[.,](\d+)`)

// parseClock reads a time of day, as what is added to the midnight of its day,
// and how far its zone is ahead of UTC.
func parseClock(s string) (since, ahead time.Duration, ok bool) {
	m := clockForm.FindStringSubmatch(s)
	if m == nil || m[5] != "" && m[9] != "" {
		return 0, 0, false
	}
	hour, minute, second := number(m[1]), number(m[2]), number(m[3])
	isAfternoon := strings.HasPrefix(strings.ToLower(m[4]), "p")
	switch {
	case m[4] == "" && m[2] == "":
		return 0, 0, false
	case m[4] == "" || isAfternoon && hour > 12 && m[2] != "": // some count 24 hours beside it
	case hour > 12 || hour < 1 && (isAfternoon || m[2] == ""):
		return 0, 0, false
	case isAfternoon:
		hour = hour%12 + 12
	default:
		hour %= 12
	}
	isMidnight := hour == 24 && minute == 0 && second == 0 // the one that ends the day
	if hour > 23 && !isMidnight || minute > 59 || second > 59 {
		return 0, 0, false
	}
	since = time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	if f := fraction.FindStringSubmatch(s); f != nil {
		nanos, _ := strconv.Atoi((f[1] + "000000000")[:9])
		since += time.Duration(nanos)
	}
	sign, hours, minutes := m[5]+m[9], number(m[6]+m[10]), number(m[7]+m[11])
	if sign == "" {
		return since, time.Duration(zoneHours(strings.ToUpper(m[8]))) * time.Hour, true
	}
	ahead = time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if ahead > 15*time.Hour || minutes > 59 {
		return 0, 0, false
	}
	if sign == "-" {
		ahead = -ahead
	}
	return since, ahead, true
}

// number is the number in at most two digits; 0 for none.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// zoneHours is how far a zone is ahead of UTC. Names that are not unique on
// earth, and those that are not known, count as UTC: hours off at most.
func zoneHours(name string) int {
	switch name {
	case "PST":
		return -8
	case "PDT", "MST":
		return -7
	case "MDT":
		return -6
	case "CDT", "EST":
		return -5
	case "EDT":
		return -4
	case "CET":
		return 1
	case "CEST", "EET":
		return 2
	case "EEST", "MSK":
		return 3
	case "JST", "KST":
		return 9
	}
	return 0
}
