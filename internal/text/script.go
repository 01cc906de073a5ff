package text

import "unicode"

// The most frequent characters of a language make up most of its texts: these
// are two thirds and more of prose. A text read in a wrong encoding has few.
const (
	frequentBoth = "的一是不在人有我他中上大和地到以就出可也你生能而子那得下自之年作用道行所然家事成方多去法如都同面起看定天分好小部其些主理心她本前但因只想日者意力它把十民第公此已工使情明性知全三又正外高由最重物手文美相被利二等或新己制身果加西月回代信表化老位次度任常先海通原立及比水名各入几口平系更打四安少反受目太再建接必件期直命指取至形便空每常言式字碼明包本容器程"

	frequentSimple = frequentBoth + "了这个们来为国说时要会对于着过发后里种经么学现当没动还进样开从实无与长机关点业将两间问很并应头体见什产给门东员解认气题别变总电数报才结感务做场计管统区队决码网页设写读软编译运行请让输错误环简单试类项参调库护构链服务客户据节脚语它跟组件标签状态处传终态线际专则许介绍支持版本器"

	frequentFull = frequentBoth + "了這個們來為國說時要會對於著過發後裡種經麼學現當沒動還進樣開從實無與長機關點業將兩間問很並應頭體見什產給門東員解認氣題別變總電數報才結感務做場計管統區隊決碼網頁設寫讀軟編譯運行請讓輸錯誤環簡單試類項參調庫護構鏈服務客戶據節腳語它跟組件標籤狀態處傳終線際專則許介紹支持版本器"

	frequentKana = "のにはをたがでてとしれさいるもなかすっこうまそくりらきだけよ"

	frequentHangul = "이다는에의을가고하한지로기은를도서어사나자인아그리수들대있게해라정시으일전면만보부장주과제구동성원우니상스여적거무조화안국때문것합습요된되할와했드용러트글간신생위선세소오유할경"

	frequentCyrillic = "оеаинтсрвлОЕАИНТСРВЛ"
)

const (
	minForeign = 8 // characters that tell a language
	minKinds   = 4 // different ones among the frequent: a rule drawn with one sign tells nothing
)

// A census counts the characters of a text that are not ASCII.
type census struct {
	han, kana, hangul, cyrillic, other int
	frequent, kinds                    int // of those given, and how many different ones
	odd                                bool
}

// take counts s. Characters that no text of these languages has are odd.
func take(s, frequent string) census {
	known := make(map[rune]int, len(frequent)/2)
	for _, r := range frequent {
		known[r] = 0
	}
	var c census
	for _, r := range s {
		if r < 0x80 {
			c.odd = c.odd || r < 0x20 && r != '\n' && r != '\r' && r != '\t' || r == 0x7f
			continue
		}
		if n, ok := known[r]; ok {
			c.frequent++
			if n == 0 {
				c.kinds++
			}
			known[r] = n + 1
		}
		switch {
		case unicode.Is(unicode.Han, r):
			c.han++
		case r >= 0x3041 && r <= 0x30ff:
			c.kana++
		case unicode.Is(unicode.Hangul, r):
			c.hangul++
		case unicode.Is(unicode.Cyrillic, r):
			c.cyrillic++
		case r >= 0xff61 && r <= 0xff9f: // half-width kana: single bytes, any text has them when misread
			c.odd = true
		case !unicode.IsGraphic(r) || unicode.Is(unicode.Co, r):
			c.odd = true
		default:
			c.other++
		}
	}
	return c
}

func isSimplified(s string) bool { return take(s, frequentSimple).isChinese() }

func isTraditional(s string) bool { return take(s, frequentFull).isChinese() }

// isChinese reports whether the text is one of Han characters and punctuation.
func (c census) isChinese() bool {
	return !c.odd && c.han >= minForeign && c.kinds >= minKinds && c.frequent*2 >= c.han && c.other <= c.han && (c.kana+c.hangul+c.cyrillic)*20 <= c.han
}

// isJapanese reports whether a good part of the text is kana, and those of
// grammar most of all.
func isJapanese(s string) bool {
	c := take(s, frequentKana)
	return !c.odd && c.kana+c.han >= minForeign && c.kinds >= minKinds && c.frequent*3 >= c.kana+c.han &&
		c.other <= c.kana+c.han && (c.hangul+c.cyrillic)*20 <= c.kana
}

// isKorean reports whether the text is Hangul.
func isKorean(s string) bool {
	c := take(s, frequentHangul)
	return !c.odd && c.hangul >= minForeign && c.kinds >= minKinds && c.frequent*2 >= c.hangul && c.other*2 <= c.hangul && (c.han+c.kana+c.cyrillic)*20 <= c.hangul
}

// isCyrillic reports whether the text is Russian or its like. An old Mac has
// other capitals, and the small letter of one of them; the letters of Ukrainian
// are frames in KOI8-R.
func isCyrillic(s string) bool {
	c := take(s, frequentCyrillic)
	if c.odd || c.cyrillic < 2*minForeign || c.kinds < minKinds || c.frequent*2 < c.cyrillic || c.other*3 > c.cyrillic || c.han+c.kana+c.hangul > 0 {
		return false
	}
	before := rune(0)
	for _, r := range s {
		if unicode.IsUpper(r) && unicode.Is(unicode.Cyrillic, r) && unicode.IsLower(before) || r >= 0x2500 && r <= 0x259f {
			return false
		}
		before = r
	}
	return true
}
