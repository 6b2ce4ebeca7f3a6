package mall

import (
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
)

// CustomersCSV is a list of customers as shop systems and registers of Japan
// export them, told by what such columns are called: something to know a person
// by (a member's number, a mail address, or a phone), his name, and no column of
// an order. What it does not know, a mapping reads.
//
// A column that says since when somebody is a member makes him one; that of
// 登録日 does where there is a member's number beside it.
//
// What is particular: names, readings, postcodes and phones stand in one column
// or in parts; of several phones and addresses the first that is there is taken;
// whether somebody may be written to is a yes or a no in many words.
// Source: the lists of customer columns in the project's notes on malls (1.8:
// aiship, らくうる, futureshop).
type CustomersCSV struct{}

// Name is the format's stable name.
func (CustomersCSV) Name() string { return "CUSTOMERS_CSV" }

// Mall is any.
func (CustomersCSV) Mall() Mall { return "" }

// What shop systems call what they know of a person.
const (
	personID      = "会員ID|会員番号|会員コード|会員カード番号|ポイントカード番号|顧客ID|顧客番号|顧客コード|お客様番号|システム顧客番号|member_id|member id|customer_id|customer id"
	personMail    = "メールアドレス|メールアドレス1|Eメール|Eメールアドレス|E-mail|e-mail address|email|email address|mail|PCメールアドレス|メール"
	personName    = "氏名|名前|お名前|顧客名|会員名|お客様名|氏名(漢字)|name|full name"
	personFamily  = "姓|氏名(姓)|名前(姓)|お名前(姓)|顧客名(姓)|苗字|last name|last_name|family name"
	personGiven   = "名|氏名(名)|名前(名)|お名前(名)|顧客名(名)|first name|first_name|given name"
	personPhone   = "電話番号|電話番号1|電話番号(メイン)|TEL|電話|phone|phone number"
	personMobile  = "携帯電話番号|携帯電話|携帯番号|携帯"
	personBorn    = "生年月日|誕生日|birthday|birth date"
	personMember  = "会員ID|会員番号|会員コード|会員カード番号|ポイントカード番号|member_id|member id"
	personJoined  = "会員登録日|会員登録日時|入会日|入会日時|会員入会日|会員開始日|加入日|加入日時|member_since|member since|joined_at|joined at"
	personNoted   = "登録日|登録日時|新規登録日|登録年月日"
	personConsent = "メルマガ|メルマガ受信可否|メルマガ購読|メルマガ配信|メルマガ希望|メールマガジン|メール配信|メール配信可否|メルマガ受信|DMメール"
)

// errOrders refuses to take a file of orders for another.
func errOrders() error {
	return fault.New(fault.Invalid, "the file has columns of orders").WithCode("UNKNOWN_FORMAT").At("file")
}

// isOrders says that the header is of a format of orders.
func isOrders(header []string) bool {
	return slices.ContainsFunc(Formats(), func(f Format) bool { _, err := f.Bind(header); return err == nil })
}

// orderColumns are the columns of orders, receipts and goods: a file with one of
// them is no list of customers, whatever else it has.
var orderColumns = strings.Split("注文番号|受注番号|受注コード|注文ID|注文日|注文日時|受注日|受注日時|order id|order_id|orderid|order-id|order no|order number|"+
	"レシート番号|取引ID|取引番号|伝票番号|売上番号|売上日|売上日時|取引日|取引日時|販売日|会計日|商品名|品名|商品コード|商品番号|商品ID|sku|数量|個数|購入数量|quantity|単価|invoiceno", "|")

// BindPeople finds the columns in header.
func (CustomersCSV) BindPeople(header []string) (PersonDecoder, error) {
	s, err := newSheet(header, personName+"|"+personFamily)
	if err != nil {
		return nil, err
	}
	if resembles(header) || isOrders(header) || slices.ContainsFunc(orderColumns, s.has) || s.stops() {
		return nil, errOrders()
	}
	if !s.has(personID + "|" + personMail + "|" + personPhone + "|" + personMobile) {
		return nil, missingColumns([]string{s.title(personMail)})
	}
	return customersDecoder{s}, nil
}

