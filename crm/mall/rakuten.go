package mall

import (
	"slices"
)

// RakutenOrders is the order CSV of Rakuten RMS (楽天ペイ注文データ): CP932, CRLF,
// one row per item. The file has 107 columns, or 158 since tax rates and SKUs
// were added; both are read by name, so that other widths work too.
//
// What is particular: the totals of the order are repeated on every row and
// must be counted once; -9999 stands for "not decided yet"; phone and postcode
// come in parts; 送付先 is the recipient and never the buyer; coupons paid by
// the shop and by Rakuten have columns of their own; the file names neither a
// member id nor a birth date.
// Source: column lists of public order readers; see the project's notes on malls.
type RakutenOrders struct{}

// Name is the format's stable name.
func (RakutenOrders) Name() string { return "RAKUTEN_ORDERS" }

// Mall is Rakuten.
func (RakutenOrders) Mall() Mall { return Rakuten }

// Needs are the columns of its layout.
func (RakutenOrders) Needs() []Need { return rakutenLayout.needs() }

var rakutenLayout = layout{
	order: []string{"注文番号", "ステータス", "注文日時|注文日"},
	goods: []string{"商品明細ID", "個数"},
	money: []string{"商品合計金額", "合計金額", "単価"},
	buyer: []string{"注文者姓"},
	marks: []string{"商品明細ID", "商品合計金額", "注文者姓"},
}

// Bind finds the columns in header.
func (RakutenOrders) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, rakutenLayout)
	if err != nil {
		return nil, err
	}
	return &rakutenDecoder{s}, nil
}

type rakutenDecoder struct{ *sheet }

func (d *rakutenDecoder) OrderNo(rec []string) (string, error) {
	return d.needed(rec, "注文番号", MissingOrderNo)
}

func (d *rakutenDecoder) Order(_ string, rec []string) (Order, error) {
	o := Order{Kind: Sale, Currency: "JPY", Buyer: d.buyer(rec), Gift: d.gift(rec)}
	if err := d.times(rec, &o); err != nil {
		return Order{}, err
	}
	var err error
	if o.Status, err = d.status(rec, o); err != nil {
		return Order{}, err
	}
	if err := d.orderMoney(rec, &o); err != nil {
		return Order{}, err
	}
	for _, column := range []string{"店舗発行クーポンコード", "楽天発行クーポンコード"} {
		for _, code := range splitCodes(d.cell(rec, column)) {
			if !slices.Contains(o.CouponCodes, code) {
				o.CouponCodes = append(o.CouponCodes, code)
			}
		}
	}
	return o, nil
}

func (d *rakutenDecoder) times(rec []string, o *Order) (err error) {
	if o.OrderedAt, err = d.dayAndTime(rec, "注文日時", "注文日", "注文時間"); err != nil {
		return err
	}
	o.ShippedAt, err = d.time(rec, "発送完了報告日時")
	return err
}

// rakutenStates are the nine states of 楽天ペイ, as words and as the numbers of
// its API, and what older files call them. A cancellation that waits for
// Rakuten's confirmation counts as one: its goods will not be sent.
var rakutenStates = map[string]OrderStatus{
	"注文確認待ち": Placed, "楽天処理中": Placed, "発送待ち": Placed, "変更確定待ち": Placed, "100": Placed, "200": Placed, "300": Placed, "400": Placed,
	"発送済": Shipped, "発送済み": Shipped, "支払手続き中": Shipped, "500": Shipped, "600": Shipped,
	"支払手続き済": Completed, "支払手続き済み": Completed, "処理済": Completed, "処理済み": Completed, "700": Completed,
	"キャンセル確定待ち": Cancelled, "キャンセル確定": Cancelled, "キャンセル": Cancelled, "800": Cancelled, "900": Cancelled,
	"新規受付": Placed, "保留": Placed, "予約": Placed,
}

// rakutenWords are the states as the mall writes them today.
var rakutenWords = []string{"注文確認待ち", "楽天処理中", "発送待ち", "変更確定待ち", "発送済", "支払手続き中", "支払手続き済", "キャンセル確定待ち", "キャンセル確定"}

