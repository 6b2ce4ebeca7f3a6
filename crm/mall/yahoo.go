package mall

import (
	"slices"
	"strings"
	"time"
)

// YahooOrders is the order file of Yahoo!ショッピング ストアクリエイターPro: CP932,
// one row per order, no items; [YahooItems] has those, joined by OrderId.
//
// What is particular: the shop chooses the columns of its template, so that
// those without which money would be wrong are asked for by name; Bill… is the
// buyer and Ship… the recipient, who is never the buyer; the coupons the mall
// pays (TotalMallCouponDiscount) stand apart from those of the shop.
// Source: column lists of public order readers and the mall's orderList and
// orderInfo documentation; see the project's notes on malls.
type YahooOrders struct{}

// Name is the format's stable name.
func (YahooOrders) Name() string { return "YAHOO_ORDERS" }

// Mall is Yahoo.
func (YahooOrders) Mall() Mall { return Yahoo }

// Needs are the columns of its layout.
func (YahooOrders) Needs() []Need { return yahooOrdersLayout.needs() }

var yahooOrdersLayout = layout{
	order: []string{"OrderId", "OrderTime", "OrderStatus"},
	money: []string{"ShipCharge", "PayCharge", "Discount", "UsePoint", "ItemCouponDiscount", "TotalMallCouponDiscount"},
	buyer: []string{"BillLastName|BillName"},
	marks: []string{"BillLastName|BillName", "PayCharge", "UsePoint", "ItemCouponDiscount", "TotalMallCouponDiscount"},
}

// Bind finds the columns in header.
func (YahooOrders) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, yahooOrdersLayout)
	if err != nil {
		return nil, err
	}
	return &yahooOrdersDecoder{s}, nil
}

type yahooOrdersDecoder struct{ *sheet }

func (*yahooOrdersDecoder) Share() Share         { return Share{Facts: true, Buyer: true} }
func (*yahooOrdersDecoder) Companion() Companion { return Companion{YahooItems{}.Name(), true} }

func (d *yahooOrdersDecoder) OrderNo(rec []string) (string, error) {
	return d.needed(rec, "OrderId", MissingOrderNo)
}

func (d *yahooOrdersDecoder) Order(_ string, rec []string) (Order, error) {
	o := Order{Kind: Sale, Currency: "JPY", Buyer: d.buyer(rec), Gift: d.gift(rec)}
	var err error
	if o.OrderedAt, err = d.orderedAt(rec, "OrderTime"); err != nil {
		return Order{}, err
	}
	if o.ShippedAt, err = d.time(rec, "ShipDate"); err != nil {
		return Order{}, err
	}
	if o.Status, err = d.status(rec, o.ShippedAt); err != nil {
		return Order{}, err
	}
	var wrapping, discount, freeShipping int64
	err = d.moneys(rec, 0, target{"ShipCharge", &o.Shipping}, target{"PayCharge", &o.Fee}, target{"GiftWrapCharge", &wrapping},
		target{"Discount", &discount}, target{"ItemCouponDiscount", &o.ShopCoupon}, target{"ShippingCouponDiscount", &freeShipping},
		target{"TotalMallCouponDiscount", &o.MallCoupon}, target{"UsePoint", &o.PointsUsed})
	if err != nil {
		return Order{}, err
	}
	o.Fee += wrapping
	o.Shipping -= min(abs(freeShipping), o.Shipping) // the shop's coupon for it: not goods
	o.ShopCoupon = abs(o.ShopCoupon) + abs(discount)
	o.MallCoupon, o.PointsUsed = abs(o.MallCoupon), abs(o.PointsUsed)
	return o, nil
}

// yahooWords are the five states, which the mall writes as numbers from 1 on.
var yahooWords = []string{"予約中", "処理中", "保留", "キャンセル", "完了"}

// status reads the state, written as number or word. Before the end of an order
// the day of sending tells more.
func (d *yahooOrdersDecoder) status(rec []string, shipped time.Time) (OrderStatus, error) {
	switch word := d.cell(rec, "OrderStatus"); {
	case word == "4", word == "キャンセル":
		return Cancelled, nil
	case word == "5", word == "完了":
		return Completed, nil
	case word != "" && !slices.Contains([]string{"1", "2", "3"}, word) && !slices.Contains(yahooWords, word):
		return "", d.unknownStatus("OrderStatus", "1 (予約中)", "2 (処理中)", "3 (保留)", "4 (キャンセル)", "5 (完了)")
	case !shipped.IsZero():
		return Shipped, nil
	}
	return Placed, nil
}

