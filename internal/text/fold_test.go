package text_test

import (
	"testing"

	"lectern/internal/text"
)

func TestFoldComparesAsReadersDo(t *testing.T) {
	for in, want := range map[string]string{
		"Résumé":      "resume",
		"re\u0301sum": "resum",
		"STRASSE":     "strasse",
		"Straße":      "strasse",
		"Ærø Łódź":    "aero lodz",
		"İstanbul ı":  "istanbul i",
		"ΑΘΉΝΑ":       "αθηνα",
		"Ёлка":        "елка",
		"ﬁle ２":       "file 2",
		"don’t":       "don't",
		"日本語 한국어":     "日本語 한국어",
		"ガ":           "カ",
		"مُحَمَّد":    "محمد",
		"\xff":        "\uFFFD",
		"":            "",
	} {
		if got := text.Fold(in); got != want {
			t.Errorf("%q is compared as %q, want %q", in, got, want)
		}
	}
}
