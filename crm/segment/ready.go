package segment

import (
	"context"
	"encoding/json"
	"slices"
)

// Ready is a segment that merchants ask for first, to begin from. Its numbers
// stand here and nowhere else, so that F2の壁 means the same people everywhere.
type Ready struct {
	Code     string // stable
	Words    Words
	Rule     json.RawMessage
	Sentence Words // of the rule; given by Service.Ready
}

// The ready segments that others build on.
const (
	ReadyF2Wall         = "F2_WALL"
	ReadyFading         = "FADING"
	ReadyCirculating    = "CIRCULATING"
	ReadyPointsExpiring = "POINTS_EXPIRING"
)

// ready are the ready segments in the order they are offered. They speak only of
// what every merchant has: no stages, products or properties.
var ready = []Ready{
	{Code: "EVERYBODY", Words: Words{"全員", "Everybody"}, Rule: json.RawMessage(`{"all":[]}`)},
	{Code: "MAIL_CONSENT", Words: Words{"メール配信に同意した人", "Consented to mails"}, Rule: json.RawMessage(
		`{"all":[{"field":"mail_consent","op":"is","value":true}]}`)},
	{Code: "BOUGHT_LATELY", Words: Words{"最近購入した人", "Bought lately"}, Rule: json.RawMessage(
		`{"all":[{"field":"last_order","op":"within_days","value":90}]}`)},
	{Code: "BOUGHT_ONCE", Words: Words{"一度だけ購入した人", "Bought once"}, Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"eq","value":1}]}`)},
	{Code: "BOUGHT_AGAIN", Words: Words{"リピーター", "Bought again"}, Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"gte","value":2}]}`)},
	{Code: ReadyF2Wall, Words: Words{"F2の壁", "F2 wall"}, Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"eq","value":1},{"field":"last_order","op":"before_days","value":60}]}`)},
	{Code: "F2_IN_TIME", Words: Words{"F2転換のねらいどき", "Time for a second order"}, Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"eq","value":1},{"field":"first_order","op":"before_days","value":30},{"field":"first_order","op":"within_days","value":60}]}`)},
	{Code: ReadyFading, Words: Words{"休眠予備軍", "Fading"}, Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"gte","value":2},{"field":"last_order","op":"before_days","value":90},{"not":{"field":"last_order","op":"before_days","value":180}}]}`)},
	{Code: "ASLEEP", Words: Words{"休眠", "Asleep"}, Rule: json.RawMessage(
		`{"all":[{"field":"last_order","op":"before_days","value":180}]}`)},
	{Code: "ONE_MALL", Words: Words{"モール単独客", "One mall only"}, Rule: json.RawMessage(
		`{"all":[{"field":"malls","op":"count_lte","value":1},{"field":"orders","op":"gte","value":2}]}`)},
	{Code: "CROSSED_LATELY", Words: Words{"最近ほかのモールでも購入", "Lately on another mall"}, Rule: json.RawMessage(
		`{"all":[{"field":"crossed","op":"within_days","value":30}]}`)},
	{Code: ReadyCirculating, Words: Words{"回遊客", "Circulating"}, Rule: json.RawMessage(
		`{"all":[{"field":"malls","op":"count_gte","value":2}]}`)},
	{Code: ReadyPointsExpiring, Words: Words{"ポイント失効間近", "Points expire soon"}, Rule: json.RawMessage(
		`{"all":[{"field":"member","op":"is","value":true},{"field":"points","op":"gte","value":1,"within_days":60}]}`)},
	{Code: "CART_LEFT", Words: Words{"カゴ落ち", "Cart left"}, Rule: json.RawMessage(
		`{"all":[{"field":"carted_not_bought","op":"is","value":true,"within_days":14}]}`)},
	{Code: "VIEWED_ONLY", Words: Words{"閲覧したまま未購入", "Viewed, not bought"}, Rule: json.RawMessage(
		`{"all":[{"field":"viewed_not_bought","op":"is","value":true,"within_days":7}]}`)},
	{Code: "LEAVING", Words: Words{"離脱のきざし", "May be leaving"}, Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"gte","value":3},{"field":"overdue","op":"gte","value":150}]}`)},
	{Code: "UNREAD", Words: Words{"メール未開封", "Mails unread"}, Rule: json.RawMessage(
		`{"all":[{"field":"mails_sent","op":"gte","value":3,"within_days":90},{"field":"mails_opened","op":"eq","value":0,"within_days":90}]}`)},
	{Code: "SALE_ONLY", Words: Words{"セール日のみ", "Sales only"}, Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"gte","value":2},{"field":"event_share","op":"gte","value":80}]}`)},
	{Code: "SALE_WAITING", Words: Words{"すごいキャンペーン待ち", "Waiting for a great campaign"}, Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"gte","value":3},{"field":"event_share","op":"gte","value":100},{"field":"last_order","op":"within_days","value":365}]}`)},
	{Code: "SALE_NEVER", Words: Words{"セールでは買わない", "Never buys in sales"}, Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"gte","value":2},{"field":"event_share","op":"lte","value":0}]}`)},
	{Code: "FIRST_IN_SALE", Words: Words{"セールで初めて買ってそのまま", "First bought in a sale, once only"}, Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"eq","value":1},{"field":"first_in_event","op":"is","value":true}]}`)},
	{Code: "BIRTHDAY", Words: Words{"今月が誕生月", "Birthday this month"}, Rule: json.RawMessage(
		`{"all":[{"field":"birth_month","op":"this_month"},{"field":"mail_consent","op":"is","value":true}]}`)},
}

// FindReady is the ready segment of a code of this package as a draft, called by
// its Japanese name; it panics for any other code.
func FindReady(code string) Draft {
	at := slices.IndexFunc(ready, func(r Ready) bool { return r.Code == code })
	return Draft{Name: ready[at].Words.JA, Rule: ready[at].Rule}
}

// Ready are the ready segments, each said in words as the merchant's catalog says it.
func (s *Service) Ready(ctx context.Context) ([]Ready, error) {
	list := slices.Clone(ready)
	for i := range list {
		var err error
		if list[i].Sentence, err = s.Sentence(ctx, list[i].Rule); err != nil {
			return nil, err
		}
	}
	return list, nil
}