func (d *yahooOrdersDecoder) buyer(rec []string) Buyer {
	b := Buyer{
		Mail: d.cell(rec, "BillMailAddress"), Phone: d.first(rec, "BillPhoneNumber", "BillEmgPhoneNumber"),
		PostalCode: d.cell(rec, "BillZipCode"), Prefecture: d.cell(rec, "BillPrefecture"), City: d.cell(rec, "BillCity"),
		Address: strings.TrimSpace(d.cell(rec, "BillAddress1") + " " + d.cell(rec, "BillAddress2")),
	}
	b.FamilyName, b.GivenName = named(d.cell(rec, "BillLastName"), d.cell(rec, "BillFirstName"), d.cell(rec, "BillName"))
	b.FamilyKana, b.GivenKana = named(d.cell(rec, "BillLastNameKana"), d.cell(rec, "BillFirstNameKana"), d.cell(rec, "BillNameKana"))
	return b
}

// gift says that the recipient has another name than the buyer.
func (d *yahooOrdersDecoder) gift(rec []string) bool {
	to := d.cell(rec, "ShipLastName") + d.cell(rec, "ShipFirstName")
	by := d.cell(rec, "BillLastName") + d.cell(rec, "BillFirstName")
	if to == "" || by == "" {
		to, by = d.cell(rec, "ShipName"), d.cell(rec, "BillName")
	}
	return otherName(to, by)
}

func (*yahooOrdersDecoder) Line([]string) (Line, error) { return Line{}, errNoLines }

// YahooItems is the item file beside [YahooOrders]: one row per item, no date,
// no buyer, no order's money.
//
// A line's price is the one before the shop's coupon (OriginalPrice) when there
// was one, because the coupon is taken off once, from the order.
type YahooItems struct{}

// Name is the format's stable name.
func (YahooItems) Name() string { return "YAHOO_ITEMS" }

// Mall is Yahoo.
func (YahooItems) Mall() Mall { return Yahoo }

// Needs are the columns of its layout.
func (YahooItems) Needs() []Need { return yahooItemsLayout.needs() }

var yahooItemsLayout = layout{
	order: []string{"OrderId"},
	goods: []string{"LineId", "ItemId", "Title", "Quantity"},
	money: []string{"UnitPrice"},
	marks: []string{"LineId", "ItemId"},
}

// Bind finds the columns in header.
func (YahooItems) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, yahooItemsLayout)
	if err != nil {
		return nil, err
	}
	return &yahooItemsDecoder{s}, nil
}

type yahooItemsDecoder struct{ *sheet }

func (*yahooItemsDecoder) Share() Share         { return Share{Lines: true} }
func (*yahooItemsDecoder) Companion() Companion { return Companion{YahooOrders{}.Name(), true} }

func (d *yahooItemsDecoder) OrderNo(rec []string) (string, error) {
	return d.needed(rec, "OrderId", MissingOrderNo)
}

func (*yahooItemsDecoder) Order(string, []string) (Order, error) { return Order{}, nil }

func (d *yahooItemsDecoder) Line(rec []string) (Line, error) {
	l := Line{
		SKU: d.first(rec, "SubCode", "ItemId"), Name: d.cell(rec, "Title"),
		Option:  d.first(rec, "SubCodeOption", "ItemOptionValue", "InscriptionValue"),
		Charges: Charges{Coupon: d.cell(rec, "CouponId")},
	}
	var err error
	if l.Key, err = d.needed(rec, "LineId", MissingValue); err != nil {
		return Line{}, err
	}
	if l.Quantity, err = d.quantity(rec, "Quantity"); err != nil {
		return Line{}, err
	}
	column, err := d.priceColumn(rec)
	if err != nil {
		return Line{}, err
	}
	if l, err = priced(l, d.cell(rec, column), 0); err != nil {
		return Line{}, &Problem{Code: BadAmount, Column: column, Detail: err.Error()}
	}
	l.TaxRate, err = d.taxRate(rec, "ItemTaxRatio")
	return l, err
}

// priceColumn is where the price before the shop's coupon stands.
func (d *yahooItemsDecoder) priceColumn(rec []string) (string, error) {
	var original, coupon int64
	if err := d.moneys(rec, 0, target{"OriginalPrice", &original}, target{"CouponDiscount", &coupon}); err != nil {
		return "", err
	}
	if original > 0 && coupon != 0 {
		return "OriginalPrice", nil
	}
	return "UnitPrice", nil
}
