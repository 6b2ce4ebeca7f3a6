package customer_test

import (
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

var (
	hanako = mall.Buyer{
		Mail: "hanako@example.com", FamilyName: "髙﨑", GivenName: "花子", FamilyKana: "タカサキ", GivenKana: "ハナコ",
		Phone: "03-5555-0101", PostalCode: "100-0001", Prefecture: "東京都", City: "千代田区", Address: "千代田1-2-3 巡りビル401",
	}
	at = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
)

// TestLadder walks through what joins two appearances and what does not. The
// first buyer is known; the second comes on another shop unless said otherwise.
func TestLadder(t *testing.T) {
	with := func(change func(b *mall.Buyer)) mall.Buyer {
		b := hanako
		change(&b)
		return b
	}
	for _, c := range []struct {
		name           string
		known          mall.Buyer
		comes          mall.Buyer
		knownOn, comOn mall.Mall
		sameShop       bool
		want           customer.KeyKind // "" = a stranger
	}{
		{name: "same mail, written otherwise", known: hanako, comes: mall.Buyer{Mail: " Hanako@EXAMPLE.com "}, want: customer.Mail},
		{name: "same member id on one shop", known: mall.Buyer{MemberID: "1"}, comes: mall.Buyer{MemberID: "1"}, sameShop: true, want: customer.MemberID},
		{name: "same member id on two shops", known: mall.Buyer{MemberID: "1"}, comes: mall.Buyer{MemberID: "1"}},
		{name: "same relay address on one shop", known: mall.Buyer{Mail: "x@fw.rakuten.ne.jp"}, comes: mall.Buyer{Mail: "x@fw.rakuten.ne.jp"}, sameShop: true, want: customer.RelayMail},
		{name: "same relay address on two shops", known: mall.Buyer{Mail: "x@fw.rakuten.ne.jp"}, comes: mall.Buyer{Mail: "x@fw.rakuten.ne.jp"}},
		{name: "phone and kanji, variant forms", known: hanako, comes: mall.Buyer{FamilyName: "高崎", GivenName: "花子", Phone: "+81 3 5555 0101"}, want: customer.PhoneName},
		{name: "phone and kana, half width", known: hanako, comes: mall.Buyer{FamilyKana: "ﾀｶｻｷ", GivenKana: "ﾊﾅｺ", Phone: "０３（５５５５）０１０１"}, want: customer.PhoneName},
		{name: "phone that lost its zero", known: hanako, comes: mall.Buyer{FamilyName: "髙﨑", GivenName: "花子", Phone: "355550101"}, want: customer.PhoneName},
		{name: "phone of a household, another given name", known: hanako, comes: mall.Buyer{FamilyName: "髙﨑", GivenName: "次郎", Phone: "03-5555-0101"}},
		{name: "phone alone", known: hanako, comes: mall.Buyer{Phone: "03-5555-0101"}},
		{
			name: "name, address and kana, address written otherwise", known: hanako,
			comes: mall.Buyer{
				FamilyName: "髙﨑", GivenName: "花子", FamilyKana: "たかさき", GivenKana: "はなこ", PostalCode: "1000001",
				Prefecture: "東京都", City: "千代田区", Address: "千代田一丁目２番地３号",
			}, want: customer.NameAddress,
		},
		{
			name: "name and address without kana", known: with(func(b *mall.Buyer) { b.FamilyKana, b.GivenKana = "", "" }),
			comes: mall.Buyer{FamilyName: "髙﨑", GivenName: "花子", PostalCode: "1000001", Prefecture: "東京都", City: "千代田区", Address: "千代田1-2-3"},
		},
		{
			name: "the same within one shop", known: with(func(b *mall.Buyer) { b.FamilyKana, b.GivenKana = "", "" }), sameShop: true,
			comes: mall.Buyer{FamilyName: "髙﨑", GivenName: "花子", PostalCode: "1000001", Prefecture: "東京都", City: "千代田区", Address: "千代田1-2-3"},
			want:  customer.NameAddress,
		},
		{name: "name and address, other house", known: hanako, comes: with(func(b *mall.Buyer) { b.Mail, b.Phone, b.Address = "", "", "千代田1-2-4" })},
		{name: "same mail, other birth date", known: with(func(b *mall.Buyer) { b.BirthDate = "1980/1/2" }), comes: with(func(b *mall.Buyer) { b.BirthDate = "1981年1月2日" })},
		{name: "same mail, other member id on one shop", sameShop: true, known: with(func(b *mall.Buyer) { b.MemberID = "1" }), comes: with(func(b *mall.Buyer) { b.MemberID = "2" })},
		{name: "an Amazon buyer with the mail of somebody", known: hanako, comes: hanako, comOn: mall.Amazon},
		{name: "somebody with the mail of an Amazon buyer", known: hanako, comes: hanako, knownOn: mall.Amazon},
		{
			name: "one Amazon shop", known: mall.Buyer{Mail: "a@marketplace.amazon.co.jp"}, comes: mall.Buyer{Mail: "a+12@marketplace.amazon.co.jp"},
			knownOn: mall.Amazon, comOn: mall.Amazon, sameShop: true, want: customer.RelayMail,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.knownOn == "" {
				c.knownOn = mall.Rakuten
			}
			if c.comOn == "" {
				c.comOn = mall.Yahoo
			}
			shop := int64(2)
			if c.sameShop {
				shop, c.comOn = 1, c.knownOn
			}
			x := customer.NewIndex(map[customer.Key]int64{}, map[int64]*customer.Known{})
			first := x.Match(customer.NewEvidence(1, c.knownOn, c.known, at))
			second := x.Match(customer.NewEvidence(shop, c.comOn, c.comes, at))
			if joined := first.Customer == second.Customer; joined != (c.want != "") || second.Reason != c.want {
				t.Errorf("joined %t by %q, want %q", joined, second.Reason, c.want)
			}
		})
	}
}

