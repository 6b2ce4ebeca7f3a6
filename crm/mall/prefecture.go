package mall

import (
	"strconv"
	"strings"
)

// prefectures by their JIS X 0401 code, from 1; ISO 3166-2 uses the same numbers.
var prefectures = strings.Fields(`北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県
	新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県
	鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県`)

// romanPrefectures are the prefectures' names in Latin letters, in the same order.
var romanPrefectures = strings.Fields(`hokkaido aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma saitama chiba tokyo kanagawa
	niigata toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi mie shiga kyoto osaka hyogo nara wakayama
	tottori shimane okayama hiroshima yamaguchi tokushima kagawa ehime kochi fukuoka saga nagasaki kumamoto oita miyazaki kagoshima okinawa`)

var macrons = strings.NewReplacer("ā", "a", "ī", "i", "ū", "u", "ē", "e", "ō", "o", "Ō", "O", "Ū", "U")

// prefecture is the Japanese name of a prefecture written as JP-13, 13 or Tōkyō;
// anything else stays as it is.
func prefecture(s string) string {
	if n, err := strconv.Atoi(strings.TrimPrefix(s, "JP-")); err == nil {
		if n >= 1 && n <= len(prefectures) {
			return prefectures[n-1]
		}
		return s
	}
	roman := strings.ToLower(macrons.Replace(s))
	for i, name := range romanPrefectures {
		if roman == name {
			return prefectures[i]
		}
	}
	return s
}
