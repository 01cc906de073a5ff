package render

import (
	"strings"
	"testing"
)

// proseOf is the text of a body as drawn, on one line.
func proseOf(t *testing.T, body string) string {
	t.Helper()
	o := options(100)
	o.Palette, o.Links = nil, false
	d := Render(postOf(body), o)
	var lines []string
	for i := 3; i < d.Len(); i++ {
		lines = append(lines, d.Line(i))
	}
	return strings.Join(lines, "\n")
}

func TestFormulasInProse(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"one dollar", `Let $x_1 * y * z_2$ be.`, "Let x₁ * y * z₂ be."},
		{"letters", `$n$, $f(x)$, $n - 1$s`, "n, f(x), $n - 1$s"},
		{"one dollar of WordPress", `so $latex x^2$ is, $latex \foo$ too`, `so x² is, $latex \foo$ too`},
		{"a variable of that name", `run $latex a.tex and $latex b.tex`, `run $latex a.tex and $latex b.tex`},
		{"an escaped bar in a cell", "|a|b|\n|-|-|\n|$P(A\\|B)$|$\\foo\\|$|", "a      │ b\n───────┼────────\nP(A|B) │ $\\foo|$"},
		{"an escaped bar in prose", `so $\|x\|^2$ is`, "so ‖x‖² is"},
		{"two dollars", `so $$a^2$$ is`, "so a² is"},
		{"escaped brackets", `so \(a_1\) and \[b^2\]`, "so a₁ and b²"},
		{"brackets escaped twice", `so \\(a\_1 + \\{b\\}\\) is`, "so a₁ + {b} is"},
		{"over lines", "so $a +\n\\beta$ and $$c +\nd^2$$ is", "so a + β and c + d² is"},
		{"blanks inside", `so $ a^2 $ is`, "so a² is"},
		{"what is not known", `so $\foo{a} * b * c$ and $$\foo$$ is`, `so $\foo{a} * b * c$ and $$\foo$$ is`},
		{"an escaped dollar inside", `so $x = \$5$ is`, "so x = $5 is"},
		{"prices", `from $5 to $10, US$5/$6, $20k–$30k and $1,000`, "from $5 to $10, US$5/$6, $20k–$30k and $1,000"},
		{"prices and emphasis", `*$5* and *$6*`, "$5 and $6"},
		{"words between dollars", `a $word or more$ b`, "a $word or more$ b"},
		{"source code between dollars", "$HOME/bin:$PATH and ${foo: the bar}$ and $foo_bar/$baz and $a `b$`", "$HOME/bin:$PATH and ${foo: the bar}$ and $foo_bar/$baz and $a `b$`"},
		{"escaped dollars", `\$x\$ and \$y_1\$`, "$x$ and $y_1$"},
		{"brackets that are escaped", `a \(see below\), file\(s\), \[link\](b) and \(2019\)`, "a (see below), file(s), [link](b) and (2019)"},
		{"a bracket that is not closed", `a \(x_1 and`, "a (x_1 and"},
		{"code", "`$x_1$` and `\\(a\\)`", "`$x_1$` and `\\(a\\)`"},
		{"Chinese around it", "是$x_1$的", "是x₁的"},
		{"Chinese after a simple one", "其中，$L$是损失函数，空间$O(1)$。令$a=b$，则$c$。", "其中，L是损失函数，空间O(1)。令a = b，则c。"},
		{"Japanese and Korean after it", "$n$は数、$k$는", "nは数、k는"},
		{"marks after it", "$X$’s, $n$–dim, $m$…", "X’s, n–dim, m…"},
		{"letters before it", `CO$_2$, H$_2$O, 10$^{-3}$, 5$\mu$m, SD$(\hat\tau^2)$`, "CO₂, H₂O, 10⁻³, 5μm, SD(τ̂²)"},
		{"variables of a shell behind letters", "a$foo_bar$b and a$HOME/x_y$", "a$foo_bar$b and a$HOME/x_y$"},
		{"endings", `$n$th, $i$s, $(n-1)$st, $k$-means, $N$gram`, "nth, is, (n − 1)st, k-means, Ngram"},
		{"no endings", `$a$x, $ab$s and US$5 or $20k–$30k`, `$a$x, $ab$s and US$5 or $20k–$30k`},
		{"prices in Chinese", "从$5涨到$6，花$5块，又$是", "从$5涨到$6，花$5块，又$是"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := proseOf(t, tt.body); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestFormulasOnLinesOfTheirOwn(t *testing.T) {
	const begin, end = "~~~~~~~~math\n", "~~~~~~~~\n"
	for _, tt := range []struct{ name, body, want string }{
		{"none", "a $$ b\n", "a $$ b\n"},
		{"dollars", "$$\na\n\nb\n$$\n", begin + "a\nb\n" + end},
		{"dollars with text", "$$ a\n  + b $$\n", begin + " a\n  + b\n" + end},
		{"one line", "$$a$$\n", begin + "a\n" + end},
		{"a stop behind it", "$$a$$.\n", begin + "a.\n" + end},
		{"in a paragraph", "x\n$$a$$\ny\n", "x\n$$a$$\ny\n"},
		{"text behind it", "$$a$$ b\n", "$$a$$ b\n"},
		{"brackets", "\\[\na = b\n\\]\n", begin + "a = b\n" + end},
		{"brackets escaped twice", "\\\\[ a = b \\\\]\n", begin + " a = b\n" + end},
		{"brackets that are none", "\\[some words\\]\n", "\\[some words\\]\n"},
		{"an environment", "\\begin{align*}\na\n\\end{align*}\n", begin + "\\begin{align*}\na\n\\end{align*}\n" + end},
		{"another environment", "\\begin{verse}\na\n\\end{verse}\n", "\\begin{verse}\na\n\\end{verse}\n"},
		{"in a quote", "> $$\n> a\n> $$\n", "> " + begin + "> a\n> " + end},
		{"in a list", "- b\n  $$\n  a\nc\n  $$\n", "- b\n  " + begin + "  a\n  c\n  " + end},
		{"not in code", "```\n$$\na\n$$\n```\n", "```\n$$\na\n$$\n```\n"},
		{"after code in an item", "- ```\n  b\n  ```\n\n$$\na\n$$\n", "- ```\n  b\n  ```\n\n" + begin + "a\n" + end},
		{"not in code of an item", "- ```\n  $$\n  a\n  $$\n  ```\n", "- ```\n  $$\n  a\n  $$\n  ```\n"},
		{"not in indented code", "b\n\n    $$\n    a\n    $$\n", "b\n\n    $$\n    a\n    $$\n"},
		{"one that is not closed", "$$\na\n", "$$\na\n"},
		{"one that a blank line cuts", "$$ a\n\nb $$\n", "$$ a\n\nb $$\n"},
		{"nothing in it", "$$\n$$\n", "$$\n$$\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := displayed(tt.body); got != tt.want {
				t.Errorf("\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestLookingForFormulasIsBounded(t *testing.T) {
	for _, tt := range []struct {
		name, open string
		most       int
		formula    string
	}{
		{"in a line", "$a ", maxFormulas / maxAhead, "$x_1$"},
		{"on lines", "\\[ a\n\n", maxOpen, "\\begin{align}\nx_1\n\\end{align}"},
	} {
		for n, want := range map[int]bool{tt.most / 2: true, tt.most * 2: false} {
			body := displayed(strings.Repeat(tt.open, n) + "\n\n" + tt.formula + "\n")
			shown := proseOf(t, body)
			if got := strings.HasSuffix(shown, "x₁"); got != want {
				t.Errorf("%s: after %d that do not end, a formula is told: %t", tt.name, n, got)
			}
		}
	}
}

func TestTheSourceOfAFormulaIsKept(t *testing.T) {
	d := Render(postOf("$$\n\\frac{a}{b}\n$$\n\n$$\n\\foo\n$$\n"), options(60))
	if len(d.Code()) != 2 {
		t.Fatalf("%d formulas, want 2", len(d.Code()))
	}
	for i, want := range []struct{ source, line string }{{"\\frac{a}{b}\n", "    a/b"}, {"\\foo\n", `  \foo`}} {
		c := d.Code()[i]
		if c.Source != want.source || c.Lang != "math" || c.End != c.Line+1 && i == 0 {
			t.Errorf("%+v, want source %q", c, want.source)
		}
		if got := d.Line(c.End - 1); got != want.line {
			t.Errorf("%q, want %q", got, want.line)
		}
	}
}
