package render

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFormulasInALineAreText(t *testing.T) {
	for _, tt := range []struct{ tex, want string }{
		{`x^2 + \alpha \le \frac{a}{b}`, "x² + α ≤ a/b"},
		{`x^2+\alpha\le1`, "x² + α ≤ 1"},
		{`\frac{a+b}{c}`, "(a+b)/c"},
		{`\frac{1}{2\sigma^2}`, "1/(2σ²)"},
		{`\frac{\partial L}{\partial x}`, "∂L/∂x"},
		{`\frac12 mv^2`, "½mv²"},
		{`\frac{1}{n} \sum_i x_i`, "1/n ∑ᵢ xᵢ"},
		{`\frac{1}{n}x`, "1/n x"},
		{`\left(\frac{a}{b}\right)^2`, "(a/b)²"},
		{`{\frac{a}{b}}^2`, "(a/b)²"},
		{`\sqrt{x+1} \sqrt x \sqrt[3]{2} \sqrt[n]{y}`, "√(x+1) √x ∛2 ⁿ√y"},
		{`2\sqrt{d}k`, "2√d k"},
		{`\sum_{i=1}^n x_i`, "∑ᵢ₌₁ⁿ xᵢ"},
		{`\sum_{i \in I} x_i`, "∑_(i∈I) xᵢ"},
		{`\theta_{\text{old}} x`, "θ_old x"},
		{`e^{-x^2} dx`, "e^(−x²) dx"},
		{`e^{i\pi}`, "e^(iπ)"},
		{`x'_i + f''(x)`, "x′ᵢ + f′′(x)"},
		{`x_i^{*} A^\top 90^\circ`, "xᵢ*Aᵀ90°"},
		{`\mathbb{R}^n, \mathcal{L}, \mathbf{x}, \boldsymbol\theta, \mathfrak{C}, \mathrm{d}`, "ℝⁿ, ℒ, 𝐱, 𝛉, ℭ, d"},
		{`\hat{x}, \bar y, \tilde{\mathbf{z}}, \vec{AB}, \hat{x_i}`, "x\u0302, ȳ, z\u0303, vec(AB), x\u0302ᵢ"},
		{`p(x \vert y) = p(x \mid y) = \|x\|`, "p(x|y) = p(x | y) = ‖x‖"},
		{`-x + -y`, "−x + −y"},
		{`2\log p(x) \max_a Q`, "2 log p(x) maxₐ Q"},
		{`\lim_{x\to 0} \frac{\sin x}{x}`, "lim_(x→0) (sin x)/x"},
		{`\{1, 2, \dots, C\}`, "{1, 2, …, C}"},
		{`1,000 \times 2,5`, "1,000 × 2, 5"},
		{`a := b, f: X \to Y`, "a := b, f: X → Y"},
		{`a \not= b \not\in C`, "a ≠ b ∉ C"},
		{`\text{if } x > 0 \text{ and $y_1$}`, "if x > 0 and y₁"},
		{`a\,b \quad c~d`, "a b c d"},
		{`\bigl( x \Big| y \bigr)`, "(x|y)"},
		{`\overset{def}{=} a \stackrel{!}{=} b`, "=ᵈᵉᶠ a =^! b"},
		{`x \xrightarrow[b]{a} y`, "x ─(a, b)→ y"},
		{`\binom{n}{k} a \pmod{7} b \bmod 2`, "(n choose k)a (mod 7)b mod 2"},
		{`\underbrace{a+b}_\text{sum}`, "(a + b)ₛᵤₘ"},
		{`\color{red}{x} \textcolor{red}{y}`, "xy"},
		{`\begin{bmatrix}1&2\\3&4\end{bmatrix}`, "[1 2; 3 4]"},
		{`\begin{cases} 1 & x \\ 2 & y \end{cases}`, "{ 1  x; 2  y"},
		{`\begin{aligned} a &= b \\ &= c \end{aligned}`, "a = b; = c"},
		{`\sum_{\substack{i\\j}} x`, "∑_(i, j) x"},
		{`a &lt; b`, "a < b"},
		{`m % d`, "m % d"},
		{`x \in 集合`, "x ∈ 集合"},
	} {
		if got, ok := formulaText(tt.tex, false, 80); !ok || got != tt.want {
			t.Errorf("%s\n got %q, %t\nwant %q", tt.tex, got, ok, tt.want)
		}
	}
}

