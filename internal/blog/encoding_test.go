package blog_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestAPostInAnotherEncodingIsRead(t *testing.T) {
	in := "---\ntitle: 一篇文章\n---\n\n" + strings.Repeat("这里的每一个字都不是用两个以上的字节写的。\n", 20)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(in)
	if err != nil {
		t.Fatal(err)
	}
	p, l := one(t, "p.md", gbk)
	if p.Title != "一篇文章" || !strings.HasPrefix(p.Body.String(), "这里的") {
		t.Errorf("title %q, body %.60q", p.Title, p.Body.String())
	}
	wantSaid(t, l, "warning p.md:2: the file is GB18030, not UTF-8; it is read as such")

	in = "---\ntitle: A title\n---\n\nPlain text, and more of it.\n"
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(in)
	if err != nil {
		t.Fatal(err)
	}
	p, l = one(t, "p.md", utf16)
	if p.Title != "A title" || p.Body.String() != "Plain text, and more of it." {
		t.Errorf("title %q, body %.60q", p.Title, p.Body.String())
	}
	wantSaid(t, l, "warning p.md:1: the file is UTF-16 without a mark, read as such")
}
