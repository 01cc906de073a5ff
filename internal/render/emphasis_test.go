package render

import (
	"testing"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// emphasized is a body's text with its emphasis as tags.
func emphasized(t *testing.T, body string) string {
	t.Helper()
	source := []byte(body)
	out := ""
	err := ast.Walk(parse(source, false), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		mark := ""
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				out += string(n.Segment.Value(source))
			}
		case *ast.String:
			if entering {
				out += string(n.Value)
			}
		case *ast.Emphasis:
			mark = "ib"[n.Level-1 : n.Level]
		case *east.Strikethrough:
			mark = "s"
		}
		switch {
		case mark == "":
		case entering:
			out += "<" + mark + ">"
		default:
			out += "</" + mark + ">"
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEmphasis(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"as ever", "*a* **b** ***c*** _d_ a_b_c a*b*c **", "<i>a</i> <b>b</b> <i><b>c</b></i> <i>d</i> a_b_c a<i>b</i>c **"},
		{"beside punctuation", `a**"b"**c`, `a**"b"**c`},
		{"behind a Chinese mark", "**注意：**后面", "<b>注意：</b>后面"},
		{"around Chinese quotes", "**“引号”**加粗，说**“好”**。", "<b>“引号”</b>加粗，说<b>“好”</b>。"},
		{"before Korean", `**"따옴표"**는 *(예)*와`, `<b>"따옴표"</b>는 <i>(예)</i>와`},
		{"Japanese one after another", "**強調。**次に**強調（例）**です", "<b>強調。</b>次に<b>強調（例）</b>です"},
		{"Latin between Chinese", "中**a.**中 中*b*中", "中<b>a.</b>中 中<i>b</i>中"},
		{"two tildes", "~~a~~ 删~~除。~~后", "<s>a</s> 删<s>除。</s>后"},
		{"single tildes", "약 3~5개에서 10~20개로, 价格10~20元，3~5天, ~a~ and a~b~c", "약 3~5개에서 10~20개로, 价格10~20元，3~5天, ~a~ and a~b~c"},
		{"numbers below and above", "H~2~O, x^2^, 10^-3^, (a)^n^", "H₂O, x², 10⁻³, (a)ⁿ"},
		{"no numbers below and above", "a^b^, 2^10^3, 3~5~7, x^^2^^, ^1^, n~5~10", "a^b^, 2^10^3, 3~5~7, x^^2^^, ^1^, n~5~10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := emphasized(t, tt.body); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}
