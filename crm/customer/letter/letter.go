// Package letter knows which letters are one in Japanese names and places.
//
// It owns the tables of old and variant forms of kanji, of letters that look
// alike, and of the ways a reading is spelled. It promises that folding is for
// comparing only, gives the same for a text and for its folded form, and never
// makes two letters one that nobody takes for each other. What is folded when,
// and what follows from it, is left to crm/customer and its addresses; widths
// are folded before, by NFKC.
package letter

import "strings"

// forms are old and variant forms, each before the one it is folded to.
// Sources: the 旧字体 of 常用漢字表 and 人名用漢字, the variants of the address
// normalisers in public use (jisDai2), and letters of CP932's NEC and IBM rows.
const forms = "" +
	"亞亜惡悪壓圧圍囲爲為醫医壹壱稻稲飮飲隱隠營営榮栄衞衛驛駅圓円艷艶鹽塩緣縁奧奥應応橫横歐欧毆殴黃黄溫温穩穏假仮價価畫画會会壞壊懷懐繪絵擴拡殼殻覺覚學学嶽岳樂楽渴渇鐮鎌勸勧卷巻寬寛歡歓罐缶觀観關関陷陥巖巌顏顔歸帰氣気龜亀僞偽戲戯犧犠舊旧據拠擧挙峽峡挾挟狹狭鄕郷曉暁區区驅駆勳勲薰薫徑径" +
	"惠恵揭掲溪渓經経繼継莖茎螢蛍輕軽鷄鶏藝芸擊撃缺欠儉倹劍剣圈圏檢検權権獻献縣県硏研險険顯顕驗験嚴厳效効廣広恆恒鑛鉱號号國国黑黒濟済碎砕齋斎齊斎斉斎劑剤櫻桜册冊雜雑參参慘惨棧桟蠶蚕贊賛殘残絲糸齒歯兒児辭辞濕湿實実舍舎寫写釋釈壽寿收収從従澁渋獸獣縱縦肅粛處処敍叙奬奨將将燒焼稱称證証乘乗" +
	"剩剰壤壌孃嬢條条淨浄狀状疊畳穰穣讓譲釀醸囑嘱觸触寢寝愼慎眞真晉晋刄刃盡尽圖図粹粋醉酔隨随髓髄數数樞枢瀨瀬淸清聲声靜静靑青竊窃攝摂專専戰戦淺浅潛潜纖繊踐践錢銭禪禅雙双壯壮搜捜插挿曾曽爭争莊荘裝装總総騷騒增増藏蔵臟臓卽即屬属續続墮堕體体對対帶帯滯滞臺台瀧滝擇択澤沢單単團団斷断擔担膽胆" +
	"彈弾癡痴遲遅晝昼蟲虫鑄鋳廳庁聽聴敕勅鎭鎮遞逓鐵鉄轉転點点傳伝黨党盜盗燈灯當当鬭闘德徳獨独讀読屆届繩縄貳弐姙妊惱悩腦脳霸覇廢廃拜拝賣売麥麦發発髮髪拔抜蠻蛮祕秘濱浜濵浜甁瓶佛仏拂払變変邊辺邉辺辨弁辯弁瓣弁寶宝豐豊襃褒沒没飜翻槇槙萬万滿満默黙彌弥藥薬譯訳豫予餘余與与譽誉搖揺樣様謠謡遙遥" +
	"來来賴頼亂乱覽覧兩両獵猟綠緑壘塁勵励禮礼隸隷靈霊齡齢戀恋爐炉勞労樓楼郞郎祿禄龍竜瑤瑶亙亘凜凛堯尭彥彦髙高﨑崎嵜崎碕崎栁柳桺柳冨富嶋島嶌島檜桧籠篭淵渕桒桑舘館籔薮藪薮埜野峯峰舩船邨村曻昇𠮷吉﨔欅槗橋槁橋緖緒吳呉曺曹鬪闘潴瀦欝鬱昻昂萠萌蘓蘇"

// alike are kanji and kana that eyes and readers of paper take for one another.
const alike = "二ニ八ハ口ロ力カ工エ夕タ卜ト"

