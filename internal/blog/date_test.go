package blog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lectern/internal/blog"
)

func TestDatesAreReadInEveryForm(t *testing.T) {
	for in, want := range map[string]string{
		"2020-01-02":                      "2020-01-02T00:00:00Z",
		"2020-1-2":                        "2020-01-02T00:00:00Z",
		"'2020-01-02'":                    "2020-01-02T00:00:00Z",
		"2020-01-02 3:04:05 +0000":        "2020-01-02T03:04:05Z",
		"2020-01-02 03:04":                "2020-01-02T03:04:00Z",
		"2020-01-02T03:04:05Z":            "2020-01-02T03:04:05Z",
		"2020-01-02T03:04:05.678Z":        "2020-01-02T03:04:05Z",
		"2020-01-02T03:04:05+02:00":       "2020-01-02T01:04:05Z",
		"2020-01-02 03:04:05-0800":        "2020-01-02T11:04:05Z",
		"2020-01-02 03:04:05 -08:00":      "2020-01-02T11:04:05Z",
		"2020/01/02":                      "2020-01-02T00:00:00Z",
		"2020/1/2 3:04":                   "2020-01-02T03:04:00Z",
		"Jan 2, 2020":                     "2020-01-02T00:00:00Z",
		"2 January 2020":                  "2020-01-02T00:00:00Z",
		"Thu, 02 Jan 2020 03:04:05 +0100": "2020-01-02T02:04:05Z",
		"20200102":                        "2020-01-02T00:00:00Z",
		"2020-01-02 03:04:05 UTC":         "2020-01-02T03:04:05Z",
		"2020-01-02 3:04 PM":              "2020-01-02T15:04:00Z",

		"2020-01-02T15:04Z":                  "2020-01-02T15:04:00Z",
		"2020-01-02t15:04z":                  "2020-01-02T15:04:00Z",
		"2020-01-02 15:04:05.000 UTC":        "2020-01-02T15:04:05Z",
		"2020-01-02 15:04:05,123 +0530":      "2020-01-02T09:34:05Z",
		"2020-01-02 15:04:05 +8":             "2020-01-02T07:04:05Z",
		"2020-01-02 15:04 +0800 CST":         "2020-01-02T07:04:00Z",
		"2020-01-02 15:04 EST":               "2020-01-02T20:04:00Z",
		"2020-01-02 15:04 IST":               "2020-01-02T15:04:00Z",
		"2020-01-02 3:04pm":                  "2020-01-02T15:04:00Z",
		"2020-01-02 12:04 a.m.":              "2020-01-02T00:04:00Z",
		"2020-01-02 at 12pm":                 "2020-01-02T12:00:00Z",
		"2020.01.02":                         "2020-01-02T00:00:00Z",
		"2020 01 02":                         "2020-01-02T00:00:00Z",
		"Jan 2 2020":                         "2020-01-02T00:00:00Z",
		"jan. 2, 2020":                       "2020-01-02T00:00:00Z",
		"JANUARY 2 2020":                     "2020-01-02T00:00:00Z",
		"2nd January 2020":                   "2020-01-02T00:00:00Z",
		"January 2nd, 2020":                  "2020-01-02T00:00:00Z",
		"the 3rd of Sept, 2020":              "2020-09-03T00:00:00Z",
		"2-Jan-2020":                         "2020-01-02T00:00:00Z",
		"2020 Jan 2":                         "2020-01-02T00:00:00Z",
		"Jan 2, 2020 at 3:04pm":              "2020-01-02T15:04:00Z",
		"January 2020":                       "2020-01-01T00:00:00Z",
		"2020-02":                            "2020-02-01T00:00:00Z",
		"02/2020":                            "2020-02-01T00:00:00Z",
		"2020":                               "2020-01-01T00:00:00Z",
		"22-01-2020":                         "2020-01-22T00:00:00Z",
		"01/22/2020":                         "2020-01-22T00:00:00Z",
		"02/02/2020 15:04":                   "2020-02-02T15:04:00Z",
		"03.02.2020":                         "2020-02-03T00:00:00Z",
		"2020年1月2日":                          "2020-01-02T00:00:00Z",
		"2020 年 1 月 2 日 15:04":               "2020-01-02T15:04:00Z",
		"2020년 1월 2일":                        "2020-01-02T00:00:00Z",
		"1577934245":                         "2020-01-02T03:04:05Z",
		"1577934245678":                      "2020-01-02T03:04:05Z",
		"<2020-01-02 Thu>":                   "2020-01-02T00:00:00Z",
		"<2020-01-02 Thu 15:04>":             "2020-01-02T15:04:00Z",
		"[2020-01-02 Thu]":                   "2020-01-02T00:00:00Z",
		"Thursday, January 2, 2020":          "2020-01-02T00:00:00Z",
		"Thu Jan  2 15:04:05 2020":           "2020-01-02T15:04:05Z",
		"Thu Jan  2 15:04:05 2020 +0100":     "2020-01-02T14:04:05Z",
		"Thu Jan  2 15:04:05 UTC 2020":       "2020-01-02T15:04:05Z",
		"Thu Jan 02 2020 15:04:05 GMT+0800":  "2020-01-02T07:04:05Z",
		"Thu, 02 Jan 2020 15:04:05 GMT":      "2020-01-02T15:04:05Z",
		"2020-01-02T15:04:05 (Chinese Time)": "2020-01-02T15:04:05Z",

		"2020. 1. 2.":                               "2020-01-02T00:00:00Z",
		"2020.01.02.":                               "2020-01-02T00:00:00Z",
		"2020. 1. 2. 15:04":                         "2020-01-02T15:04:00Z",
		"2020. 1. 2. 오후 3:04":                       "2020-01-02T15:04:00Z",
		"2020년 1월 2일 목요일 오전 3:04":                   "2020-01-02T03:04:00Z",
		"2020年01月02日 星期四":                           "2020-01-02T00:00:00Z",
		"2020年1月2日（木）":                              "2020-01-02T00:00:00Z",
		"2020年1月2日 木曜日 15:04":                       "2020-01-02T15:04:00Z",
		"2020-01-02（木）":                             "2020-01-02T00:00:00Z",
		"2020-01-02 (周四) 15:04":                     "2020-01-02T15:04:00Z",
		"2020-01-02 周四":                             "2020-01-02T00:00:00Z",
		"2020-01-02 下午 3:04":                        "2020-01-02T15:04:00Z",
		"2020/1/2 上午3:04:05":                        "2020-01-02T03:04:05Z",
		"2020-01-02 下午15：04":                        "2020-01-02T15:04:00Z",
		"2020-01-02 15:04 Asia/Shanghai":            "2020-01-02T15:04:00Z",
		"2020-01-02T15:04:05+08:00[Asia/Shanghai]":  "2020-01-02T07:04:05Z",
		"2020-01-02 America/Argentina/Buenos_Aires": "2020-01-02T00:00:00Z",
		"2020-01-02 15:04 PM":                       "2020-01-02T15:04:00Z",
		"2020-01-02 00:04 AM":                       "2020-01-02T00:04:00Z",
		"2020-01-02 24:00:00":                       "2020-01-03T00:00:00Z",
		"20200102150405":                            "2020-01-02T15:04:05Z",
		"[[2020-01-02]]":                            "2020-01-02T00:00:00Z",
		"'[[2020-01-02]]'":                          "2020-01-02T00:00:00Z",
		"۲۰۲۰-۰۱-۰۲":                                "2020-01-02T00:00:00Z",
		"٢٠٢٠/٠١/٠٢":                                "2020-01-02T00:00:00Z",
	} {
		p, l := one(t, "p.md", "---\ndate: "+in+"\n---\nx")
		if got := p.Date.Truncate(time.Second).UTC().Format(time.RFC3339); got != want || len(l.Problems()) > 0 {
			t.Errorf("date: %s gives %s, want %s; problems %v", in, got, want, l.Problems())
		}
	}
	for _, in := range []string{
		"2020-13-01", "2020-02-30", "soon", "12", "'0000-01-01'", "[1]", "2020-01-02 25:00", "2020-01-02 13:00 am", "2020-01-02 25:00 pm", "2020-01-02 24:01", "2020-01-02 13 pm", "2020-01-02 0 am", "2020-01-02 3:04 perhaps",
		"-1", "2020-", "20201", "99999", "2020-1-2-3", "32 Jan 2020", "Jan Feb 2020", "2 2020 January", "1 Janu 2020", "02-03-20", "2020-01-02 15:04 +9999", "2020-01-02 15:04 +1900",
		"2020-01-02 15:04 (" + strings.Repeat("x", 100) + ")", strings.Repeat("9", 500),
	} {
		p, l := one(t, "2019-05-06-p.md", "---\ntitle: T\ndate: "+in+"\n---\nx")
		if got := p.Date.Format(time.DateOnly); got != "2019-05-06" {
			t.Errorf("date: %.20s gives %s, want the file name's", in, got)
		}
		if ps := l.Problems(); len(ps) != 1 || ps[0].Line != 3 || ps[0].Level != blog.Error {
			t.Errorf("date: %.20s gives problems %v, want an error on line 3", in, ps)
		}
	}
}

