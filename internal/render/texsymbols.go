package render

import (
	"strings"
	"sync"
)

// A symbol is what a command of TeX stands for, and how it stands between
// others.
type symbol struct {
	text  string
	class class
}

// symbols are the commands that stand for a sign, by name without the
// backslash.
var symbols = sync.OnceValue(func() map[string]symbol {
	m := map[string]symbol{}
	for class, table := range map[class]string{
		ordinary: letters + signs, operator: operators, binary: binaries, relation: relations + arrows,
		opens: openings, closes: closings, punctuation: "colon : ldotp . cdotp ·",
	} {
		words := strings.Fields(table)
		for i := 0; i+1 < len(words); i += 2 {
			m[words[i]] = symbol{words[i+1], class}
		}
	}
	for _, name := range strings.Fields(functions) {
		m[name] = symbol{name, operator}
	}
	return m
})

const letters = `
alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ
lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ
chi χ psi ψ omega ω digamma ϝ
Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π
Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω
varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varPhi Φ varPsi Ψ varOmega Ω
aleph ℵ beth ℶ gimel ℷ daleth ℸ ell ℓ hbar ℏ hslash ℏ imath ı jmath ȷ Re ℜ Im ℑ wp ℘ mho ℧ Bbbk 𝕜 eth ð
R ℝ N ℕ Z ℤ reals ℝ Reals ℝ natnums ℕ Complex ℂ cnums ℂ
aa å AA Å ae æ AE Æ oe œ OE Œ o ø O Ø ss ß l ł L Ł i ı j ȷ`

const signs = `
infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥
angle ∠ measuredangle ∡ sphericalangle ∢ triangle △ square □ Box □ Diamond ◇ blacksquare ■ qed □ bigstar ★ lozenge ◊
clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ flat ♭ natural ♮ sharp ♯ checkmark ✓ surd √
prime ′ backprime ‵ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso … hdots …
vert | Vert ‖ | ‖ degree ° dag † ddag ‡ S § P ¶ copyright © pounds £ euro € yen ¥ textdegree °
backslash \ textbackslash \ lbrace { rbrace } % % $ $ # # & & _ _ / / - ⁃ textasciitilde ~ textunderscore _
mathdollar $ complement ∁ hash # blacktriangle ▲ triangledown ▽ infin ∞ empty ∅ isin ∈ alefsym ℵ
textregistered ® circledR ® maltese ✠ QED □ Finv Ⅎ Game ⅁ diagup ╱ diagdown ╲ cent ¢`

const operators = `
sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ intop ∫ smallint ∫ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀
bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆ argmax argmax argmin argmin mod mod bmod mod limsup limsup
liminf liminf injlim injlim projlim projlim varlimsup limsup varliminf liminf`

const functions = `arccos arcsin arctan arccot arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim ln log
max min Pr sec sin sinh sup tan tanh tr Tr rank sgn sign diag argmax argmin softmax lcm erf cov Cov var Var
plim th sh ch ctg tg arctg arcctg cosec cotg`

const binaries = `
pm ± mp ∓ times × div ÷ cdot · centerdot · ast * star ⋆ circ ∘ bullet • cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔
vee ∨ lor ∨ wedge ∧ land ∧ setminus \ smallsetminus \ wr ≀ diamond ⋄ bigtriangleup △ bigtriangledown ▽
triangleleft ◁ triangleright ▷ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ bigcirc ◯ dagger † ddagger ‡ amalg ⨿
circledast ⊛ circledcirc ⊚ circleddash ⊝ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ ltimes ⋉ rtimes ⋊ intercal ⊺
barwedge ⊼ veebar ⊻ curlyvee ⋎ curlywedge ⋏ divideontimes ⋇ dotplus ∔ Cap ⋒ Cup ⋓ sdot ⋅ And & plusmn ±
leftthreetimes ⋋ rightthreetimes ⋌ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵`

const relations = `
le ≤ leq ≤ leqslant ≤ leqq ≦ ge ≥ geq ≥ geqslant ≥ geqq ≧ lt < gt > ne ≠ neq ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙
equiv ≡ sim ∼ simeq ≃ approx ≈ approxeq ≊ thickapprox ≈ thicksim ∼ cong ≅ ncong ≇ propto ∝ varpropto ∝ asymp ≍
doteq ≐ doteqdot ≑ triangleq ≜ coloneqq := eqqcolon =: coloneq := Coloneqq ::= eqcirc ≖ circeq ≗ bumpeq ≏ Bumpeq ≎
in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉
Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ prec ≺ succ ≻ preceq ⪯ succeq ⪰ precsim ≾ succsim ≿
preccurlyeq ≼ succcurlyeq ≽ lesssim ≲ gtrsim ≳ lessgtr ≶ gtrless ≷ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ lneq ⪇ gneq ⪈
nprec ⊀ nsucc ⊁ perp ⊥ parallel ∥ nparallel ∦ mid | nmid ∤ shortmid ∣ shortparallel ∥ vdash ⊢ dashv ⊣ models ⊨
vDash ⊨ Vdash ⊩ Vvdash ⊪ nvdash ⊬ nvDash ⊭ bowtie ⋈ Join ⋈ smile ⌣ frown ⌢ between ≬ pitchfork ⋔ therefore ∴ because ∵
vartriangleleft ⊲ vartriangleright ⊳ trianglelefteq ⊴ trianglerighteq ⊵ backsim ∽ risingdotseq ≓ fallingdotseq ≒
vcentcolon : nsim ≁ approxident ≋ multimap ⊸`

