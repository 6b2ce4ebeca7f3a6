package policy

// PremiumKind is how something is given beside a purchase, as 景品表示法 tells
// the ways apart.
type PremiumKind string

// The kinds of premium.
const (
	// Gift (総付景品) goes to everybody who buys or comes, or to the first ones.
	Gift PremiumKind = "GIFT"
	// Lottery (一般懸賞) goes by chance or by merit to some who buy.
	Lottery PremiumKind = "LOTTERY"
	// JointLottery (共同懸賞) is one that many shops of a place or a trade hold
	// together.
	JointLottery PremiumKind = "JOINT_LOTTERY"
	// OpenLottery (オープン懸賞) asks for no purchase.
	OpenLottery PremiumKind = "OPEN_LOTTERY"
	// Discount is money off, or points or coupons, for the shop's own goods.
	Discount PremiumKind = "DISCOUNT"
)

// Premium is what is to be given. Amounts are yen, with tax.
type Premium struct {
	Kind PremiumKind
	// Price of the purchase it is given for; 0: any purchase, or a visit.
	Price int64
	// Value of one premium, as it is sold; 0: not known yet.
	Value int64
	// Total value of all premiums of a lottery, and the sales of the goods that
	// are expected while it runs; 0: not known yet.
	Total, Sales int64
}

// PremiumLimit is how much may be given. Amounts are yen.
type PremiumLimit struct {
	// Bound says whether there is a limit at all.
	Bound bool
	// Price is what the limit was reckoned from.
	Price int64
	// Each is what one premium may be worth at most.
	Each int64
	// Total is what all premiums together may be worth; 0: no such limit, or the
	// expected sales are not known.
	Total int64
	// TotalRate is the share of the expected sales behind Total, in basis points.
	TotalRate int64
	// EachOver and TotalOver say that the premium is above its limit.
	EachOver, TotalOver bool
	Reason              Text
	Sources             []string
}

// The limits of the notices on premiums (昭和52年公正取引委員会告示第3号 and 第5号
// as last amended; 消費者庁 景品規制の概要).
const (
	giftFloor     = 200   // for purchases below giftFrom
	giftFrom      = 1_000 // from here on a share
	giftShare     = 5     // a fifth
	prizeTimes    = 20    // for purchases below prizeFrom
	prizeFrom     = 5_000
	prizeMost     = 100_000 // from here on
	prizeRate     = 200     // basis points of the expected sales
	jointMost     = 300_000
	jointRate     = 300
	anyPrice      = 100 // what counts as the price where none is asked (運用基準)
	fullShare     = 10_000
	maxYen        = 1_000_000_000_000
	sourceOutline = "https://www.caa.go.jp/policies/policy/representation/fair_labeling/premium_regulation/"
)

// LimitOf is what the law lets one give in this way, and whether the premium
// keeps to it. Fractions of a yen are left out.
func LimitOf(p Premium) PremiumLimit {
	price := min(max(p.Price, 0), maxYen)
	if price == 0 {
		price = anyPrice
	}
	limit := PremiumLimit{Bound: true, Price: price}
	switch p.Kind {
	case Gift:
		limit.gift()
	case Lottery:
		limit.lottery()
	case JointLottery:
		limit.Each, limit.TotalRate = jointMost, jointRate
		limit.explain("共同懸賞: 取引の額にかかわらず30万円まで。総額は売上予定総額の3%まで。",
			"Joint lottery: 300,000 yen whatever the purchase; in total 3% of the expected sales.", "懸賞による景品類の提供に関する事項の制限（昭和52年公取委告示第3号）第4項")
	case OpenLottery:
		return unbound("オープン懸賞: 購入や来店を条件にしない懸賞に、上限はありません。",
			"Open lottery: without a purchase or a visit as a condition there is no limit.", "オープン懸賞告示の廃止（平成18年4月27日）")
	default:
		return unbound("自店の割引・クーポン・ポイントは、値引きか総付の適用除外にあたり、上限はありません。抽選で渡すとき、他社の商品やポイントに替えられるときは、景品として数えます。",
			"Money off, coupons and points for the shop's own goods are discounts or exempt. They count as premiums when they are drawn by lot, or can be exchanged for others' goods or points.",
			"一般消費者に対する景品類の提供に関する事項の制限（昭和52年公取委告示第5号）第2項")
	}
	if p.Sales > 0 && limit.TotalRate > 0 {
		limit.Total = min(p.Sales, maxYen) * limit.TotalRate / fullShare
		limit.TotalOver = p.Total > limit.Total
	}
	limit.EachOver = p.Value > limit.Each
	return limit
}

func (l *PremiumLimit) gift() {
	if l.Price < giftFrom {
		l.Each = giftFloor
		l.explain("総付景品: 取引の額が1,000円未満のときは200円まで。", "Gift to everybody: 200 yen for purchases below 1,000 yen.", giftNotice)
		return
	}
	l.Each = l.Price / giftShare
	l.explain("総付景品: 取引の額が1,000円以上のときは、その10分の2まで。", "Gift to everybody: a fifth of purchases of 1,000 yen or more.", giftNotice)
}

const giftNotice = "一般消費者に対する景品類の提供に関する事項の制限（昭和52年公取委告示第5号）第1項"

func (l *PremiumLimit) lottery() {
	l.TotalRate = prizeRate
	l.Each = prizeMost
	if l.Price < prizeFrom {
		l.Each = l.Price * prizeTimes
	}
	l.explain("一般懸賞: 取引の額が5,000円未満のときはその20倍、5,000円以上のときは10万円まで。総額は売上予定総額の2%まで。",
		"Lottery: twenty times purchases below 5,000 yen, 100,000 yen from there on; in total 2% of the expected sales.",
		"懸賞による景品類の提供に関する事項の制限（昭和52年公取委告示第3号）第2項・第3項")
}

func (l *PremiumLimit) explain(ja, en, source string) {
	l.Reason, l.Sources = Text{JA: ja, EN: en}, []string{source, sourceOutline}
}

func unbound(ja, en, source string) PremiumLimit {
	l := PremiumLimit{}
	l.explain(ja, en, source)
	return l
}