func TestADateKeepsTheZoneOfItsAuthor(t *testing.T) {
	for in, want := range map[string]string{
		"---\ndate: 2023-08-01T02:52:00+08:00\n---\nx":  "2023-08-01T02:52:00+08:00",
		"---\ndate: 2023-08-01 23:00 -0700\n---\nx":     "2023-08-01T23:00:00-07:00",
		"---\ndate: 2023-08-01 00:30 +05:30\n---\nx":    "2023-08-01T00:30:00+05:30",
		"---\ndate: 2023-08-01 00:30 JST\n---\nx":       "2023-08-01T00:30:00+09:00",
		"---\ndate: 2023-08-01 00:30\n---\nx":           "2023-08-01T00:30:00Z",
		"+++\ndate = 2023-08-01T02:52:00+08:00\n+++\nx": "2023-08-01T02:52:00+08:00",
		"{\"date\": \"2023-08-01T02:52:00+08:00\"}\nx":  "2023-08-01T02:52:00+08:00",
	} {
		if p, _ := one(t, "p.md", in); p.Date.Format(time.RFC3339) != want {
			t.Errorf("%q gives %s, want %s", in, p.Date.Format(time.RFC3339), want)
		}
	}
	l := mustLoad(t, files(
		"a.md", "---\ndate: 2023-08-01T02:00:00+08:00\n---\nx",
		"b.md", "---\ndate: 2023-07-31T22:00:00Z\n---\nx",
		"c.md", "---\ndate: 2023-07-31T12:00:00-07:00\n---\nx",
	), nil)
	if got := strings.Join(slugs(l), " "); got != "b c a" {
		t.Errorf("the order is %s, want that of the moments, newest first", got)
	}
}