func TestFormulasOfTheirOwnHaveTheirRows(t *testing.T) {
	for _, tt := range []struct{ tex, want string }{
		{`x = 1`, "x = 1"},
		{"\\begin{aligned}\na &= b + c \\\\\n&= d \\\\\nlong &\\le e\\end{aligned}", "   a = b + c\n     = d\nlong ≤ e"},
		{`a = b \\[2em] c = d`, "a = b\nc = d"},
		{`A = \begin{pmatrix}1&-2\\30&4\end{pmatrix} x`, "A = ⎛ 1   −2 ⎞ x\n    ⎝ 30  4  ⎠"},
		{`\begin{vmatrix}a\\b\end{vmatrix}`, "│ a │\n│ b │"},
		{`|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{else} \end{cases}`, "|x| = ⎧ x   if x ≥ 0\n      ⎩ −x  else"},
		{`f = \left\{\begin{array}{ll} 1 & a \\ 0 & b \\ 2 & c\end{array}\right.`, "    ⎧ 1  a\nf = ⎨ 0  b\n    ⎩ 2  c"},
		{`\begin{equation}\label{e} x = 1 \tag{1} \end{equation}`, "x = 1    (1)"},
		{`\begin{equation}\begin{split} a &= b \\ &= c \end{split}\end{equation}`, "a = b\n  = c"},
		{`x = \frac{1}{\begin{bmatrix}1\\2\end{bmatrix}}`, "x = 1/[1; 2]"},
		{strings.Repeat("x+", 40) + `\begin{bmatrix}1\\2\end{bmatrix}`, strings.Repeat("x + ", 40) + "[1; 2]"}, // too wide for brackets
	} {
		if got, ok := formulaText(tt.tex, true, 80); !ok || got != tt.want {
			t.Errorf("%s\n got %t\n%s\nwant\n%s", tt.tex, ok, got, tt.want)
		}
	}
}

func TestFormulasThatCannotBeToldAreNotTouched(t *testing.T) {
	for _, tex := range []string{
		"", " ", `\foo`, `x \foo{y}`, `{x`, `x}`, `\frac{a}`, `x^`, `x_`, `\left( x`, `x \right)`, `\left x \right)`, `\sqrt`, `\text{`, `\text{$x}`,
		`\begin{foo}x\end{foo}`, `\begin{matrix}x`, `\begin{matrix}x\end{pmatrix}`, `\end{matrix}`, `a & b`, `a \\ b`, `x # y`, "x % y\nz",
		`\newcommand{\x}{y}`, `\hspace 2em`, `\`, `\color`, `\mathbb`, `\mathbf^2`,
		strings.Repeat("{", 100) + "x" + strings.Repeat("}", 100),
		strings.Repeat(`\sqrt{`, 100) + "x" + strings.Repeat("}", 100),
		strings.Repeat(`\text{`, 100) + "x" + strings.Repeat("}", 100),
		strings.Repeat(`\begin{matrix}`, 100) + "x" + strings.Repeat(`\end{matrix}`, 100),
		strings.Repeat("x", 9<<10),
		`\begin{matrix}` + strings.Repeat(`a\\`, 150) + `\end{matrix}`,
		`\begin{matrix}` + strings.Repeat(`a&`, 150) + `\end{matrix}`,
	} {
		if got, ok := formulaText(tex, false, 80); ok {
			t.Errorf("%s became %q", tex, got)
		}
	}
}

func TestAFormulaIsNotBlownUp(t *testing.T) {
	// Every row is filled up to the widest.
	tex := `\begin{matrix}` + strings.Repeat("x", 4000) + `\\` + strings.Repeat(`a&b\\`, 90) + `\end{matrix}`
	if got, ok := formulaText(tex, true, 1<<20); ok {
		t.Errorf("%d bytes became %d", len(tex), len(got))
	}
}

// mostBlown is how many times its source a formula may be as text: rows are
// filled up to the widest, and each sign has a blank beside it.
const mostBlown = maxFormulaText

func FuzzFormula(f *testing.F) {
	for _, seed := range []string{
		`x^2 + \alpha \le \frac{a}{b}`, `\left(\begin{bmatrix}1&2\\3&4\end{bmatrix}\right)^{-1}`, `\begin{aligned}a&=b\\&=c\end{aligned}`,
		`\hat{x}_{i,j}''\text{if $y$ \_}`, `\sqrt[n]{\underbrace{x}_{\text{a}}}`, `\xrightarrow[b]{a}\overset{!}{=}\not=`, `\begin{cases}1&x\\2&y\end{cases}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, tex string) {
		for _, display := range []bool{false, true} {
			got, ok := formulaText(tex, display, 60)
			if !ok {
				if got != "" {
					t.Errorf("%q is refused with %q", tex, got)
				}
				continue
			}
			if len(got) > mostBlown {
				t.Errorf("%d bytes became %d", len(tex), len(got))
			}
			if strings.Contains(got, "\n") && !display {
				t.Errorf("%q has two lines", got)
			}
			if utf8.ValidString(tex) && !strings.ContainsFunc(tex, isControl) &&
				(!utf8.ValidString(got) || strings.ContainsFunc(strings.ReplaceAll(got, "\n", ""), isControl)) {
				t.Errorf("%q became %q", tex, got)
			}
		}
	})
}
