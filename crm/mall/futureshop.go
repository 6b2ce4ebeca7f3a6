package mall

// FutureshopOrders is the order CSV of futureshop (受注データ), of which the
// merchant chooses the columns: one row per item, told by the names that
// futureshop alone has (受注コード, 販売単価, 購入数量), whichever others are there.
//
// What is particular: what is of the order stands on every row of it; お届け先 is
// the recipient; a product's number and that of its variation stand apart.
// Source: the project's notes on malls (1.8: the columns a public manual has one
// choose). Not found: whether 商品合計金額 is before or after 割引合計金額(商品), so
// that goods are the sum of the lines; the column of the order's state and its
// words, which are read where a column is called 受注ステータス or 処理状況.
type FutureshopOrders struct{}

// Name is the format's stable name.
func (FutureshopOrders) Name() string { return "FUTURESHOP_ORDERS" }

// Mall is futureshop.
func (FutureshopOrders) Mall() Mall { return Futureshop }

// Needs are the columns of its layout.
func (FutureshopOrders) Needs() []Need { return futureshopLayout.needs() }

var futureshopLayout = layout{
	order: []string{"受注コード", "注文日時|受注日時|注文日|受注日"},
	goods: []string{"商品名|商品番号", "購入数量"},
	money: []string{"販売単価"},
	marks: []string{"受注コード", "購入数量", "販売単価"},
}

// Bind finds the columns in header.
func (FutureshopOrders) Bind(header []string) (Decoder, error) {
	s, err := newOrderSheet(header, futureshopLayout)
	if err != nil {
		return nil, err
	}
	return &futureshopDecoder{s}, nil
}

type futureshopDecoder struct{ *sheet }

func (d *futureshopDecoder) OrderNo(rec []string) (string, error) {
	return d.needed(rec, "受注コード", MissingOrderNo)
}

func (d *futureshopDecoder) Order(_ string, rec []string) (Order, error) {
	o := Order{Kind: Sale, Currency: "JPY", Buyer: d.buyer(rec), CouponCodes: splitCodes(d.cell(rec, "クーポンコード"))}
	o.Gift = otherName(d.cell(rec, "お届け先氏名(姓)")+d.cell(rec, "お届け先氏名(名)"), d.cell(rec, "氏名(姓)")+d.cell(rec, "氏名(名)"))
	var err error
	if o.OrderedAt, err = d.orderedAt(rec, "注文日時|受注日時|注文日|受注日"); err != nil {
		return Order{}, err
	}
	if o.ShippedAt, err = d.time(rec, "発送日|出荷日|発送完了日"); err != nil {
		return Order{}, err
	}
	o.Status = stateOf(d.cell(rec, "受注ステータス|処理状況|注文ステータス|ステータス"), o.ShippedAt)
	if o.Total, err = d.money(rec, "請求合計金額", 0); err != nil {
		return Order{}, err
	}
	return o, d.orderMoney(rec, &o)
}

func (d *futureshopDecoder) orderMoney(rec []string, o *Order) error {
	var wrapping, cool, other, offShipping int64
	err := d.moneys(rec, 0, target{"送料", &o.Shipping}, target{"決済手数料", &o.Fee}, target{"包装手数料", &wrapping},
		target{"クール便手数料", &cool}, target{"その他手数料", &other}, target{"消費税合計", &o.Tax},
		target{"割引合計金額(商品)|割引合計金額", &o.ShopCoupon}, target{"割引合計金額(送料)", &offShipping}, target{"ポイント利用額", &o.PointsUsed})
	if err != nil {
		return err
	}
	o.Fee += wrapping + cool + other
	o.Shipping -= min(abs(offShipping), o.Shipping)
	o.ShopCoupon, o.PointsUsed = abs(o.ShopCoupon), abs(o.PointsUsed)
	return nil
}

func (d *futureshopDecoder) buyer(rec []string) Buyer {
	b := Buyer{
		MemberID: d.cell(rec, "会員ID|会員番号|会員コード"), Mail: d.first(rec, "メールアドレス|メールアドレス(メイン)", "メールアドレス(サブ)", "メールアドレス(モバイル)"),
		Phone:      d.first(rec, "電話番号(メイン)|電話番号", "携帯電話番号", "電話番号(サブ)"),
		PostalCode: d.cell(rec, "郵便番号"), Prefecture: prefecture(d.cell(rec, "都道府県区分|都道府県")), City: d.cell(rec, "住所1"),
		Address: spaced(d.cell(rec, "住所2"), d.cell(rec, "住所3")), Gender: d.cell(rec, "性別"), BirthDate: d.cell(rec, "生年月日"),
	}
	b.FamilyName, b.GivenName = named(d.cell(rec, "氏名(姓)"), d.cell(rec, "氏名(名)"), d.cell(rec, "氏名"))
	b.FamilyKana, b.GivenKana = named(d.cell(rec, "フリガナ(姓)|氏名フリガナ(姓)"), d.cell(rec, "フリガナ(名)|氏名フリガナ(名)"), d.cell(rec, "フリガナ"))
	return b
}

func (d *futureshopDecoder) Line(rec []string) (Line, error) {
	l := Line{SKU: d.cell(rec, "商品番号"), Name: d.cell(rec, "商品名"), Option: d.first(rec, "バリエーション名", "項目選択肢"), TaxRate: -1}
	if branch := d.cell(rec, "枝番号"); branch != "" {
		l.SKU += "-" + branch
	}
	return d.priced(rec, l, "購入数量", "販売単価", 0)
}
