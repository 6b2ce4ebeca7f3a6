package mall

import "strings"

// RakutenLegacy is the order CSV that Rakuten RMS wrote before 楽天ペイ
// (通常購入データ, until about 2018), as merchants keep it in archives: CP932, one
// row per item, 受注番号 for 注文番号.
//
// What is particular: -99999 stands for "no value", in the names of some columns
// too (送料(-99999=無効値)); the digits in names may be full-width; the state is
// a word of the shop's own making, of which a few are known; it has the birth
// date, which later files do not; the number that a row is given has not been
// seen to be unique, so that a line is known by its place.
// Source: the project's notes on malls (1.2); the names with -99999 and the
// words for states are from memory of such archives, and are read where they are.
type RakutenLegacy struct{}

// Name is the format's stable name.
func (RakutenLegacy) Name() string { return "RAKUTEN_LEGACY" }

// Mall is Rakuten.
func (RakutenLegacy) Mall() Mall { return Rakuten }

// Needs are the columns of its layout.
func (RakutenLegacy) Needs() []Need { return rakutenLegacyLayout.needs() }

var rakutenLegacyLayout = layout{
	order: []string{"受注番号", "受注ステータス", "注文日時|注文日"},
	goods: []string{"商品名", "個数"},
	money: []string{"単価"},
	buyer: []string{"注文者名字", "注文者名前"},
	marks: []string{"受注ステータス", "注文者名字", "注文者名前"},
}

// Bind finds the columns in header.
func (RakutenLegacy) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, rakutenLegacyLayout)
	if err != nil {
		return nil, err
	}
	return &rakutenLegacyDecoder{s}, nil
}

type rakutenLegacyDecoder struct{ *sheet }

func (d *rakutenLegacyDecoder) OrderNo(rec []string) (string, error) {
	return d.needed(rec, "受注番号", MissingOrderNo)
}

func (d *rakutenLegacyDecoder) Order(_ string, rec []string) (Order, error) {
	o := Order{Kind: Sale, Currency: "JPY", Buyer: d.buyer(rec)}
	o.Gift = d.cell(rec, "送付先一致フラグ") == "0" || strings.HasPrefix(d.cell(rec, "ギフトチェック(0:なし/1:あり)|ギフトチェック"), "1")
	var err error
	if o.OrderedAt, err = d.dayAndTime(rec, "注文日時", "注文日", "注文時間"); err != nil {
		return Order{}, err
	}
	if o.ShippedAt, err = d.time(rec, "発送日|配送日"); err != nil {
		return Order{}, err
	}
	o.Status = stateOf(d.cell(rec, "受注ステータス"), o.ShippedAt)
	if o.Total, err = d.money(rec, "合計金額(-99999=無効値)|合計金額", 0); err != nil {
		return Order{}, err
	}
	err = d.moneys(rec, 0,
		target{"送料(-99999=無効値)|送料", &o.Shipping}, target{"代引料(-99999=無効値)|代引料", &o.Fee}, target{"消費税(-99999=無効値)|消費税", &o.Tax},
		target{"店舗発行クーポン利用額", &o.ShopCoupon}, target{"楽天発行クーポン利用額", &o.MallCoupon}, target{"ポイント利用額", &o.PointsUsed})
	o.ShopCoupon, o.MallCoupon, o.PointsUsed = abs(o.ShopCoupon), abs(o.MallCoupon), abs(o.PointsUsed)
	return o, err
}

func (d *rakutenLegacyDecoder) buyer(rec []string) Buyer {
	return Buyer{
		Mail:       d.cell(rec, "メールアドレス|注文者メールアドレス"),
		FamilyName: d.cell(rec, "注文者名字"), GivenName: d.cell(rec, "注文者名前"),
		FamilyKana: d.cell(rec, "注文者名字フリガナ"), GivenKana: d.cell(rec, "注文者名前フリガナ"),
		Phone:      d.joined(rec, "注文者電話番号1", "注文者電話番号2", "注文者電話番号3"),
		PostalCode: d.joined(rec, "注文者郵便番号1", "注文者郵便番号2"),
		Prefecture: d.cell(rec, "注文者住所:都道府県"), City: d.cell(rec, "注文者住所:都市区"), Address: d.cell(rec, "注文者住所:町以降"),
		Gender: d.cell(rec, "注文者性別"), BirthDate: d.cell(rec, "注文者誕生日"),
	}
}

func (d *rakutenLegacyDecoder) Line(rec []string) (Line, error) {
	l := Line{SKU: d.first(rec, "商品番号", "商品ID"), Name: d.cell(rec, "商品名"), Option: d.cell(rec, "項目・選択肢"), TaxRate: -1}
	return d.priced(rec, l, "個数", "単価", 0)
}