const arrows = `
to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⇒ impliedby ⇐
iff ⇔ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺
mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓
Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ leadsto ⇝ rightsquigarrow ⇝ leftharpoonup ↼ leftharpoondown ↽
rightharpoonup ⇀ rightharpoondown ⇁ rightleftharpoons ⇌ leftrightharpoons ⇋ twoheadrightarrow ↠ twoheadleftarrow ↞
rightrightarrows ⇉ leftleftarrows ⇇ rightleftarrows ⇄ leftrightarrows ⇆ upuparrows ⇈ downdownarrows ⇊
nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ nleftrightarrow ↮ nLeftrightarrow ⇎ dashrightarrow ⇢
dashleftarrow ⇠ circlearrowleft ↺ circlearrowright ↻ curvearrowleft ↶ curvearrowright ↷ rightarrowtail ↣ leftarrowtail ↢
Lleftarrow ⇚ Rrightarrow ⇛ Lsh ↰ Rsh ↱ rarr → larr ← rArr ⇒ lArr ⇐ harr ↔ hArr ⇔ restriction ↾ upharpoonright ↾`

const openings = `langle ⟨ lceil ⌈ lfloor ⌊ lvert | lVert ‖ lbrack [ { { lgroup ( llbracket ⟦ lparen ( ulcorner ⌜ llcorner ⌞`

const closings = `rangle ⟩ rceil ⌉ rfloor ⌋ rvert | rVert ‖ rbrack ] } } rgroup ) rrbracket ⟧ rparen ) urcorner ⌝ lrcorner ⌟`

// accents are the marks that commands put over a sign, and what is written
// before brackets where there are several.
var accents = map[string]struct{ mark, name string }{
	"hat": {"\u0302", "hat"}, "widehat": {"\u0302", "hat"}, "bar": {"\u0304", "bar"}, "overline": {"\u0304", "bar"},
	"tilde": {"\u0303", "tilde"}, "widetilde": {"\u0303", "tilde"}, "vec": {"\u20d7", "vec"},
	"overrightarrow": {"\u20d7", "vec"}, "overleftarrow": {"\u20d6", "vec←"}, "dot": {"\u0307", "dot"}, "ddot": {"\u0308", "ddot"},
	"dddot": {"\u20db", "dddot"}, "acute": {"\u0301", "acute"}, "grave": {"\u0300", "grave"}, "check": {"\u030c", "check"},
	"breve": {"\u0306", "breve"}, "mathring": {"\u030a", "ring"}, "underline": {"\u0332", "underline"},
	"underbar": {"\u0332", "underline"}, "widecheck": {"\u030c", "check"}, "overleftrightarrow": {"\u20e1", "vec↔"},
}

// alphabets are the letters that commands set in another face.
var alphabets = map[string]alphabet{
	"mathbb": doubled, "Bbb": doubled, "mathds": doubled, "mathbbm": doubled, "mathcal": scripted, "mathscr": scripted, "cal": scripted,
	"mathfrak": gothic, "frak": gothic, "mathbf": heavy, "boldsymbol": heavy, "bm": heavy, "bold": heavy, "pmb": heavy, "symbf": heavy,
	"mathbfit": heavy, "mathrm": upright, "mathit": upright, "mathsf": upright, "mathtt": upright, "mathnormal": upright, "symup": upright,
	"mathup": upright, "mathbin": upright, "mathord": upright, "mathinner": upright, "boxed": upright, "fbox": upright,
	"smash": upright, "mathstrut": upright, "underbrace": grouped, "overbrace": grouped, "ensuremath": upright,
	"mathclap": upright, "mathllap": upright, "mathrlap": upright,
}

// silent are the commands that only say how large or where something stands.
var silent = setOf("limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle small large Large footnotesize " +
	"tiny normalsize scriptsize Huge huge LARGE rm it sf nonumber notag hline strut mathstrut allowbreak nobreak noindent hfill hfil " +
	"centering displaylimits relax null protect ")

// blanks are the commands that leave room.
var blanks = setOf(", : ; > quad qquad enspace enskip thinspace medspace thickspace space nobreakspace")
