package mall

import (
	"slices"
	"strings"
	"time"
)

// PosReceipts is the receipts of a shop's cash register: CSV, one row per item
// sold or given back. There is no one layout: the columns are told by the names
// that registers give them, and a register that has others is read by a mapping.
//
// What is particular: goods given back are rows with a negative quantity, or
// rows whose 取引区分 says 返品; they become an order of their own beside the
// receipt's (its number with -R), so that the sale stays a sale; a receipt's
// number begins anew every day at every register, so that day and register are
// part of it, unless the file has a number that is unique (取引ID, 伝票番号); what
// tells of ordering or sending is no receipt; who
// buys without a card has no member number and stays unknown. A price times the
// quantity is what was sold unless the row has an amount; that is after what was
// taken off the row.
// Source: none of one register; the names are those of several registers' files.
type PosReceipts struct{}

// Name is the format's stable name.
func (PosReceipts) Name() string { return "POS_RECEIPTS" }

// Mall is the merchant's own shops.
func (PosReceipts) Mall() Mall { return Store }

// What registers call their columns.
const (
	posUnique   = "取引ID|伝票番号|取引番号|transaction_id|transaction id"
	posReceipt  = "レシート番号|receipt_no|receipt no|receipt_id"
	posSoldAt   = "取引日時|販売日時|会計日時|売上日時|レシート日時|精算日時|sold_at"
	posDay      = "取引日|販売日|会計日|売上日|レシート日付|伝票日付|営業日|日付"
	posClock    = "取引時刻|販売時刻|会計時刻|時刻|取引時間|販売時間"
	posRegister = "レジ番号|端末番号|端末ID|POS番号|register"
	posQuantity = "数量|点数|個数|quantity"
	posPrice    = "販売単価|単価|売価|unit_price|price"
	posAmount   = "金額|小計|売上金額|明細金額|amount"
	posKind     = "取引区分|明細区分|区分|種別|type"
)

// Needs are the columns of its layout.
func (PosReceipts) Needs() []Need { return posLayout.needs() }

var posLayout = layout{
	order: []string{posReceipt + "|" + posUnique, posSoldAt + "|" + posDay},
	goods: []string{"商品名|品名|name|商品コード|sku", posQuantity},
	money: []string{posPrice + "|" + posAmount},
}

// Bind finds the columns in header.
func (PosReceipts) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, posLayout)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(header, orderColumn) {
		return nil, errOrders()
	}
	if !s.has(posReceipt) && !s.has(posRegister) && !s.has(posKind) { // other files have numbers that are unique, too
		return nil, missingColumns([]string{s.title(posRegister)})
	}
	return &posDecoder{s}, nil
}

// orderColumn says that registers have no such column: nobody orders at one, and
// nothing is sent.
func orderColumn(name string) bool {
	name = foldColumn(name)
	return slices.ContainsFunc([]string{"注文", "受注", "送付", "届け先", "届先", "配送", "発送", "出荷", "送料", "shipping", "lineitem"},
		func(part string) bool { return strings.Contains(name, part) })
}

type posDecoder struct{ *sheet }

func (d *posDecoder) OrderNo(rec []string) (string, error) {
	no := d.cell(rec, posUnique)
	if no == "" {
		number, err := d.needed(rec, posReceipt, MissingOrderNo)
		if err != nil {
			return "", err
		}
		at, err := d.soldAt(rec)
		if err != nil {
			return "", err
		}
		no = at.In(tokyo).Format("20060102-")
		if register := d.cell(rec, posRegister); register != "" {
			no += register + "-"
		}
		no += number
	}
	if d.givenBack(rec) {
		no += "-R"
	}
	return no, nil
}

func (d *posDecoder) soldAt(rec []string) (time.Time, error) {
	return d.dayAndTime(rec, posSoldAt, posDay, posClock)
}

// taken is whether a word for a kind of transaction says that goods came back.
func (d *posDecoder) taken(rec []string) bool {
	word := strings.ToLower(d.cell(rec, posKind))
	return strings.Contains(word, "返品") || strings.Contains(word, "返金") || word == "return" || word == "refund"
}

// givenBack says that a row is of goods given back.
func (d *posDecoder) givenBack(rec []string) bool {
	n, err := d.quantity(rec, posQuantity)
	return d.taken(rec) || err == nil && n < 0
}

func (d *posDecoder) Order(_ string, rec []string) (Order, error) {
	o := Order{Kind: Sale, Status: Completed, Currency: "JPY", Buyer: d.buyer(rec), CouponCodes: splitCodes(d.cell(rec, "クーポンコード|クーポン番号"))}
	var err error
	if o.OrderedAt, err = d.soldAt(rec); err != nil {
		return Order{}, err
	}
	err = d.moneys(rec, 0, target{"小計値引|レシート値引|値引合計|小計割引", &o.ShopCoupon}, target{"利用ポイント|ポイント利用|使用ポイント|ポイント値引", &o.PointsUsed})
	if err != nil {
		return Order{}, err
	}
	o.ShopCoupon, o.PointsUsed = abs(o.ShopCoupon), abs(o.PointsUsed)
	switch {
	case d.taken(rec): // what was taken off the receipt comes back with it
		o.Kind, o.ShopCoupon, o.PointsUsed = Return, -o.ShopCoupon, 0
	case d.givenBack(rec): // beside a sale, which has what was taken off
		o.Kind, o.ShopCoupon, o.PointsUsed = Return, 0, 0
	}
	if voided := strings.ToLower(d.cell(rec, "取消|取消区分|ステータス|状態|status")); strings.Contains(voided, "取消") || strings.Contains(voided, "void") {
		o.Status = Cancelled
	}
	return o, nil
}

func (d *posDecoder) buyer(rec []string) Buyer {
	b := Buyer{
		MemberID: d.cell(rec, "会員番号|会員コード|会員ID|顧客コード|顧客番号|お客様番号|カード番号|member_id|member id"), Mail: d.cell(rec, "メールアドレス|email"),
		Phone: d.cell(rec, "電話番号|phone"),
	}
	b.FamilyName, b.GivenName = splitName(d.cell(rec, "会員名|顧客名|お客様名|お客様氏名|会員氏名|氏名"))
	b.FamilyKana, b.GivenKana = splitName(d.cell(rec, "会員名カナ|会員名(カナ)|フリガナ"))
	return b
}

func (d *posDecoder) Line(rec []string) (Line, error) {
	l := Line{
		Key: d.cell(rec, "明細番号|明細ID|行番号|取引明細ID|line_no"), SKU: d.first(rec, "商品コード|品番|sku", "JANコード|JAN|バーコード"),
		Name: d.cell(rec, "商品名|品名|name"), Option: d.first(rec, "規格|バリエーション", "サイズ"),
	}
	var err error
	if l.TaxRate, err = d.taxRate(rec, "税率|消費税率|tax_rate"); err != nil {
		return Line{}, err
	}
	if l, err = d.sold(rec, l, posQuantity, posPrice, posAmount, 0); err != nil {
		return Line{}, err
	}
	var off int64
	if err := d.moneys(rec, 0, target{"値引額|値引|値引き|値引金額|明細値引|明細値引額|割引額|割引|discount", &off}); err != nil {
		return Line{}, err
	}
	if d.givenBack(rec) {
		l.Quantity, l.Amount = -abs(l.Quantity), -abs(l.Amount)
	}
	if d.cell(rec, posAmount) == "" { // the amount is before what was taken off
		l.Amount -= sign(l.Amount) * min(abs(off), abs(l.Amount))
	}
	return l, nil
}