func TestPlaceholdersNeverMatch(t *testing.T) {
	for name, b := range map[string]mall.Buyer{
		"a social gift": {
			FamilyName: "入力待ち", GivenName: "入力待ち", FamilyKana: "ニュウリョクマチ", GivenKana: "ニュウリョクマチ",
			Phone: "999-9999-9999", PostalCode: "999-9999", Prefecture: "入力待ち", City: "入力待ち", Mail: "gift@example.com",
		},
		"one digit":        {FamilyName: "山田", GivenName: "一郎", Phone: "000-0000-0000"},
		"no mail at all":   {Mail: "none"},
		"a surname":        {FamilyName: "森", Phone: "090-5555-0102"},
		"an empty buyer":   {},
		"a broken address": {FamilyName: "山田", GivenName: "一郎", PostalCode: "1000001", Prefecture: "東京都", City: "千代田区", Address: "番地なし"},
	} {
		if e := customer.NewEvidence(1, mall.Rakuten, b, at); len(e.Keys) != 0 {
			t.Errorf("%s has keys %v", name, e.Keys)
		}
	}
}

func TestNormalSpelling(t *testing.T) {
	n := customer.Normalize(mall.Buyer{
		FamilyName: " ｻｲﾄｳ　", GivenName: "太郎\uFE00", FamilyKana: "さいとう", Phone: "'09055550102", PostalCode: "〒060−0001",
		Gender: "男性", BirthDate: "1980年1月2日",
	})
	if n.FamilyName != "サイトウ" || n.GivenName != "太郎" || n.FamilyKana != "サイトウ" || n.Phone != "+819055550102" || n.PostalCode != "0600001" ||
		n.Gender != "MALE" || n.BirthDate != time.Date(1980, 1, 2, 0, 0, 0, 0, time.UTC) {
		t.Errorf("%+v", n)
	}
	if n := customer.Normalize(mall.Buyer{PostalCode: "600001", Phone: "+1 202 555 0101", Country: "us"}); n.PostalCode != "0600001" || n.Phone != "+12025550101" {
		t.Errorf("%+v", n)
	}
}

func TestPhoneOfAnIdentity(t *testing.T) {
	for value, want := range map[string]string{
		"+819055550102|j:佐藤花子": "090-5555-0102", "+81312345678|k:サトウハナコ": "03-1234-5678", "+81451234567|j:佐藤花子": "045-123-4567",
		"+12025550101|j:佐藤花子": "+1 202-555-0101",
	} {
		if got := customer.PhoneOf(db.Identity{Kind: "PHONE_NAME", Value: value}); got != want {
			t.Errorf("%s is %q, not %q", value, got, want)
		}
	}
	if got := customer.PhoneOf(db.Identity{Kind: "MEMBER_ID", Value: "09055550102"}); got != "" {
		t.Errorf("a member id is the phone %q", got)
	}
}

// TestBatchesDoNotMatter: who is joined with whom depends on the order of the
// evidence only.
func TestBatchesDoNotMatter(t *testing.T) {
	evidence := []customer.Evidence{
		customer.NewEvidence(1, mall.Rakuten, mall.Buyer{Mail: "a@example.com"}, at),
		customer.NewEvidence(2, mall.Yahoo, hanako, at),
		customer.NewEvidence(1, mall.Rakuten, mall.Buyer{Mail: "a@example.com", Phone: hanako.Phone, FamilyName: "髙﨑", GivenName: "花子"}, at),
		customer.NewEvidence(3, mall.OwnSite, mall.Buyer{MemberID: "7", Mail: "hanako@example.com"}, at),
		customer.NewEvidence(3, mall.OwnSite, mall.Buyer{MemberID: "7"}, at),
	}
	x := customer.NewIndex(map[customer.Key]int64{}, map[int64]*customer.Known{})
	var got []int64
	for _, e := range evidence {
		got = append(got, x.Match(e).Customer)
	}
	// The third knows both; the surer step, the mail, decides, and nobody is merged.
	for i, want := range []int64{-1, -2, -1, -2, -2} {
		if got[i] != want {
			t.Errorf("evidence %d belongs to %d, want %d", i, got[i], want)
		}
	}
}
