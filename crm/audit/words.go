package audit

import "slices"

// Words is a text in both languages.
type Words struct{ JA, EN string }

// In is the text in locale, Japanese unless English is asked for.
func (w Words) In(locale string) string {
	if locale == "en" {
		return w.EN
	}
	return w.JA
}

// Action is something the log can say.
type Action struct {
	Name  string // noun.verb, as it is written
	Words Words
	Group Words // the noun it belongs to
}

// Actions is everything the log can say, by groups in the order they are shown.
func Actions() []Action { return slices.Clone(actions) }

// ActionWords is an action in words; the action itself where it is not known.
func ActionWords(name string) Words {
	if at := slices.IndexFunc(actions, func(a Action) bool { return a.Name == name }); at >= 0 {
		return actions[at].Words
	}
	return Words{name, name}
}

// KindWords is a kind of object in words; the kind itself where it is not known.
func KindWords(kind string) Words {
	if w, ok := kinds[kind]; ok {
		return w
	}
	return Words{kind, kind}
}

// kinds are the types that entries are about.
var kinds = map[string]Words{
	"Alert":              {"アラート", "Alert"},
	"ApiClient":          {"APIクライアント", "API client"},
	"AuditLog":           {"監査ログ", "Audit log"},
	"BrandSettings":      {"ブランド", "Brand"},
	"Campaign":           {"キャンペーン", "Campaign"},
	"CandidateBatch":     {"まとめて統合した候補", "Candidates merged at once"},
	"Customer":           {"顧客", "Customer"},
	"Demo":               {"デモ", "Demo"},
	"EarnRule":           {"ポイントルール", "Earn rule"},
	"FeeRate":            {"モールの手数料", "Fee"},
	"Import":             {"取り込み", "Import"},
	"ImportMapping":      {"列の対応付け", "Mapping"},
	"MallConnection":     {"モール連携", "Mall connection"},
	"WatchedFolder":      {"自動取り込みフォルダー", "Watched folder"},
	"MallEvent":          {"モールイベント", "Mall event"},
	"Offer":              {"特典", "Offer"},
	"PaceSettings":       {"配信時間と上限", "Delivery hours and caps"},
	"PointAdjustment":    {"ポイントの一括調整", "Adjustment of points"},
	"PointLedger":        {"ポイント台帳", "Ledger of points"},
	"Reward":             {"ポイント交換品", "Reward"},
	"OwnProfileSettings": {"会員が変更できる項目", "What members may change"},
	"PointSettings":      {"ポイントの設定", "Point settings"},
	"PolicyRule":         {"規約ルール", "Policy rule"},
	"CustomerTag":        {"顧客タグ", "Customer tag"},
	"BulkEdit":           {"まとめた変更", "Change of many"},
	"Property":           {"カスタム項目", "Property"},
	"SavedView":          {"ビュー", "View"},
	"Product":            {"商品", "Product"},
	"ProfitSettings":     {"純売上の定義", "Definition of net sales"},
	"Segment":            {"セグメント", "Segment"},
	"SenderDomain":       {"送信ドメイン", "Sender domain"},
	"SenderSettings":     {"送信者情報", "Sender"},
	"Shop":               {"店舗", "Shop"},
	"Staff":              {"スタッフ", "Staff"},
	"StaffInvite":        {"招待", "Invitation"},
	"StageLadder":        {"会員ステージ", "Stages"},
	"Suppression":        {"配信停止", "Suppression"},
	"ReferralSettings":   {"友だち紹介の条件", "When referrals count"},
	"RetentionSettings":  {"保存期間の設定", "Retention settings"},
	"SignUpForm":         {"登録フォーム", "Sign-up form"},
	"Task":               {"タスク", "Task"},
	"TokenIssuer":        {"トークン発行元", "Token issuer"},
	"ExportJob":          {"データの書き出し", "Data export"},
	"WebhookEndpoint":    {"Webhookの送信先", "Webhook endpoint"},
	"WriteKey":           {"計測タグ", "Tag"},
}
