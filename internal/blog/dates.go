package blog

import (
	"errors"
	"fmt"
	"time"

	"lectern/internal/text"
)

// dateKeys say when a post is from.
func dateKeys() []string { return []string{"date", "datetime", "postdate"} }

// publicationKeys say when a post is published. Some authors write yes or no
// there.
func publicationKeys() []string {
	return []string{
		"pubdate", "pubdatetime", "datepublished", "publishedat", "publisheddate",
		"publishdate", "publishon", "published", "publish",
	}
}

// creationKeys say when a post was begun.
func creationKeys() []string {
	return []string{"created", "createdat", "createtime", "creationdate", "datecreated"}
}

// changeKeys say when a post was last worked on.
func changeKeys() []string { return []string{"updated", "lastmod", "modified"} }

// setDates gives the post the date that the author wrote, else that of its file,
// which it has already, else that in its address, or as a last resort that of
// its last change. A date or a publication in the future holds the post back
// until then; when it was begun or changed never does.
func (p *parser) setDates(post *Post, all fields) {
	date := p.firstDate(all, dateKeys())
	p.from = date
	rules := rules()
	for _, key := range publicationKeys() {
		f := all[key]
		if r, ok := ruleOf(rules, key); !f.isGiven() || ok && !(r.dates && isDate(f.text())) {
			continue
		}
		published := p.readDate(f)
		if published.After(p.from) {
			p.from = published
		}
		if date.IsZero() {
			date = published
		}
	}
	isBegun := false
	if date.IsZero() {
		date = p.firstDate(all, creationKeys())
		isBegun = !date.IsZero()
	}
	if !date.IsZero() {
		post.Date = date
	}
	for _, key := range addressKeys() {
		if post.Date.IsZero() {
			post.Date = pathDate(all[key].text())
		}
	}
	if !isBegun && post.Date.After(p.from) {
		p.from = post.Date
	}
	if post.Date.IsZero() {
		post.Date = p.firstDate(all, changeKeys())
	}
	if f := firstOf(all, "expirydate", "unpublishdate"); f.isGiven() {
		p.until = p.readDate(f)
	}
}

// firstDate is the first date that the keys give; zero when none does.
func (p *parser) firstDate(all fields, keys []string) (date time.Time) {
	for _, key := range keys {
		if f := all[key]; date.IsZero() && f.isGiven() {
			date = p.readDate(f)
		}
	}
	return date
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
