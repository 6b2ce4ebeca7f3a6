package mall

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// SuppressionsKind is rows of people who must not be written to.
const SuppressionsKind = "SUPPRESSIONS"

// Suppressed is somebody who must not be written to, as far as a file tells who
// that is: by a mail address, by a member's number of its shop, or by a phone.
type Suppressed struct {
	Mail, MemberID, Phone string
	Reason                string    // OPT_OUT, COMPLAINT, HARD_BOUNCE, STAFF
	At                    time.Time // zero: not told
}

// SuppressionsCSV is a list of people who must not be written to, as mail tools
// and shop systems export them: something to know a person by, and why or since
// when he is written to no more.
//
// What is particular: such lists say why in many words, of which those of nobody
// mean the merchant's own wish; a list without a word of stopping in its header
// is one only where it tells nothing else of people, as one of bare addresses.
// Source: none of one system; the names are those of several mail tools' lists.
type SuppressionsCSV struct{}

// Name is the format's stable name.
func (SuppressionsCSV) Name() string { return "SUPPRESSIONS_CSV" }

// Kind is suppressions.
func (SuppressionsCSV) Kind() string { return SuppressionsKind }

// What mail tools call the columns of such a list.
const (
	stopMail    = personMail + "|宛先|アドレス|address|recipient"
	stopReason  = "配信停止理由|停止理由|除外理由|解除理由|エラー理由|bounce reason|suppression reason|unsubscribe reason"
	stopDay     = "配信停止日時|配信停止日|停止日時|停止日|解除日時|解除日|配信解除日時|配信解除日|除外日時|除外日|エラー日時|unsubscribed_at|unsubscribed at|unsubscribe date|suppressed_at|bounced_at|opt-out date|optout_at"
	vagueReason = "理由|区分|種別|reason|type|status|ステータス|状態"
	vagueDay    = "日時|日付|登録日時|登録日|date|created|created_at|updated_at"
)

// BindTable finds the columns in header.
func (SuppressionsCSV) BindTable(header []string) (TableDecoder, error) {
	s, err := newSheet(header)
	if err != nil {
		return nil, err
	}
	if !s.stops() {
		return nil, missingColumns([]string{s.title(stopMail), s.title(stopReason)})
	}
	return suppressionsDecoder{s}, nil
}

// stops says that the header is of a list of people who must not be written to.
func (s *sheet) stops() bool {
	if !s.has(stopMail+"|"+personMember+"|"+personPhone+"|"+personMobile) || s.has(strings.Join(orderColumns, "|")) {
		return false
	}
	if s.has(personBorn) || s.has(personConsent) || s.has("郵便番号|住所|都道府県|postal code|zip") {
		return false // a list of customers, whatever else it says of them
	}
	if s.has(stopReason) || s.has(stopDay) {
		return true
	}
	if len(s.header) == 1 && s.has(stopMail) {
		return true // addresses and nothing of who they are: nobody could be written to by it
	}
	return s.has(vagueReason) && !s.has(personName+"|"+personFamily) && !s.has("kind|occurredat|occurred_at|キャンペーン|campaign|金額|費用")
}

type suppressionsDecoder struct{ *sheet }

// Row implements TableDecoder.
func (d suppressionsDecoder) Row(rec []string) (Row, error) {
	p := Suppressed{
		Mail: d.cell(rec, stopMail), MemberID: d.cell(rec, personMember), Phone: d.first(rec, personPhone, personMobile),
		Reason: stopReasonOf(d.first(rec, stopReason, vagueReason)),
	}
	if p.Mail == "" && p.MemberID == "" && p.Phone == "" {
		return Row{}, &Problem{Code: Nobody, Column: d.title(stopMail)}
	}
	if p.Mail != "" && !strings.Contains(p.Mail, "@") {
		return Row{}, d.problem(BadMail, stopMail, nil)
	}
	var err error
	for _, column := range []string{stopDay, vagueDay} {
		if !p.At.IsZero() || d.cell(rec, column) == "" {
			continue
		}
		if p.At, err = d.time(rec, column); err != nil {
			return Row{}, err
		}
	}
	return Row{Suppressed: &p}, nil
}

// stopWords are words in what lists say of why, by what they mean.
var stopWords = []struct {
	reason string
	words  []string
}{
	{"COMPLAINT", []string{"迷惑", "苦情", "クレーム", "complaint", "spam", "abuse"}},
	{"HARD_BOUNCE", []string{"不達", "エラー", "届か", "存在しない", "宛先不明", "バウンス", "bounce", "invalid", "hard", "unknown user"}},
	{"OPT_OUT", []string{"本人", "解除", "退会", "配信停止", "停止希望", "購読停止", "拒否", "オプトアウト", "希望しない", "unsubscribe", "opt-out", "opt out", "optout", "opted out"}},
}

// stopReasonOf is what a list's words for why mean.
func stopReasonOf(words string) string {
	words = strings.ToLower(norm.NFKC.String(words))
	for _, s := range stopWords {
		for _, w := range s.words {
			if strings.Contains(words, w) {
				return s.reason
			}
		}
	}
	return "STAFF"
}
