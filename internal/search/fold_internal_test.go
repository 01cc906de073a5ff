package search

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFoldBringsWhatReadsAlikeIntoOneForm(t *testing.T) {
	for _, group := range [][]string{
		{"resume", "Résumé", "RE\u0301SUME\u0301", "ｒｅｓｕｍｅ"},
		{"strasse", "Straße", "STRASSE", "STRAẞE"},
		{"ingilizce kiyi", "İngilizce kıyı"},
		{"smorrebrod", "Smørrebrød"},
		{"encyclopaedia oeuvre", "Encyclopædia Œuvre"},
		{"lodz", "Łódź"},
		{"елка", "Ёлка", "ЕЛКА"},
		{"οδοσ", "Οδός", "ΟΔΟΣ"},
		{"محمد", "مُحَمَّد", "محـمد"},
		{"שלום", "שָׁלוֹם"},
		{"ガ", "ガ", "カ\u3099"},
		{"한국어", norm.NFD.String("한국어")},
		{"file", "ﬁle"},
		{"tieng viet", "Tiếng Việt"},
	} {
		for _, s := range group[1:] {
			if got := fold(s); got != group[0] {
				t.Errorf("%q folds to %q, want %q", s, got, group[0])
			}
		}
	}
	for _, pair := range [][2]string{{"ガ", "カ"}, {"हिंदी", "हद"}, {"も", "ま"}} {
		if fold(pair[0]) == fold(pair[1]) {
			t.Errorf("%q and %q fold alike", pair[0], pair[1])
		}
	}
}

func TestOnlyWhatIsNoLetterEndsAWord(t *testing.T) {
	for r := range unicode.MaxRune {
		ends := classOf(r) == gap
		if is := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) && (r < 0xfe00 || r > 0xfe0f); ends == is && classOf(r) != silent {
			t.Errorf("%U ends a word: %v", r, ends)
		}
	}
}

func TestWordsOfALine(t *testing.T) {
	for line, want := range map[string][]string{
		"":                            nil,
		" ... !":                      nil,
		"Hello, World":                {"hello", "world"},
		"http_server don't C++ 1.70":  {"http", "server", "don", "t", "c", "1", "70"},
		"useEffect()":                 {"useeffect"},
		"数据库":                         {"数据", "据库", "库"},
		"字":                           {"字"},
		"Go语言 并发":                     {"go", "语言", "言", "并发", "发"},
		"サーバー":                        {"サー", "ーバ", "バー", "ー"},
		"검색 엔진":                       {"검색", "색", "엔진", "진"},
		"ภาษา":                        {"ภา", "าษ", "ษา", "า"},
		"مدونة عربية":                 {"مدونه", "عربيه"},
		"हिंदी में":                   {"हिंदी", "में"},
		"co\u00adoperate na\u200dive": {"cooperate", "naive"},
	} {
		var got []string
		w := newScanner()
		for w.reset(line); w.step(); {
			got = append(got, string(w.word))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: -want +got\n%s", line, d)
		}
	}
}

func TestWordsStandWhereTheyAreSaidTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := composed(rapid.StringOfN(rapid.SampledFrom([]rune("aB1é ßø数据か한ะ\u0301\u064e\u200d-_.İﬁ")), 0, 60, -1).Draw(t, "line"))
		w, at := newScanner(), -1
		for w.reset(line); w.step(); {
			if w.start <= at || w.end <= w.start || w.end > len(line) || len(w.word) > maxWord || !utf8.Valid(w.word) {
				t.Fatalf("word %q at %d to %d behind %d", w.word, w.start, w.end, at)
			}
			at = w.start
			if got := fold(line[w.start:w.end]); got != string(w.word) && len(got) <= maxWord {
				t.Fatalf("%q stands where %q is", got, w.word)
			}
			for n := range len(w.word) + 1 {
				if end := w.reach(n); end < w.start || end > w.end || end < len(line) && !utf8.RuneStart(line[end]) {
					t.Fatalf("%d bytes of %q reach to %d", n, w.word, end)
				}
			}
		}
	})
}

func TestALongWordIsCutAtALetter(t *testing.T) {
	w := newScanner()
	for _, s := range []string{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "яяяяяяяяяяяяяяяяяяяяяяяяяяяяяя", "xяяяяяяяяяяяяяяяяяяяяяяяяяяяяяя"} {
		w.reset(s)
		if !w.step() || len(w.word) > maxWord || len(w.word) < maxWord-1 || !utf8.Valid(w.word) || w.end != len(s) {
			t.Errorf("%q is cut to %q", s, w.word)
		}
	}
}
