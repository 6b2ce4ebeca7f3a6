package policy_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/policy"
)

func TestContactDetailsAreFoundHoweverTheyAreWritten(t *testing.T) {
	for _, c := range []struct {
		kind  policy.ContactKind
		words string
		want  string // the excerpt; "": none
	}{
		{policy.ContactPhone, "TEL 03-1234-5678", "03-1234-5678"},
		{policy.ContactPhone, "ＴＥＬ：０３（１２３４）５６７８", "03(1234)5678"},
		{policy.ContactPhone, "電話 〇三の一二三四の五六七八", "03-1234-5678"},
		{policy.ContactPhone, "0120ー123ー456", "0120-123-456"},
		{policy.ContactPhone, "09012345678", "09012345678"},
		{policy.ContactPhone, "+81 90 1234 5678", "+81 90 1234 5678"},
		{policy.ContactPhone, "電話はゼロ九ゼロ 一二三四 五六七八", "090 1234 5678"},
		{policy.ContactPhone, "注文番号 0123456789", ""},
		{policy.ContactPhone, "2026-11-22 10:00", ""},
		{policy.ContactPhone, "JAN 4901234567894", ""},
		{policy.ContactPhone, "123-4567-8901", ""},
		{policy.ContactMail, "ｓｈｏｐ＠ｅｘａｍｐｌｅ．ｃｏｍ", "shop@example.com"},
		{policy.ContactMail, "shop(at)example.com", "shop@example.com"},
		{policy.ContactMail, "shop アットマーク example ドット com", "shop@example.com"},
		{policy.ContactMail, "shop[at]example[.]com", "shop@example.com"},
		{policy.ContactMail, "5個 @ 300円", ""},
		{policy.ContactLine, "LINEで「@meguri_tea」を検索", "@meguri_tea"},
		{policy.ContactLine, "ＬＩＮＥ ＩＤ：meguri", "LINE ID:meguri"},
		{policy.ContactLine, "ラインのIDは meguri-tea", "ラインのIDは meguri-tea"},
		{policy.ContactLine, "LINEの友だちを募集中", ""},
		{policy.ContactLine, "online shop news@example.com", ""},
		{policy.ContactAddress, "〒604-0000 京都府京都市", "〒604-0000"},
		{policy.ContactAddress, "京都府京都市中京区恵比須町1-2", "京都府京都市中京区恵比須町1-2"},
		{policy.ContactAddress, "京都府のお茶を3袋", ""},
	} {
		rule := policy.Rule{ID: "M-01", Version: 1, Condition: "contact", Severity: policy.Warn, Enabled: true, Params: policy.Params{Contacts: []policy.ContactKind{c.kind}}}
		set, err := policy.NewSet([]policy.Rule{rule}, "MAIL", today)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if findings := set.Read(text(c.words)).Findings(nil); len(findings) > 0 {
			got = findings[0].Excerpt
		}
		if got != c.want {
			t.Errorf("%s in %q: %q, want %q", c.kind, c.words, got, c.want)
		}
	}
}
