package mall_test

import (
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

const shopifyHeader = "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt"

func TestShopifyCustomers(t *testing.T) {
	header := strings.Split(shopifyHeader, ",")
	f, ok := mall.DetectPeople(header)
	if !ok || f.Name() != "SHOPIFY_CUSTOMERS" {
		t.Fatalf("%v, %v", f, ok)
	}
	if _, err := mall.Detect(header); err == nil {
		t.Error("customers are taken for orders")
	}
	d, err := f.BindPeople(header)
	if err != nil {
		t.Fatal(err)
	}
	row := func(s string) []string { return strings.Split(s, ",") }
	p, err := d.Person(row("花子,佐藤,hanako@example.com,yes,,青葉1-2-3,サンプルハイツ101,横浜市,Kanagawa,JP-14,Japan,JP,'227-0062,'+819055550101,no,1200.00,1,,,no"))
	want := mall.Buyer{
		Mail: "hanako@example.com", FamilyName: "佐藤", GivenName: "花子", Phone: "+819055550101", PostalCode: "227-0062",
		Prefecture: "神奈川県", City: "横浜市", Address: "青葉1-2-3 サンプルハイツ101", Country: "JP",
	}
	if err != nil || p.Buyer != want || len(p.Words) != 2 || p.Words[0] != (mall.Word{Channel: "MAIL", Given: true}) || p.Words[1] != (mall.Word{Channel: "SMS"}) {
		t.Errorf("%+v, %v", p, err)
	}
	_, err = d.Person(row("花子,佐藤,hanako@example.com,perhaps,,,,,,,,,,,,,,,,"))
	if problem, ok := mall.AsProblem(err); !ok || problem.Code != mall.BadConsent || problem.Column != "Accepts Email Marketing" {
		t.Errorf("%v", err)
	}
}

func TestMappingOfCustomers(t *testing.T) {
	m, err := mall.ParseMapping([]byte(`{"name":"members","kind":"CUSTOMERS","columns":{"memberId":["会員番号"],"mail":["メール"],"fullName":["氏名"],
		"fullKana":["フリガナ"],"birthDate":["生年月日"],"gender":["性別"],"mailConsent":["メルマガ"],"consentedAt":["同意日"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	header := []string{"会員番号", "氏名", "フリガナ", "メール", "生年月日", "性別", "メルマガ", "同意日"}
	if _, err := (mall.MappingOrders{Mapping: m}).Bind(header); err == nil {
		t.Error("a mapping of customers reads orders")
	}
	d, err := (mall.MappingCustomers{Mapping: m}).BindPeople(header)
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Person([]string{"M-1", "佐藤 花子", "サトウ ハナコ", "hanako@example.com", "1980/1/2", "女", "希望する", "2024/03/01"})
	at := time.Date(2024, 3, 1, 0, 0, 0, 0, time.FixedZone("", 9*3600))
	if err != nil || p.Buyer.MemberID != "M-1" || p.Buyer.GivenName != "花子" || p.Buyer.FamilyKana != "サトウ" || p.Buyer.BirthDate != "1980/1/2" ||
		len(p.Words) != 1 || !p.Words[0].Given || !p.Words[0].At.Equal(at) {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := d.Person([]string{"M-1", "", "", "", "", "", "はい", "いつか"}); err == nil {
		t.Error("a day that is none is taken")
	}
	for what, definition := range map[string]string{
		"nothing to know by":  `{"name":"m","kind":"CUSTOMERS","columns":{"fullName":["n"],"prefecture":["p"]}}`,
		"a field of an order": `{"name":"m","kind":"CUSTOMERS","columns":{"mail":["m"],"orderNo":["n"]}}`,
		"an unknown kind":     `{"name":"m","kind":"PETS","columns":{"mail":["m"]}}`,
	} {
		if _, err := mall.ParseMapping([]byte(definition)); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
}