var (
	kanji = table(forms)
	kana  = table(alike)
	// asKanji is the other way round: names look more like themselves so.
	asKanji = func() map[rune]rune {
		t := map[rune]rune{}
		for k, v := range kana {
			t[v] = k
		}
		return t
	}()
)

func table(pairs string) map[rune]rune {
	letters := []rune(pairs)
	t := make(map[rune]rune, len(letters)/2)
	for i := 0; i+1 < len(letters); i += 2 {
		if letters[i] != letters[i+1] {
			t[letters[i]] = letters[i+1]
		}
	}
	return t
}

// Kanji is the form r is folded to, r itself for most.
func Kanji(r rune) rune {
	if to, ok := kanji[r]; ok {
		return to
	}
	return r
}

// Katakana is r with hiragana as katakana.
func Katakana(r rune) rune {
	if r >= 'ぁ' && r <= 'ゖ' || r == 'ゝ' || r == 'ゞ' {
		return r + ('ァ' - 'ぁ')
	}
	return r
}

// IsKana says that r is a letter of a reading.
func IsKana(r rune) bool {
	return r >= 'ぁ' && r <= 'ゖ' || r >= 'ァ' && r <= 'ヺ' || r == 'ー' || r == 'ゝ' || r == 'ゞ' || r == 'ヽ' || r == 'ヾ'
}

// IsKanji says that r is a Chinese character or one of the marks used as one.
func IsKanji(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x2FA1F || r == '々' || r == '〆'
}

// IsHyphen says that r stands for a hyphen between numbers, whatever it is:
// hyphens, minus signs, dashes, waves and the long vowel mark.
func IsHyphen(r rune) bool {
	switch r {
	case '-', 'ー', '－', 'ｰ', '‐', '‑', '‒', '–', '—', '―', '−', '~', '〜', '～':
		return true
	}
	return false
}

// Name folds a name as written: forms of kanji, hiragana to katakana, letters
// that look alike, and what stands around a name without being of it.
func Name(s string) string {
	s = strings.TrimSuffix(s, "様")
	for _, kind := range []string{"株式会社", "(株)", "有限会社", "(有)", "合同会社"} {
		s = strings.ReplaceAll(s, kind, "")
	}
	var out []rune
	for _, r := range strings.ToLower(s) {
		afterKana := len(out) > 0 && IsKana(out[len(out)-1])
		switch {
		case IsHyphen(r) && afterKana:
			r = '一' // ジョー, ジョ一
		case r == ' ' || r == '・' || r == '.' || r == ',' || IsHyphen(r):
			continue
		}
		r = Katakana(Kanji(r))
		if to, ok := asKanji[r]; ok {
			r = to
		}
		out = append(out, r)
	}
	return string(out)
}

// large are the small kana, which old systems cannot write, before the large.
var large = table("ァアィイゥウェエォオッツャヤュユョヨヮワヵカヶケヂジヅズヲオ")

// rows are the kana of each vowel.
var rows = func() map[rune]rune {
	vowels := map[rune]rune{}
	for vowel, row := range map[rune]string{
		'ア': "アカサタナハマヤラワガザダバパ", 'イ': "イキシチニヒミリギジビピ", 'ウ': "ウクスツヌフムユルグズブプヴ",
		'エ': "エケセテネヘメレゲゼデベペ", 'オ': "オコソトノホモヨロゴゾドボポ",
	} {
		for _, r := range row {
			vowels[r] = vowel
		}
	}
	return vowels
}()

// Reading folds a reading: small and large kana, ヂ and ジ, ヅ and ズ, and the
// ways a long vowel is written (オオ, オウ, オー).
func Reading(s string) string {
	var out []rune
	var before rune // the vowel of the last letter
	for _, r := range s {
		r = Katakana(r)
		if to, ok := kana[r]; ok {
			r = to
		}
		if r == '一' || IsHyphen(r) {
			r = 'ー'
		}
		if to, ok := large[r]; ok {
			r = to
		}
		switch {
		case r == ' ' || r == '・':
			continue
		case before != 0 && (r == 'ー' || r == before || before == 'オ' && r == 'ウ'):
			if out[len(out)-1] != 'ー' {
				out = append(out, 'ー')
			}
			continue
		}
		out = append(out, r)
		before = rows[r]
	}
	return string(out)
}
