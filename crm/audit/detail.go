package audit

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// Change is one field of what an entry records.
type Change struct {
	Key    string
	Label  Words
	Before *Words // nil where only the new value was recorded
	After  Words
}

// Changes reads the detail of an entry, its fields in alphabetical order.
func Changes(detail json.RawMessage) []Change {
	var fields map[string]json.RawMessage
	if json.Unmarshal(detail, &fields) != nil {
		return nil
	}
	changes := make([]Change, 0, len(fields))
	for key, raw := range fields {
		c := Change{Key: key, Label: keyWords(key)}
		var pair struct{ Before, After json.RawMessage }
		if json.Unmarshal(raw, &pair) == nil && pair.Before != nil && pair.After != nil {
			before := valueWords(key, pair.Before)
			c.Before, c.After = &before, valueWords(key, pair.After)
		} else {
			c.After = valueWords(key, raw)
		}
		changes = append(changes, c)
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Key, b.Key) })
	return changes
}

// keyWords is the field of a detail in words; the field itself where it has none.
func keyWords(key string) Words {
	if w, ok := keys[key]; ok {
		return w
	}
	return Words{key, key}
}

// valueWords is a value in words where it is one of a few, else as it stands.
func valueWords(key string, raw json.RawMessage) Words {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return Words{string(raw), string(raw)}
	}
	switch v := value.(type) {
	case nil:
		return Words{"なし", "none"}
	case bool:
		if v {
			return Words{"はい", "yes"}
		}
		return Words{"いいえ", "no"}
	case json.Number:
		if rows[key] {
			return Words{v.String(), v.String()}
		}
		text := grouped(v.String())
		return Words{text, text}
	case string:
		if w, ok := values[v]; ok {
			return w
		}
		return Words{v, v}
	}
	return Words{string(raw), string(raw)}
}

// grouped puts a comma between the thousands of a whole number.
func grouped(number string) string {
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || -1000 < n && n < 1000 {
		return number
	}
	tail := strconv.FormatInt(n%1000, 10)
	tail = strings.TrimPrefix(tail, "-")
	return grouped(strconv.FormatInt(n/1000, 10)) + "," + strings.Repeat("0", 3-len(tail)) + tail
}

// rows are the fields that hold the number of a row, which is no quantity.
var rows = map[string]bool{
	"booking": true, "campaign": true, "customer": true, "from": true, "key": true, "merge": true, "merged": true, "other": true,
	"override": true, "parted": true, "session": true, "shop": true, "stage": true,
}

// keys are the fields of details.
var keys = map[string]Words{
	"accepted":      {"受け付けた件数", "Accepted"},
	"accent":        {"アクセントの色", "Accent"},
	"active":        {"使用", "In use"},
	"added":         {"追加した件数", "Added"},
	"addresses":     {"宛先の数", "Addresses"},
	"algorithm":     {"方式", "Algorithm"},
	"amount":        {"ポイント", "Points"},
	"at":            {"日時", "At"},
	"because":       {"理由", "Because"},
	"booking":       {"記帳の番号", "Booking no."},
	"campaign":      {"キャンペーン番号", "Campaign no."},
	"caps":          {"上限の例外", "Beyond the caps"},
	"channel":       {"チャネル", "Channel"},
	"content":       {"内容の指紋", "Fingerprint of the content"},
	"customer":      {"顧客番号", "Customer no."},
	"decision":      {"判断", "Decision"},
	"differ":        {"異なっていた項目", "What differed"},
	"disabled":      {"利用停止", "Deactivated"},
	"duplicates":    {"重複の件数", "Duplicates"},
	"effectiveFrom": {"適用日", "In force from"},
	"enabled":       {"有効", "Enabled"},
	"entered":       {"新しく入った人数", "Entered"},
	"evidenceNo":    {"承認番号", "Approval no."},
	"from":          {"元・開始", "From"},
	"given":         {"渡した件数", "Given"},
	"key":           {"鍵の番号", "Key no."},
	"kind":          {"種類", "Kind"},
	"left":          {"外れた人数", "Left"},
	"list":          {"一覧", "List"},
	"locale":        {"言語", "Language"},
	"logo":          {"ロゴ", "Logo"},
	"mall":          {"モール", "Mall"},
	"merge":         {"統合の番号", "Merge no."},
	"merged":        {"統合された顧客の番号", "Merged customer no."},
	"moved":         {"移した件数", "Moved"},
	"note":          {"メモ", "Note"},
	"orders":        {"注文数", "Orders"},
	"ordersSince":   {"その後の注文数", "Orders since"},
	"other":         {"相手の顧客番号", "Other customer no."},
	"override":      {"例外扱いの番号", "Lifting no."},
	"pace":          {"配信ルール", "Rules"},
	"parted":        {"分かれた顧客の番号", "Parted customer no."},
	"perMinute":     {"毎分の通数", "Mails per minute"},
	"place":         {"箇所", "Place"},
	"quietHours":    {"時間帯の例外", "In quiet hours"},
	"reason":        {"理由", "Reason"},
	"refused":       {"断った件数", "Refused"},
	"renamed":       {"名前の変更", "Renamed"},
	"role":          {"役割", "Role"},
	"rule":          {"ルール", "Rule"},
	"score":         {"点数", "Score"},
	"secondStep":    {"2段階認証", "Second step"},
	"seconds":       {"有効な秒数", "Seconds it lives"},
	"sent":          {"配信数", "Sent"},
	"session":       {"端末の番号", "Session no."},
	"sessions":      {"終了した端末の数", "Sessions ended"},
	"settings":      {"設定", "Settings"},
	"severity":      {"重さ", "Severity"},
	"shared":        {"共有", "Shared"},
	"shop":          {"店舗番号", "Shop no."},
	"since":         {"いつから", "Since"},
	"stage":         {"会員ステージの番号", "Stage no."},
	"stages":        {"会員ステージ", "Stages"},
	"state":         {"状態", "State"},
	"status":        {"状態", "Status"},
	"to":            {"終了", "To"},
	"until":         {"期限", "Until"},
	"version":       {"版", "Version"},
	"wanted":        {"希望", "Wanted"},
	"why":           {"理由", "Reason"},
}

// values are those of fields that have one of a few.
var values = map[string]Words{
	"OWNER":     {"オーナー", "Owner"},
	"MANAGER":   {"マネージャー", "Manager"},
	"MARKETER":  {"マーケター", "Marketer"},
	"ANALYST":   {"アナリスト", "Analyst"},
	"SUPPORT":   {"サポート", "Support"},
	"RAKUTEN":   {"楽天市場", "Rakuten"},
	"AMAZON":    {"Amazon", "Amazon"},
	"YAHOO":     {"Yahoo!ショッピング", "Yahoo! Shopping"},
	"OWN_SITE":  {"自社サイト", "Own site"},
	"STORE":     {"実店舗", "Store"},
	"MAIL":      {"メール", "Mail"},
	"GIVEN":     {"同意", "Given"},
	"WITHDRAWN": {"撤回", "Withdrawn"},
	"ja":        {"日本語", "Japanese"},
	"en":        {"英語", "English"},
	"app":       {"認証アプリ", "App"},
	"recovery":  {"リカバリーコード", "Recovery code"},
}
