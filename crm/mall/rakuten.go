package mall

import (
	"slices"
	"strconv"
	"strings"
	"time"
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

// rakutenRequired are the columns that tell this format from others and
// without which an order cannot be counted.
var rakutenRequired = []string{"注文番号", "ステータス", "商品合計金額", "合計金額", "注文者郵便番号1", "注文者姓", "商品明細ID", "単価", "個数"}

// Bind finds the columns in header.
func (RakutenOrders) Bind(header []string) (Decoder, error) {
	cols := newColumns(header)
	var missing []string
	for _, name := range rakutenRequired {
		if cols.find(name) < 0 {
			missing = append(missing, name)
		}
	}
	if cols.find("注文日時") < 0 && cols.find("注文日") < 0 {
		missing = append(missing, "注文日時")
	}
	if len(missing) > 0 {
		return nil, missingColumns(missing)
	}
	jst, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		return nil, err
	}
	return &rakutenDecoder{cols: cols, jst: jst, at: map[string]int{}}, nil
}

type rakutenDecoder struct {
	cols columns
	jst  *time.Location
	at   map[string]int // positions found so far
}

// cell is the content of the named column; "" when absent or undetermined.
func (d *rakutenDecoder) cell(rec []string, column string) string {
	i, ok := d.at[column]
	if !ok {
		i = d.cols.find(column)
		d.at[column] = i
	}
	s := cell(rec, i)
	if s == "-9999" || s == "-99999" {
		return ""
	}
	return s
}

func (d *rakutenDecoder) OrderNo(rec []string) (string, error) {
	no := d.cell(rec, "注文番号")
	if no == "" {
		return "", &Problem{Code: MissingOrderNo, Column: "注文番号"}
	}
	return no, nil
}

