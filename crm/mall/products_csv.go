package mall

import (
	"slices"
	"strings"
	"time"
)

// ProductsCSV is a list of products, as shop systems export them: a code and a
// name, and what else it tells of category, cost and stock. Columns are told by
// what they are called; files with columns of orders are none.
//
// What is particular: Rakuten's list has a row for the product and one for each
// SKU, of which the latter have no name; a product is known by the code that
// stands in its orders.
// Source: none of one system; the names are those of several systems' lists.
type ProductsCSV struct{}

// Name is the format's stable name.
func (ProductsCSV) Name() string { return "PRODUCTS_CSV" }

// Kind is products.
func (ProductsCSV) Kind() string { return ProductsKind }

// What shop systems call what they know of a product.
const (
	goodSKU      = "システム連携用SKU番号|SKU管理番号|sku|商品コード|独自商品コード|商品番号|商品管理番号(商品URL)|商品管理番号|品番|Variant SKU|item code|code"
	goodName     = "商品名|品名|商品名称|title|name"
	goodCategory = "カテゴリ|カテゴリー|カテゴリ名|ジャンル|部門|分類|商品分類|type|category|product category"
	goodCost     = "原価|仕入原価|仕入価格|仕入単価|Cost per item|cost"
	goodStock    = "在庫数|在庫|在庫数量|現在庫数|残数|Variant Inventory Qty|available|stock|quantity on hand"
)

// BindTable finds the columns in header.
func (ProductsCSV) BindTable(header []string) (TableDecoder, error) {
	return bindGoods(header, goodName)
}

// StockCSV is a list of how much there is of each product: a code and a number.
// Source: as [ProductsCSV].
type StockCSV struct{}

// Name is the format's stable name.
func (StockCSV) Name() string { return "STOCK_CSV" }

// Kind is products.
func (StockCSV) Kind() string { return ProductsKind }

// BindTable finds the columns in header.
func (StockCSV) BindTable(header []string) (TableDecoder, error) { return bindGoods(header, goodStock) }

// purchaseColumns are columns of orders: a file with one of them lists what was
// bought, not what there is to buy.
var purchaseColumns = strings.Split("注文番号|受注番号|受注コード|注文日|注文日時|order id|order-id|orderid|order_id|レシート番号|取引ID|伝票番号|取引番号|売上番号|売上日|取引日|販売日|個数|購入数量|注文者|購入者名|invoiceno", "|")

func bindGoods(header []string, needed string) (TableDecoder, error) {
	s, err := newSheet(header, goodSKU, needed)
	if err != nil {
		return nil, err
	}
	if resembles(header) || isOrders(header) || slices.ContainsFunc(purchaseColumns, s.has) {
		return nil, errOrders()
	}
	return goodsDecoder{s}, nil
}

type goodsDecoder struct{ *sheet }

// Row implements TableDecoder.
func (d goodsDecoder) Row(rec []string) (Row, error) {
	g := Good{Name: d.cell(rec, goodName), Category: d.cell(rec, goodCategory), Currency: "JPY"}
	if c := d.cell(rec, "通貨|currency"); c != "" {
		g.Currency = strings.ToUpper(c)
	}
	digits, ok := minorDigits(g.Currency)
	if !ok {
		return Row{}, d.problem(BadAmount, "通貨|currency", errCurrency)
	}
	for _, column := range strings.Split(goodSKU, "|") { // of several codes the one that orders have, where the row tells it
		if g.SKU = d.cell(rec, column); g.SKU != "" {
			break
		}
	}
	if g.SKU == "" {
		return Row{}, d.problem(MissingValue, goodSKU, nil)
	}
	var err error
	if g.Cost, err = d.money(rec, goodCost, digits); err != nil {
		return Row{}, err
	}
	if g.Cost != nil && *g.Cost < 0 {
		return Row{}, d.problem(BadAmount, goodCost, errRange)
	}
	if g.From, err = d.day(rec, "適用開始日|開始日|適用日|valid_from"); err != nil {
		return Row{}, err
	}
	if d.cell(rec, goodStock) != "" {
		n, err := d.quantity(rec, goodStock)
		if err != nil {
			return Row{}, err
		}
		g.Stock = &n
	}
	return Row{Good: &g}, nil
}

// day is the day in a column, zero when it is empty: midnight in UTC, as days
// without a zone are kept.
func (s *sheet) day(rec []string, column string) (time.Time, error) {
	text := s.cell(rec, column)
	if text == "" {
		return time.Time{}, nil
	}
	t, err := parseTime(text, ymd, time.UTC)
	if err != nil {
		return time.Time{}, s.problem(BadDate, column, err)
	}
	return t.Truncate(24 * time.Hour), nil
}

// CampaignCostsCSV is a list of what was spent for campaigns: a campaign by its
// name, a day, an amount, and where it tells it what for. The same campaign, day,
// purpose and note is the same money: told again otherwise it is corrected.
// Source: none; such lists are made by hand, or come from an advertiser by campaign.
type CampaignCostsCSV struct{}

// Name is the format's stable name.
func (CampaignCostsCSV) Name() string { return "CAMPAIGN_COSTS_CSV" }

// Kind is costs.
func (CampaignCostsCSV) Kind() string { return CostsKind }

// What such lists call their columns.
const (
	costCampaign = "キャンペーン|キャンペーン名|施策|施策名|campaign|campaign name"
	costDay      = "日付|利用日|発生日|計上日|支払日|日|date|day"
	costAmount   = "費用|金額|広告費|利用額|ご利用額|消化金額|費用(税込)|施策費|amount|cost|spend"
	costCurrency = "通貨|currency"
)

// BindTable finds the columns in header.
func (CampaignCostsCSV) BindTable(header []string) (TableDecoder, error) {
	s, err := newSheet(header, costCampaign, costDay, costAmount)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(purchaseColumns, s.has) {
		return nil, errOrders()
	}
	return costsDecoder{s}, nil
}

type costsDecoder struct{ *sheet }

// Row implements TableDecoder.
func (d costsDecoder) Row(rec []string) (Row, error) {
	c := CampaignCost{Currency: "JPY", Purpose: d.cell(rec, "費目|種別|項目|媒体|目的|purpose|channel"), Note: d.cell(rec, "摘要|備考|メモ|内容|note")}
	var err error
	if c.Campaign, err = d.needed(rec, costCampaign, MissingValue); err != nil {
		return Row{}, err
	}
	if _, err := d.needed(rec, costDay, MissingValue); err != nil {
		return Row{}, err
	}
	if c.On, err = d.day(rec, costDay); err != nil {
		return Row{}, err
	}
	if own := d.cell(rec, costCurrency); own != "" {
		c.Currency = strings.ToUpper(own)
	}
	digits, ok := minorDigits(c.Currency)
	if !ok {
		return Row{}, d.problem(BadAmount, costCurrency, errCurrency)
	}
	amount, err := d.money(rec, costAmount, digits)
	if err != nil {
		return Row{}, err
	}
	if amount == nil {
		return Row{}, d.problem(MissingValue, costAmount, nil)
	}
	c.Amount = *amount
	return Row{Cost: &c}, nil
}