type customersDecoder struct{ *sheet }

// Person implements PersonDecoder.
func (d customersDecoder) Person(rec []string) (Person, error) {
	b := Buyer{
		MemberID: d.cell(rec, personID), Mail: d.first(rec, personMail, "メールアドレス2|モバイルメールアドレス|携帯メールアドレス"), LineID: d.cell(rec, "LINEユーザーID|line_user_id"),
		Phone: d.first(rec, personPhone, personMobile), PostalCode: d.postalCode(rec), Gender: d.cell(rec, "性別|gender"), BirthDate: d.cell(rec, personBorn),
	}
	b.FamilyName, b.GivenName = named(d.cell(rec, personFamily), d.cell(rec, personGiven), d.cell(rec, personName))
	b.FamilyKana, b.GivenKana = named(
		d.cell(rec, "セイ|姓カナ|姓(フリガナ)|姓(カナ)|フリガナ(姓)|フリガナ(セイ)|氏名フリガナ(セイ)|氏名フリガナ(姓)|氏名(セイ)"),
		d.cell(rec, "メイ|名カナ|名(フリガナ)|名(カナ)|フリガナ(名)|フリガナ(メイ)|氏名フリガナ(メイ)|氏名フリガナ(名)|氏名(メイ)"),
		d.cell(rec, "フリガナ|ふりがな|氏名(フリガナ)|氏名フリガナ|氏名カナ|氏名(カナ)|名前(カナ)|お名前(フリガナ)|カナ氏名"))
	d.address(rec, &b)
	p := Person{Buyer: b}
	if brokenMail(b.Mail) {
		return Person{}, d.problem(BadMail, personMail, nil)
	}
	if brokenDay(b.BirthDate, ymd) {
		return Person{}, d.problem(BadDate, personBorn, nil)
	}
	var err error
	p.Words, err = words(rec, d.header, []consentColumn{
		{"MAIL", d.position(personConsent)}, {"SMS", d.position("SMS配信|SMS受信可否|SMS配信可否")}, {"POSTAL", d.position("DM可否|DM送付|郵送DM|DM希望")},
	})
	if err != nil {
		return Person{}, err
	}
	at, err := d.time(rec, "同意日|同意日時|メルマガ登録日|メルマガ登録日時|購読日")
	for i := range p.Words {
		if p.Words[i].Given { // a date of consent says nothing about a refusal
			p.Words[i].At = at
		}
	}
	if err != nil {
		return Person{}, err
	}
	joined, err := joinedAt(d.cell(rec, d.joinedNames()), ymd, tokyo)
	if err != nil {
		return Person{}, d.problem(BadDate, d.joinedNames(), err)
	}
	p.Member = memberSince(joined)
	return p, nil
}

// joinedNames are the names of the column that tells since when people are members.
func (d customersDecoder) joinedNames() string {
	if !d.has(personJoined) && d.has(personMember) {
		return personNoted
	}
	return personJoined
}

// JoinedColumn implements Enrolling.
func (d customersDecoder) JoinedColumn() string {
	if !d.has(d.joinedNames()) {
		return ""
	}
	return d.title(d.joinedNames())
}

func (d customersDecoder) postalCode(rec []string) string {
	if whole := d.cell(rec, "郵便番号|〒|zip|postal code|postal_code"); whole != "" {
		return whole
	}
	return d.joined(rec, "郵便番号1", "郵便番号2")
}

// address takes prefecture, city and the rest from columns of their own, or all
// from one.
func (d customersDecoder) address(rec []string, b *Buyer) {
	b.Prefecture = prefecture(d.cell(rec, "都道府県|都道府県名|都道府県区分|prefecture"))
	b.City = d.cell(rec, "市区町村|郡市区|市区郡|city")
	b.Address = spaced(d.cell(rec, "それ以降の住所|町域・番地|番地|町名番地|住所1|住所|address"), d.cell(rec, "住所2"), d.cell(rec, "ビル等|建物名|ビル名|マンション名|住所3"))
	if b.Prefecture == "" {
		b.Prefecture, b.Address = splitAddress(b.Address)
	}
}