func (d *rakutenDecoder) Order(_ string, rec []string) (Order, error) {
	o := Order{Kind: Sale, Currency: "JPY", Buyer: d.buyer(rec), Gift: d.gift(rec)}
	if err := d.times(rec, &o); err != nil {
		return Order{}, err
	}
	o.Status = d.status(rec, o)
	if err := d.money(rec, &o); err != nil {
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

func (d *rakutenDecoder) times(rec []string, o *Order) error {
	ordered, column := d.cell(rec, "注文日時"), "注文日時"
	if ordered == "" {
		ordered, column = strings.TrimSpace(d.cell(rec, "注文日")+" "+d.cell(rec, "注文時間")), "注文日"
	}
	if ordered == "" {
		return &Problem{Code: MissingValue, Column: column}
	}
	var err error
	if o.OrderedAt, err = parseTime(ordered, ymd, d.jst); err != nil {
		return &Problem{Code: BadDate, Column: column, Detail: err.Error()}
	}
	if shipped := d.cell(rec, "発送完了報告日時"); shipped != "" {
		if o.ShippedAt, err = parseTime(shipped, ymd, d.jst); err != nil {
			return &Problem{Code: BadDate, Column: "発送完了報告日時", Detail: err.Error()}
		}
	}
	return nil
}

// status reads the nine states of 楽天ペイ. A cancellation that waits for
// Rakuten's confirmation counts as one: its goods will not be sent. An unknown
// word does not hold an order back: whether it was shipped tells its state.
func (d *rakutenDecoder) status(rec []string, o Order) OrderStatus {
	switch d.cell(rec, "ステータス") {
	case "キャンセル確定待ち", "キャンセル確定", "キャンセル":
		return Cancelled
	case "支払手続き済", "支払手続き済み", "処理済", "処理済み":
		return Completed
	case "発送済", "発送済み", "支払手続き中":
		return Shipped
	}
	if !o.ShippedAt.IsZero() {
		return Shipped
	}
	return Placed
}

func (d *rakutenDecoder) money(rec []string, o *Order) error {
	var err error
	// Not decided yet (-9999) is not zero: what is missing is added up from the rest.
	if o.Goods, err = d.decided(rec, "商品合計金額"); err != nil {
		return err
	}
	if o.Total, err = d.decided(rec, "合計金額"); err != nil {
		return err
	}
	for _, t := range []struct {
		column string
		into   *int64
	}{
		{"送料合計", &o.Shipping},
		{"代引料合計", &o.Fee},
		{"消費税合計", &o.Tax},
		{"店舗発行クーポン利用額", &o.ShopCoupon},
		{"楽天発行クーポン利用額", &o.MallCoupon},
		{"ポイント利用額", &o.PointsUsed},
	} {
		v, err := d.yen(rec, t.column)
		if err != nil {
			return err
		}
		*t.into = v
	}
	// RMS writes discounts with and without a minus sign, depending on the year.
	o.ShopCoupon, o.MallCoupon, o.PointsUsed = abs(o.ShopCoupon), abs(o.MallCoupon), abs(o.PointsUsed)
	settlement, err := d.yen(rec, "決済手数料")
	if err != nil {
		return err
	}
	o.Fee += settlement
	for bp, prefix := range map[int]string{1000: "10%", 800: "8%", 0: "0%"} {
		tax, err := d.yen(rec, prefix+"請求額に対する税額")
		if err != nil {
			return err
		}
		if tax != 0 {
			if o.TaxBreakdown == nil {
				o.TaxBreakdown = map[int]int64{}
			}
			o.TaxBreakdown[bp] = tax
		}
	}
	return nil
}

func (d *rakutenDecoder) Line(rec []string) (Line, error) {
	l := Line{
		Key: d.cell(rec, "商品明細ID"), SKU: d.sku(rec), Name: d.cell(rec, "商品名"),
		Option: firstOf(d.cell(rec, "SKU情報"), d.cell(rec, "項目・選択肢")), TaxRate: -1,
	}
	quantity, err := parseDecimal(d.cell(rec, "個数"))
	if err == nil {
		l.Quantity, err = quantity.integer()
	}
	if err != nil {
		return Line{}, &Problem{Code: BadQuantity, Column: "個数", Detail: err.Error()}
	}
	if l, err = priced(l, d.cell(rec, "単価"), 0); err != nil {
		return Line{}, &Problem{Code: BadAmount, Column: "単価", Detail: err.Error()}
	}
	if rate := d.cell(rec, "商品税率"); rate != "" {
		if l.TaxRate, err = basisPoints(rate); err != nil {
			return Line{}, &Problem{Code: BadAmount, Column: "商品税率", Detail: err.Error()}
		}
	}
	return l, nil
}

// sku is the finest code the shop itself gave: the SKU, the item, the page.
func (d *rakutenDecoder) sku(rec []string) string {
	for _, column := range []string{"システム連携用SKU番号", "SKU管理番号", "商品番号", "商品管理番号"} {
		if s := d.cell(rec, column); s != "" {
			return s
		}
	}
	return ""
}

func (d *rakutenDecoder) buyer(rec []string) Buyer {
	joined := func(sep string, columns ...string) string {
		parts := make([]string, len(columns))
		for i, c := range columns {
			if parts[i] = d.cell(rec, c); parts[i] == "" {
				return "" // a phone or postcode with a part missing is none
			}
		}
		return strings.Join(parts, sep)
	}
	return Buyer{
		Mail:       d.cell(rec, "注文者メールアドレス"),
		FamilyName: d.cell(rec, "注文者姓"), GivenName: d.cell(rec, "注文者名"),
		FamilyKana: d.cell(rec, "注文者姓カナ"), GivenKana: d.cell(rec, "注文者名カナ"),
		Phone:      joined("-", "注文者電話番号1", "注文者電話番号2", "注文者電話番号3"),
		PostalCode: joined("-", "注文者郵便番号1", "注文者郵便番号2"),
		Prefecture: d.cell(rec, "注文者住所都道府県"), City: d.cell(rec, "注文者住所郡市区"),
		Address: d.cell(rec, "注文者住所それ以降の住所"), Gender: d.cell(rec, "注文者性別"),
	}
}

// gift says that the recipient is somebody else. An order without the column is taken as none.
func (d *rakutenDecoder) gift(rec []string) bool {
	return d.cell(rec, "送付先一致フラグ") == "0" || d.cell(rec, "ギフト配送希望") == "1"
}

// decided is an amount, or nil while it is not decided.
func (d *rakutenDecoder) decided(rec []string, column string) (*int64, error) {
	if d.cell(rec, column) == "" {
		return nil, nil //nolint:nilnil // nil is the amount that is not there
	}
	v, err := d.yen(rec, column)
	return &v, err
}

func (d *rakutenDecoder) yen(rec []string, column string) (int64, error) {
	s := d.cell(rec, column)
	if s == "" {
		return 0, nil
	}
	v, err := parseDecimal(s)
	if err == nil {
		var n int64
		if n, err = v.integer(); err == nil {
			return n, nil
		}
	}
	return 0, &Problem{Code: BadAmount, Column: column, Detail: err.Error()}
}

// basisPoints reads a tax rate written as 0.1, 10 or 10%.
func basisPoints(s string) (int, error) {
	percent := strings.HasSuffix(s, "%")
	f, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil || f < 0 || f > 100 {
		return 0, errNumber
	}
	if percent || f >= 1 {
		return int(f*100 + 0.5), nil
	}
	return int(f*10_000 + 0.5), nil
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
