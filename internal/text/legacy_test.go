package text_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"lectern/internal/text"
)

// An old is an encoding, and lines that people write in it.
type old struct {
	name  string
	table encoding.Encoding
	lines string
}

func olds() []old {
	return []old{
		{"GB18030", simplifiedchinese.GB18030, simplified},
		{"GB18030", simplifiedchinese.GBK, simplified},
		{"Big5", traditionalchinese.Big5, traditional},
		{"Shift_JIS", japanese.ShiftJIS, kana},
		{"EUC-JP", japanese.EUCJP, kana},
		{"EUC-KR", korean.EUCKR, hangul},
		{"Windows-1251", charmap.Windows1251, russian},
		{"KOI8-R", charmap.KOI8R, russian},
		{"Windows-1252", charmap.Windows1252, western},
		{"Windows-1252", charmap.ISO8859_1, latin1},
	}
}

const (
	simplified = `今天我们来看一看怎么用容器部署一个小的网站
这篇文章介绍了我在工作中学到的几件事情
如果你的程序运行得很慢，先不要着急改代码。
服务器上的时间和本地的时间不一样，这是为什么？
他说这个问题已经有人解决了，可是我没有找到答案
title: 我的第一篇文章，写给自己看的
我用 Go 写了一个 SSH 服务，它只有两千行代码。
在中国，很多人每天都会用手机看新闻
下面的例子说明了如何把数据从一个地方传到另一个地方
昨天下了一天的雨，我在家里看了一本书，是关于历史的。
# 关于时间的几点想法
这里没有什么特别的东西，只是一些日常的记录而已`
	traditional = `今天我們來看一看怎麼用容器建一個小的網站
這篇文章說明了我在工作中學到的幾件事情
如果你的程式執行得很慢，先不要急著改它。
伺服器上的時間和我們這裡的時間不一樣，這是為什麼？
他說這個問題已經有人解決了，可是我沒有找到
title: 我的第一篇文章，寫給自己看的
我用 Go 寫了一個 SSH 的服務，它只有兩千行。
在這裡很多人每天都會用手機看新聞
下面的例子說明了如何把資料從一個地方傳到另一個地方
昨天下了一天的雨，我在家裡看了一本書，是關於歷史的。
# 關於時間的幾點想法
這個地方沒有什麼特別的，只是一些日常的事`
	kana = `今日はコンテナで小さなサイトを公開する方法を見てみましょう
この記事では、仕事の中で学んだことをいくつか紹介します。
プログラムが遅いときは、まず測ってから直すことにしている
サーバーの時刻がずれているのはなぜだろうか？
誰かがもう解決したと言っていたが、答えは見つからなかった
title: はじめての記事です。よろしくお願いします
Go で SSH のサービスを書いてみた。二千行くらいになった。
毎朝、電車の中で新しいニュースを読むようにしています
次の例は、データを別の場所に移すやり方を示しています。
昨日は一日中雨だったので、家で歴史の本を読んでいた。
# 時間についての短いメモ
特に変わったことはない、ただの日記です`
	hangul = `오늘은 컨테이너로 작은 사이트를 만들어 보겠습니다
이 글에서는 일하면서 배운 것을 몇 가지 정리해 보았다.
프로그램이 느리다면 먼저 측정하고 나서 고치는 것이 좋다
서버의 시간이 우리 시간과 다른 이유는 무엇일까?
누군가 이미 해결했다고 했지만 나는 답을 찾지 못했다
title: 나의 첫 번째 글, 그리고 인사
Go 언어로 SSH 서비스를 만들었다. 이천 줄 정도 된다.
요즘 사람들은 매일 아침 전화기로 새로운 소식을 본다
다음은 자료를 다른 곳으로 보내는 방법을 보여 주는 예이다.
어제는 하루 종일 비가 와서 집에서 역사에 대한 책을 읽었다.
# 시간에 대한 짧은 생각
특별한 것은 없고 그냥 하루의 기록이다`
	russian = `Сегодня мы посмотрим, как запустить маленький сайт
В этой статье я расскажу о том, чему научился на работе.
Если программа работает медленно, сначала измерьте её
Почему время на сервере не такое, как у нас?
Кто-то уже решил эту задачу, но ответа я не нашёл
title: Моя первая запись, здравствуйте все
Я написал сервис на Go, в нём всего две тысячи строк.
Каждое утро в поезде я читаю новости и пью кофе
Следующий пример показывает, как перенести данные.
Вчера весь день шёл дождь, и я читал дома книгу об истории.
# Несколько слов о времени
Здесь нет ничего особенного, только обычные заметки`
	latin1 = `Le café est fermé, et nous ne savons pas encore où aller ce soir.
Il a été écrit par un élève qui est très fort en informatique
Wir müssen die Größe der Datei prüfen, und das ist nicht schwer.
Für die Übung brauchen wir ein Gerät, das im Büro steht
El niño que vive en la montaña no va a la escuela por la mañana.
¿Por qué no funciona? Es que la versión del programa es muy vieja
Não é difícil: a função que lê os dados está no começo do código.
È così: la città è là, però non si va più di là, perché è già chiusa; e così è, è così, è là, la verità è questa.
Perché il server è lento? La verità è che non si sa.
Het probleem is dat de coördinaten van het beeld niet kloppen
Det är inte svårt att förstå hur det fungerar, men det tar tid.
Det er ikke så svært at forstå, men det tager tid på en ny maskine.
Tämä ei ole vaikeaa, mutta se on hyvä tietää, kun ohjelma on hidas.
We met at the café and it was the best day of the year.`
	western = latin1 + `
It’s the first of the posts — and “the best” of them, he said.
The price was 5 € for a day, which is not what you’d think…
C’est l’été, et le soleil est déjà là pour nous.
Das ist der Anfang – und „das Ende“ ist noch nicht in Sicht.`
)

