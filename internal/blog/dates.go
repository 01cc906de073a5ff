package blog

import (
	"errors"
	"fmt"
	"time"

	"lectern/internal/text"
)

// publicationKeys are the keys that say when a post is published. Some authors
// write yes or no there.
func publicationKeys() []string {
	return []string{"pubdate", "published_at", "publishdate", "publish_date", "published", "publish"}
}

// setDates gives the post the date that the author wrote, else that of its file,
// which it has already, else that in its address. A publication in the future
// holds the post back until then, whatever its date.
func (p *parser) setDates(post *Post, all fields) {
	var date time.Time
	if f := all["date"]; f.isGiven() {
		date = p.readDate(f)
	}
	for _, key := range publicationKeys() {
		f := all[key]
		if r, ok := ruleOf(rules(), key); !f.isGiven() || ok && !(r.dates && isDate(f.text())) {
			continue
		}
		if published := p.readDate(f); published.After(p.from) {
			p.from = published
		}
		if date.IsZero() {
			date = p.from
		}
	}
	for _, key := range []string{"created", "created_at"} {
		if f := all[key]; date.IsZero() && f.isGiven() {
			date = p.readDate(f)
		}
	}
	if !date.IsZero() {
		post.Date = date
	}
	for _, key := range addressKeys() {
		if post.Date.IsZero() {
			post.Date = pathDate(all[key].text())
		}
	}
	if f := firstOf(all, "expirydate", "unpublishdate"); f.isGiven() {
		p.until = p.readDate(f)
	}
}

// readDate reads a date, and tells of one that it cannot read; it is zero then.
func (p *parser) readDate(f field) time.Time {
	date, err := parseDate(f.text())
	switch said := text.Field(f.text(), 40); {
	case f.table:
		p.problem(Error, f.line, "the date is not one value", `write it as "2025-11-20"`)
	case errors.Is(err, errAmbiguousDate):
		p.problem(Error, f.line, fmt.Sprintf("the date %q may begin with the day or with the month", said), `write the year first, as in "2025-11-20"`)
	case err != nil:
		p.problem(Error, f.line, fmt.Sprintf("the date %q cannot be read", said), `write it as "2025-11-20" or "2025-11-20 15:04 +0100"`)
	}
	return date
}

// isExpired reports whether the author took the post back by now.
func (d *draft) isExpired(now time.Time) bool {
	return !d.until.IsZero() && !d.until.After(now)
}