func TestADateThatIsNotThereIsNone(t *testing.T) {
	for _, in := range []string{"date:", "date: null", "date: ~", `date: ""`, "date: ' '", "title: T", "date: [ ]"} {
		p, l := one(t, "p.md", "---\n"+in+"\n---\nx")
		if !p.Date.IsZero() || len(l.Problems()) > 0 {
			t.Errorf("%s gives %v, problems %v", in, p.Date, l.Problems())
		}
	}
}

func TestADateThatCanBeTwoIsNeither(t *testing.T) {
	for _, in := range []string{"02-03-2020", "2/3/2020", "02 03 2020", "02/03/2020 15:04"} {
		p, l := one(t, "2019-05-06-p.md", "---\ndate: "+in+"\n---\nx")
		if got := p.Date.Format(time.DateOnly); got != "2019-05-06" {
			t.Errorf("%s gives %s, want the file name's", in, got)
		}
		wantSaid(t, l, fmt.Sprintf("error 2019-05-06-p.md:2: the date %q may begin with the day or with the month", in))
	}
}

func TestAnotherKeyGivesTheDateWhereThereIsNone(t *testing.T) {
	for in, want := range map[string]string{
		"published: 2020-01-02":                     "2020-01-02",
		"published: 2020-01-02\ndate: 2019-01-01":   "2019-01-01",
		"publishDate: 2020-01-02\ncreated: 2018-01": "2020-01-02",
		"pubDate: Jan 2 2020\npublished: true":      "2020-01-02",
		"created_at: 2020-01-02\ndate:":             "2020-01-02",
		"params:\n  published: 2020-01-02":          "2020-01-02",
		"created: 2020-01-02\nupdated: 2021-01-01":  "2020-01-02",
		"updated: 2020-01-02":                       "2017-01-01",
	} {
		p, l := one(t, "2017-01-01-p.md", "---\n"+in+"\n---\nx")
		if got := p.Date.Format(time.DateOnly); got != want || len(l.Problems()) > 0 {
			t.Errorf("%q gives %s, want %s; problems %v", in, got, want, l.Problems())
		}
	}
	for _, key := range []string{
		"pubDatetime", "datePublished", "publishedAt", "published_date", "publish-date", "postDate", "datetime", "dateCreated",
		"createdAt", "create_time", "creationDate", "created", "date created", "publishOn", "Publish On", "updated", "lastmod", "Modified",
	} {
		p, l := one(t, "p.md", "---\n"+key+": 2020-01-02\n---\nx")
		if got := p.Date.Format(time.DateOnly); got != "2020-01-02" || len(l.Problems()) > 0 {
			t.Errorf("%s gives %s, problems %v", key, got, l.Problems())
		}
	}
	_, l := one(t, "p.md", "---\ndate: {a: b}\n---\nx")
	wantSaid(t, l, "error p.md:2: the date is not one value")
}

func TestOnlyAPublicationInTheFutureHoldsAPostBack(t *testing.T) {
	for _, head := range []string{
		"date: 2999-01-01", "publishedAt: 2999-01-01", "date: 2020-01-01\npublish_on: 2999-01-01", "postDate: 2999-01-01",
		"created: 2020-01-01\npubDatetime: 2999-01-01", "permalink: /2999/01/01/x", "date: 2999-01-01\npublished: 2020-01-01",
	} {
		if l := mustLoad(t, files("p.md", "---\n"+head+"\n---\nx"), nil); len(l.Posts()) > 0 {
			t.Errorf("%q is shown", head)
		}
	}
	for _, head := range []string{"created: 2999-01-01", "updated: 2999-01-01", "date: 2020-01-01\nlastmod: 2999-01-01", "createdAt: 2999-01-01"} {
		if l := mustLoad(t, files("p.md", "---\n"+head+"\n---\nx"), nil); len(l.Posts()) != 1 {
			t.Errorf("%q is held back, problems %v", head, l.Problems())
		}
	}
}