func encode(t *testing.T, table encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := table.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("%v: %q", err, s)
	}
	return b
}

func TestDecodeReadsOldEncodings(t *testing.T) {
	for _, o := range olds() {
		samples := append(strings.Split(o.lines, "\n"), o.lines)
		if o.name == "Windows-1252" { // several languages make no text
			samples = samples[:len(samples)-1]
		}
		for _, want := range samples {
			got, repairs := text.Decode(encode(t, o.table, want))
			if got != want {
				t.Errorf("%s: got %.60q, want %.60q", o.name, got, want)
			}
			said := "the file is " + o.name + ", not UTF-8; it is read as such"
			if len(repairs) != 1 || repairs[0].Line != 1 || repairs[0].What != said {
				t.Errorf("%s: %.20q: repairs %v, want %q", o.name, want, repairs, said)
			}
		}
	}
}

func TestDecodeNamesTheFirstLineOfAnOldEncoding(t *testing.T) {
	file := "---\r\ntitle: plain\r\n---\r\n\r\n" + string(encode(t, simplifiedchinese.GBK, simplified))
	got, repairs := text.Decode([]byte(file))
	if !strings.HasSuffix(got, simplified) || len(repairs) != 1 || repairs[0].Line != 5 {
		t.Errorf("%.60q, repairs %v; want the text, and line 5", got, repairs)
	}
}