// status reads the state; where there is none, or one from before sending, the
// day of sending tells more.
func (d *rakutenDecoder) status(rec []string, o Order) (OrderStatus, error) {
	word := d.cell(rec, "ステータス")
	state, known := rakutenStates[word]
	switch {
	case !known && word != "":
		return "", d.unknownStatus("ステータス", rakutenWords...)
	case (!known || state == Placed) && !o.ShippedAt.IsZero():
		return Shipped, nil
	case !known:
		return Placed, nil
	}
	return state, nil
}

func (d *rakutenDecoder) orderMoney(rec []string, o *Order) error {
	var err error
	// Not decided yet (-9999) is not zero: what is missing is added up from the rest.
	if o.Goods, err = d.money(rec, "商品合計金額", 0); err != nil {
		return err
	}
	if o.Total, err = d.money(rec, "合計金額", 0); err != nil {
		return err
	}
	var settlement int64
	err = d.moneys(rec, 0, target{"送料合計", &o.Shipping}, target{"代引料合計", &o.Fee}, target{"決済手数料", &settlement}, target{"消費税合計", &o.Tax},
		target{"店舗発行クーポン利用額", &o.ShopCoupon}, target{"楽天発行クーポン利用額", &o.MallCoupon}, target{"ポイント利用額", &o.PointsUsed})
	if err != nil {
		return err
	}
	o.Fee += settlement
	// RMS writes discounts with and without a minus sign, depending on the year.
	o.ShopCoupon, o.MallCoupon, o.PointsUsed = abs(o.ShopCoupon), abs(o.MallCoupon), abs(o.PointsUsed)
	for bp, prefix := range map[int]string{1000: "10%", 800: "8%", 0: "0%"} {
		var tax int64
		if err := d.moneys(rec, 0, target{prefix + "請求額に対する税額", &tax}); err != nil {
			return err
		}
		o.taxed(bp, tax)
	}
	return nil
}

func (d *rakutenDecoder) Line(rec []string) (Line, error) {
	l := Line{
		Key: d.cell(rec, "商品明細ID"), SKU: d.first(rec, "システム連携用SKU番号", "SKU管理番号", "商品番号", "商品管理番号"),
		Name: d.cell(rec, "商品名"), Option: d.first(rec, "SKU情報", "項目・選択肢"),
	}
	var err error
	if l.Quantity, err = d.quantity(rec, "個数"); err != nil {
		return Line{}, err
	}
	if l, err = priced(l, d.cell(rec, "単価"), 0); err != nil {
		return Line{}, &Problem{Code: BadAmount, Column: "単価", Detail: err.Error()}
	}
	l.TaxRate, err = d.taxRate(rec, "商品税率")
	return l, err
}

func (d *rakutenDecoder) buyer(rec []string) Buyer {
	return Buyer{
		Mail:       d.cell(rec, "注文者メールアドレス"),
		FamilyName: d.cell(rec, "注文者姓"), GivenName: d.cell(rec, "注文者名"),
		FamilyKana: d.cell(rec, "注文者姓カナ"), GivenKana: d.cell(rec, "注文者名カナ"),
		Phone:      d.joined(rec, "注文者電話番号1", "注文者電話番号2", "注文者電話番号3"),
		PostalCode: d.joined(rec, "注文者郵便番号1", "注文者郵便番号2"),
		Prefecture: d.cell(rec, "注文者住所都道府県"), City: d.cell(rec, "注文者住所郡市区"),
		Address: d.cell(rec, "注文者住所それ以降の住所"), Gender: d.cell(rec, "注文者性別"), BirthDate: d.cell(rec, "注文者誕生日"), // the last of old files and of RMS
	}
}

// gift says that the recipient is somebody else. An order without the column is taken as none.
func (d *rakutenDecoder) gift(rec []string) bool {
	return d.cell(rec, "送付先一致フラグ") == "0" || d.cell(rec, "ギフト配送希望") == "1"
}
