package segment

import "slices"

// Type tells a form how to show a field's values.
type Type string

// The types of field.
const (
	TypeNumber  Type = "NUMBER"
	TypeMoney   Type = "MONEY" // minor unit of the merchant's base currency
	TypeTime    Type = "TIME"
	TypeChoice  Type = "CHOICE"  // one of a few
	TypeChoices Type = "CHOICES" // several of a few
	TypeText    Type = "TEXT"    // free texts, compared exactly
	TypeBoolean Type = "BOOLEAN"
)

// Choice is one value a CHOICE or CHOICES field can have.
type Choice struct {
	Value string
	Words Words
}

// Field is one thing a rule can speak of. To add one: an entry in fields and
// a golden file.
type Field struct {
	Name      string // stands in stored rules, never changes
	Type      Type
	Group     Words // of fields that stand together in a form
	Words     Words
	Help      Words // how the figure is defined
	Unit      Words // after a number; empty where the type says it
	Operators []Operator
	Choices   []Choice // filled by the catalog where they are the merchant's own
	Max       int64    // the largest number that makes sense
	PerMall   bool     // can be narrowed to one mall ("mall")
	Period    bool     // can be narrowed to some days ("within_days")

	sql func(*builder, *Condition) predicate
	ja  func(*speaker, *Condition) phrase
	en  func(*speaker, *Condition) string
}

// Takes reports whether the field has the operator.
func (f *Field) Takes(op Operator) bool { return slices.Contains(f.Operators, op) }

var (
	purchase   = Words{"購入", "Purchases"}
	circulate  = Words{"モール", "Malls"}
	membership = Words{"会員・ポイント", "Membership and points"}
	contact    = Words{"連絡", "Contact"}
	profile    = Words{"プロフィール", "Profile"}

	numberOperators = []Operator{AtLeast, AtMost, Equal, Between}
	dateOperators   = []Operator{WithinDays, BeforeDays, Since, Before, During}
)

const (
	maxCount = 1_000_000
	maxMoney = 1_000_000_000_000
)

// fields is the catalog. These ten carry the ready-made segments merchants ask
// for first: RFM (last_order, orders, net_sales), F2 wall and dormancy (orders
// with last_order), single-mall and circulating customers (malls), product
// followers (sku), the loyalty programme (member, stage, points and points
// about to expire), birthday greetings (birth_month), and who may be mailed
// at all (mail_consent).
func fields(merchant Merchant) []*Field {
	malls := mallChoices()
	return []*Field{
		{
			Name: "orders", Type: TypeNumber, Group: purchase,
			Words:     Words{"購入回数", "Number of orders"},
			Help:      Words{"キャンセルと返品を除く注文の数", "Orders, without cancellations and returns"},
			Unit:      Words{"回", "orders"},
			Operators: numberOperators, Max: maxCount, PerMall: true,
			sql: sqlOrders, ja: jaOrders, en: enOrders,
		},
		{
			Name: "net_sales", Type: TypeMoney, Group: purchase,
			Words:     Words{"純売上", "Net sales"},
			Help:      Words{"商品代金からショップ負担のクーポン、キャンセル、返品を引いた額（基準通貨）", "Goods less shop-paid coupons, cancellations and returns, in the base currency"},
			Operators: numberOperators, Max: maxMoney, PerMall: true,
			sql: sqlNetSales, ja: jaNetSales, en: enNetSales,
		},
		{
			Name: "last_order", Type: TypeTime, Group: purchase,
			Words:     Words{"最終購入日", "Last order"},
			Help:      Words{"キャンセルを除く最後の注文の日", "Day of the last order that was not cancelled"},
			Operators: dateOperators, PerMall: true,
			sql: sqlLastOrder, ja: jaLastOrder, en: enLastOrder,
		},
		{
			Name: "malls", Type: TypeChoices, Group: circulate,
			Words:     Words{"購入モール", "Malls bought on"},
			Help:      Words{"これまでに購入したモール", "Malls with at least one order"},
			Operators: []Operator{AnyOf, AllOf, NoneOf, CountLeast, CountAtMost}, Choices: malls, Max: int64(len(malls)),
			sql: sqlMalls, ja: jaMalls, en: enMalls,
		},
		{
			Name: "sku", Type: TypeText, Group: purchase,
			Words:     Words{"購入商品", "Products bought"},
			Help:      Words{"注文明細の商品コード（SKU）", "SKU on the lines of orders"},
			Operators: []Operator{AnyOf, NoneOf}, Period: true,
			sql: sqlSKU, ja: jaSKU, en: enSKU,
		},
		{
			Name: "member", Type: TypeBoolean, Group: membership,
			Words:     Words{"会員", "Member"},
			Help:      Words{"ポイント会員に登録しているか", "Whether enrolled in the loyalty programme"},
			Operators: []Operator{Is},
			sql:       sqlMember, ja: jaMember, en: enMember,
		},
		{
			Name: "stage", Type: TypeChoice, Group: membership,
			Words:     Words{"会員ステージ", "Member stage"},
			Help:      Words{"現在の会員ステージ。会員でない人はどのステージにも該当しない", "Stage held now; who is no member has none"},
			Operators: []Operator{AnyOf, NoneOf}, Choices: merchant.Stages,
			sql: sqlStage, ja: jaStage, en: enStage,
		},
		{
			Name: "points", Type: TypeNumber, Group: membership,
			Words:     Words{"利用可能ポイント", "Points available"},
			Help:      Words{"いま使えるポイント。日数を付けると、その日数以内に失効するポイント", "Points usable now; with days, those that expire within them"},
			Unit:      Words{"ポイント", "points"},
			Operators: numberOperators, Max: maxMoney, Period: true,
			sql: sqlPoints, ja: jaPoints, en: enPoints,
		},
		{
			Name: "mail_consent", Type: TypeBoolean, Group: contact,
			Words:     Words{"メール配信の同意", "Consent to mail"},
			Help:      Words{"いずれかの店舗で有効な、広告メールへの同意", "Consent to marketing mail in force at some shop"},
			Operators: []Operator{Is}, PerMall: true,
			sql: sqlMailConsent, ja: jaMailConsent, en: enMailConsent,
		},
		{
			Name: "birth_month", Type: TypeChoice, Group: profile,
			Words:     Words{"誕生月", "Birthday month"},
			Help:      Words{"生年月日が登録されている人のみ該当", "Only people whose birth date is known"},
			Operators: []Operator{AnyOf, ThisMonth, NextMonth}, Choices: monthChoices(),
			sql: sqlBirthMonth, ja: jaBirthMonth, en: enBirthMonth,
		},
	}
}
