package mall

import (
	"strings"
	"time"
)

// MakeshopOrders is the order CSV of MakeShop, of which the merchant chooses the
// columns (注文出力用テンプレート): one row per item, told by 日付, 注文番号, 処理状況,
// 注文者 and one of the names that others hardly have (注文時間, 注文者(振り仮名) …):
// the first four alone are in the files of many carts.
//
// What is particular: day and time of the order stand apart, the time as six
// digits (103309), of which a spreadsheet eats the first zero; 返送 means that
// the goods came back, which is taken for a cancellation.
// Source: MakeShop's manual, as far as the project's notes on malls (1.8) have
// it: the columns of the order and the names of the buyer. The columns of goods
// and money are read by the names that shops give them, several each.
type MakeshopOrders struct{}

// Name is the format's stable name.
func (MakeshopOrders) Name() string { return "MAKESHOP_ORDERS" }

// Mall is MakeShop.
func (MakeshopOrders) Mall() Mall { return Makeshop }

// What MakeShop's templates call goods and money.
const (
	// makeshopMark is a column that the carts of others hardly have, beside names
	// that all of them share.
	makeshopMark     = "注文時間|注文者(振り仮名)|独自商品コード|システム商品コード"
	makeshopQuantity = "数量|注文数量|注文個数|個数"
	makeshopPrice    = "販売価格|単価|商品単価|価格"
	makeshopAmount   = "小計|商品小計|商品金額"
)

// Needs are the columns of its layout.
func (MakeshopOrders) Needs() []Need { return makeshopLayout.needs() }

var makeshopLayout = layout{
	order: []string{"注文番号", "日付", "処理状況", makeshopMark},
	goods: []string{"商品名", makeshopQuantity},
	money: []string{makeshopPrice + "|" + makeshopAmount},
	buyer: []string{"注文者"},
	marks: []string{"処理状況", makeshopMark},
}

// Bind finds the columns in header.
func (MakeshopOrders) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, makeshopLayout)
	if err != nil {
		return nil, err
	}
	return &makeshopDecoder{s}, nil
}

type makeshopDecoder struct{ *sheet }

func (d *makeshopDecoder) OrderNo(rec []string) (string, error) {
	return d.needed(rec, "注文番号", MissingOrderNo)
}

func (d *makeshopDecoder) Order(_ string, rec []string) (Order, error) {
	o := Order{Kind: Sale, Currency: "JPY", Buyer: d.buyer(rec), CouponCodes: splitCodes(d.cell(rec, "クーポンコード|クーポン番号"))}
	o.Gift = otherName(d.cell(rec, "お届け先|届け先|送付先|お届け先名"), d.cell(rec, "注文者"))
	var err error
	if o.OrderedAt, err = d.orderedAt(rec); err != nil {
		return Order{}, err
	}
	if o.ShippedAt, err = d.time(rec, "配送日|発送日|出荷日"); err != nil {
		return Order{}, err
	}
	o.Status = d.status(rec, o.ShippedAt)
	var coupon int64
	err = d.moneys(rec, 0, target{"送料|配送料", &o.Shipping}, target{"手数料|決済手数料|代引手数料", &o.Fee}, target{"消費税|消費税額", &o.Tax},
		target{"割引|割引額|割引金額|値引き|会員割引", &o.ShopCoupon}, target{"クーポン|クーポン割引|クーポン割引額|クーポン利用額", &coupon},
		target{"ポイント利用|利用ポイント|使用ポイント|ポイント利用額", &o.PointsUsed})
	if err != nil {
		return Order{}, err
	}
	o.ShopCoupon, o.PointsUsed = abs(o.ShopCoupon)+abs(coupon), abs(o.PointsUsed)
	o.Total, err = d.money(rec, "合計金額|注文合計|合計|注文金額|総合計金額", 0)
	return o, err
}

func (d *makeshopDecoder) orderedAt(rec []string) (time.Time, error) {
	clock := d.cell(rec, "注文時間")
	if d.cell(rec, "日付") != "" && len(clock) <= 6 && isDigits(clock) {
		clock = strings.Repeat("0", 6-len(clock)) + clock
		return d.onDay(rec, "日付", clock[:2]+":"+clock[2:4]+":"+clock[4:])
	}
	return d.dayAndTime(rec, "", "日付", "注文時間")
}

func (d *makeshopDecoder) status(rec []string, shipped time.Time) OrderStatus {
	switch word := d.cell(rec, "処理状況"); word {
	case "返送":
		return Cancelled
	case "配送":
		return Shipped
	default:
		return stateOf(word, shipped)
	}
}

func (d *makeshopDecoder) buyer(rec []string) Buyer {
	b := Buyer{
		MemberID: d.cell(rec, "会員ID|注文者ID|会員番号"), Mail: d.cell(rec, "注文者メールアドレス|メールアドレス|注文者(メールアドレス)"),
		Phone:      d.first(rec, "注文者電話番号|電話番号|注文者(電話番号)", "注文者携帯電話番号|携帯電話番号"),
		PostalCode: d.cell(rec, "注文者郵便番号|郵便番号|注文者(郵便番号)"),
	}
	b.Prefecture, b.Address = splitAddress(d.cell(rec, "注文者住所|住所|注文者(住所)"))
	if p := d.cell(rec, "注文者都道府県|都道府県"); p != "" {
		b.Prefecture = prefecture(p)
	}
	b.FamilyName, b.GivenName = splitName(d.cell(rec, "注文者"))
	b.FamilyKana, b.GivenKana = splitName(d.cell(rec, "注文者(振り仮名)|注文者(フリガナ)"))
	return b
}

func (d *makeshopDecoder) Line(rec []string) (Line, error) {
	l := Line{
		SKU: d.first(rec, "独自商品コード", "商品コード|システム商品コード", "商品番号"), Name: d.cell(rec, "商品名"),
		Option: d.first(rec, "オプション|商品オプション|オプション名", "バリエーション"), TaxRate: -1,
	}
	return d.sold(rec, l, makeshopQuantity, makeshopPrice, makeshopAmount, 0)
}