// A text in an encoding that is not read, or in two, is left as it is.
func TestDecodeGuessesNothing(t *testing.T) {
	czech := "Příliš žluťoučký kůň úpěl ďábelské ódy, a to se nám líbí."
	polish := "Zażółć gęślą jaźń, a potem napisz o tym na blogu, bo to jest ważne."
	for name, in := range map[string]string{
		"Windows-1250, Czech":            string(encode(t, charmap.Windows1250, czech)),
		"Windows-1250, Polish":           string(encode(t, charmap.Windows1250, polish)),
		"ISO 8859-2":                     string(encode(t, charmap.ISO8859_2, polish)),
		"a Polish name in English":       string(encode(t, charmap.Windows1250, "The book was written by Jan Kaczyński, and it is the best of them.")),
		"a Czech name in English":        string(encode(t, charmap.Windows1250, "This is the music of Antonín Dvořák and it was written for you.")),
		"Turkish":                        string(encode(t, charmap.Windows1254, "Bugün hava çok güzel, ama ben işe gitmek zorundayım.")),
		"an old Mac":                     string(encode(t, charmap.Macintosh, "Le café est fermé, et nous ne savons pas où aller ce soir.")),
		"an old Mac, Spanish":            string(encode(t, charmap.Macintosh, "El niño que vive en la montaña no va a la escuela por la mañana del día.")),
		"an old Mac, quotes":             string(encode(t, charmap.Macintosh, "It’s the first of the posts — and “the best” of them.")),
		"DOS, French":                    string(encode(t, charmap.CodePage850, "Le café est fermé, et nous ne savons pas où aller ce soir.")),
		"DOS, one letter":                string(encode(t, charmap.CodePage850, "On va à la plage et le soleil est dans le ciel.")),
		"DOS, German":                    string(encode(t, charmap.CodePage437, "Wir müssen die Größe der Datei prüfen, und das ist nicht schwer.")),
		"DOS, Russian":                   string(encode(t, charmap.CodePage866, russian)),
		"ISO 8859-5, Russian":            string(encode(t, charmap.ISO8859_5, russian)),
		"Greek":                          string(encode(t, charmap.Windows1253, "Σήμερα θα δούμε πώς λειτουργεί το πρόγραμμα αυτό.")),
		"Hebrew":                         string(encode(t, charmap.Windows1255, "היום נראה איך התוכנית הזאת עובדת, ולמה.")),
		"Arabic":                         string(encode(t, charmap.Windows1256, "اليوم سوف نرى كيف يعمل هذا البرنامج ولماذا")),
		"Thai":                           string(encode(t, charmap.Windows874, "วันนี้เราจะมาดูว่าโปรแกรมนี้ทำงานอย่างไร")),
		"UTF-8 with a stray byte":        "Le café est là, et nous ne savons pas o\xf9 aller pour ce soir.",
		"Chinese UTF-8 cut in the midst": simplified + "\xe4\xbd",
		"a line of UTF-8 below GBK":      string(encode(t, simplifiedchinese.GBK, simplified)) + "\n今天的天气很好\n",
		"an old Mac, dots":               string(encode(t, charmap.Macintosh, "It is the first of the posts … and that is not all.")),
		"an old Mac, quotes at a stop":   string(encode(t, charmap.Macintosh, "He said that it was “the best of the tools,” and we were not asked.")),
		"a Greek letter in English":      string(encode(t, charmap.Windows1253, "This is the best λ by cross validation, and it was in the paper.")),
		"a name that is an apostrophe":   string(encode(t, charmap.CodePage850, "This is the work of Æva Black and it was in the paper.")),
		"a drawing in EUC-KR":            string(encode(t, korean.EUCKR, "└─────────┘ ├────────┤ └──────┘")),
		"a name in EUC-JP":               string(encode(t, japanese.EUCJP, "Please welcome Léo and Zoé and René, and Élodie, and Noël, and Chloë, Anaïs, Lætitia.")),
		"letters that are half a word":   "It is the \xe9\xe8\xe0\xea\xeb of this.",
		"a single byte":                  "\xe9",
		"a word alone":                   "caf\xe9",
		"an old Mac, Russian":            string(encode(t, charmap.MacintoshCyrillic, russian)),
		"Ukrainian in KOI8-U":            string(encode(t, charmap.KOI8U, "Сьогодні ми подивимося, як запустити невеликий сайт у мережі")),
		"an old Mac, dots in a word":     string(encode(t, charmap.Macintosh, "We have to wait…what is that for, and who was it?")),
		"kana in Chinese, no signs":      string(encode(t, simplifiedchinese.GBK, "我们今天在这里学到的东西都是关于时间的 我的第一本书是在家里看的 こんにちはこれはとてもきれい")),
		"kana in Chinese":                string(encode(t, simplifiedchinese.GBK, simplified+"\nこんにちは、これはとてもきれいですね")),
		"rare Hangul":                    string(encode(t, korean.EUCKR, "갉귁긂깯꽐꿩뉨닁덞됭뒝 나 다 가 이 고")),
		"five characters":                string(encode(t, simplifiedchinese.GBK, "我们都是人")),
		"sense in two encodings":         string(encode(t, simplifiedchinese.GBK, "常参场计单等程或把")),
		"two characters":                 string(encode(t, simplifiedchinese.GBK, "中文")),
		"bytes":                          "\x80\x81\x82\xfe\xff \xa0\xa1\xf5\xf6 the of and to in",
	} {
		if got, repairs := text.Decode([]byte(in)); got != in || len(repairs) != 1 || !strings.Contains(repairs[0].What, "shown as") {
			t.Errorf("%s: %q became %q with %v, want it as it is and one repair", name, in, got, repairs)
		}
	}
}

func TestDecodeIsLinear(t *testing.T) {
	for _, unit := range []string{"\xe9", "a\xe9", "\xb5\xc4", "\x92a", "the \x92", "\xe9\n", "\x82\xa0", "\xd0", "a\x00", "\xe4\xb8\xad\xff", simplified + "\xff"} {
		start := time.Now()
		text.Decode([]byte(strings.Repeat(unit, (1<<20)/len(unit))))
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("1 MiB of %.10q took %v", unit, took)
		}
	}
}
