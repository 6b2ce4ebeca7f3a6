package mall_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest"
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

// TestListsOfCustomers tells lists of customers by their columns, and nothing
// that is of orders.
func TestListsOfCustomers(t *testing.T) {
	at := time.Date(2024, 3, 1, 0, 0, 0, 0, time.FixedZone("", 9*3600)).UTC()
	for name, c := range map[string]struct {
		header, row string
		want        mall.Buyer
		words       []mall.Word
	}{
		"aiship": {
			"コントロールカラム,氏名,氏名(フリガナ),メールアドレス,郵便番号,都道府県,郡市区,それ以降の住所,電話番号,FAX番号,会社名,部署名,性別",
			"u,髙﨑　花子,ﾀｶｻｷ ﾊﾅｺ,hanako@example.com,'100-0001,東京都,千代田区,千代田1-2-3,'0355550101,,,,女",
			mall.Buyer{Mail: "hanako@example.com", FamilyName: "髙﨑", GivenName: "花子", FamilyKana: "ﾀｶｻｷ", GivenKana: "ﾊﾅｺ", Phone: "'0355550101", PostalCode: "'100-0001", Prefecture: "東京都", City: "千代田区", Address: "千代田1-2-3", Gender: "女"},
			nil,
		},
		"らくうる": {
			"システム顧客番号,会員ID,氏名(姓),氏名(名),氏名フリガナ(セイ),氏名フリガナ(メイ),会社名,部署名,郵便番号,都道府県,市区町村,町域・番地,ビル等,メールアドレス,電話番号,携帯電話番号,FAX番号,性別,生年月日,備考",
			"7,M-1,髙﨑,花子,タカサキ,ハナコ,,,1000001,東京都,千代田区,千代田1-2-3,巡りビル〜401,,,+819055550102,,,1980/04/12,",
			mall.Buyer{MemberID: "M-1", FamilyName: "髙﨑", GivenName: "花子", FamilyKana: "タカサキ", GivenKana: "ハナコ", Phone: "+819055550102", PostalCode: "1000001", Prefecture: "東京都", City: "千代田区", Address: "千代田1-2-3 巡りビル〜401", BirthDate: "1980/04/12"},
			nil,
		},
		"one column each": {
			"お客様番号,名前,住所,郵便番号1,郵便番号2,ＴＥＬ,メルマガ受信可否,同意日",
			"9,齋藤太郎,大阪府大阪市北区梅田1-2-3,530,0001,06-5555-0102,受信する,2024-03-01",
			mall.Buyer{MemberID: "9", FamilyName: "齋藤太郎", Phone: "06-5555-0102", PostalCode: "530-0001", Prefecture: "大阪府", Address: "大阪市北区梅田1-2-3"},
			[]mall.Word{{Channel: "MAIL", Given: true, At: at}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			header := strings.Split(c.header, ",")
			f, ok := mall.DetectPeople(header)
			if !ok || f.Name() != "CUSTOMERS_CSV" {
				t.Fatalf("%v, %v", f, ok)
			}
			d, err := f.BindPeople(header)
			if err != nil {
				t.Fatal(err)
			}
			p, err := d.Person(strings.Split(c.row, ","))
			if err != nil || p.Buyer != c.want || !reflect.DeepEqual(p.Words, c.words) {
				t.Errorf("%+v, %v", p, err)
			}
		})
	}
	for _, header := range []string{"氏名,住所", "メールアドレス,電話番号", "注文番号,氏名,メールアドレス", "Name,Email,Financial Status,Lineitem sku,数量", "商品コード,名前,電話番号"} {
		if f, ok := mall.DetectPeople(strings.Split(header, ",")); ok {
			t.Errorf("%s: %s", header, f.Name())
		}
	}
	for _, f := range []string{"rakuten_158.csv", "shopify_orders.csv", "futureshop_orders.csv", "makeshop_orders.csv", "qoo10_orders.csv", "pos_transactions.csv"} {
		header, _, _ := strings.Cut(file(t, f, malltest.File{}).Text, "\n")
		if people, ok := mall.DetectPeople(strings.Split(header, ",")); ok {
			t.Errorf("%s: %s", f, people.Name())
		}
	}
}
