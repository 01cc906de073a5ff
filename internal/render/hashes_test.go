package render

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHeadingsWithoutABlank(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"Chinese", "##安装\ntext\n###1. 标题 ###\n####（一）", "2 安装, 3 1. 标题, 4 （一）"},
		{"in a paragraph", "text\n##Setup", "2 Setup"},
		{"in an item and a quote", "- ##A\n\n> ###B", "2 A, 3 B"},
		{"as ever", "## A ##\n\n# B", "2 A, 1 B"},
		{"a sign at the end", "##C#\n\n##学习##", "2 C#, 2 学习"},
		{"marks in it", "##A *b* `c`", "2 A b c"},
		{"a hashtag", "#tag and ##tag\n\n#标签", ""},
		{"other signs", "##\n\n##-a\n\n##[a]\n\n#######a", ""},
		{"code", "```\n##a\n```\n\n    ##b", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, h := range Render(postOf(tt.body), options(80)).Headings() {
				got = append(got, fmt.Sprintf("%d %s", h.Level, h.Text))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, ", ")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
