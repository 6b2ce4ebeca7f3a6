package mall_test

import (
	"embed"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/mall/malltest"
)

//go:embed testdata/*.csv testdata/*.txt
var files embed.FS

// The files are kept in UTF-8, so that a change to them can be read; the suite
// takes them through the encoding that the mall writes.
func file(t *testing.T, name string, f malltest.File) malltest.File {
	t.Helper()
	text, err := files.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f.Name, _, _ = strings.Cut(name, ".")
	f.Text = string(text)
	return f
}

func TestRakutenOrders(t *testing.T) {
	as := malltest.File{CP932: true, Required: []string{"注文番号", "ステータス", "商品合計金額", "合計金額", "注文者姓", "商品明細ID", "単価", "個数"}}
	malltest.Run(t, mall.RakutenOrders{}, []malltest.File{file(t, "rakuten_107.csv", as), file(t, "rakuten_158.csv", as)})
}

func TestYahooOrders(t *testing.T) {
	malltest.Run(t, mall.YahooOrders{}, []malltest.File{file(t, "yahoo_orders.csv", malltest.File{CP932: true, Required: []string{
		"OrderId", "OrderTime", "OrderStatus", "ShipCharge", "PayCharge", "Discount", "UsePoint", "ItemCouponDiscount", "TotalMallCouponDiscount",
	}})})
}

func TestYahooItems(t *testing.T) {
	malltest.Run(t, mall.YahooItems{}, []malltest.File{file(t, "yahoo_items.csv", malltest.File{
		CP932: true, Required: []string{"OrderId", "LineId", "ItemId", "Title", "Quantity", "UnitPrice"},
	})})
}

func TestAmazonOrders(t *testing.T) {
	malltest.Run(t, mall.AmazonOrders{}, []malltest.File{file(t, "amazon_orders.txt", malltest.File{Tabs: true, CP932: true, Required: []string{
		"amazon-order-id", "purchase-date", "order-status", "sku", "quantity", "currency", "item-price", "shipping-price", "item-promotion-discount",
	}})})
}

func TestRakutenLegacy(t *testing.T) {
	malltest.Run(t, mall.RakutenLegacy{}, []malltest.File{file(t, "rakuten_legacy.csv", malltest.File{CP932: true, Required: []string{
		"受注番号", "受注ステータス", "注文者名字", "注文者名前", "商品名", "単価", "個数",
	}})})
}

func TestAuPayOrders(t *testing.T) {
	malltest.Run(t, mall.AuPayOrders{}, []malltest.File{file(t, "au_pay_orders.csv", malltest.File{CP932: true, Required: []string{
		"orderId", "orderDetailId", "orderDate", "orderStatus", "ordererName", "itemName", "unit",
	}})})
}

func TestQoo10Orders(t *testing.T) {
	malltest.Run(t, mall.Qoo10Orders{}, []malltest.File{file(t, "qoo10_orders.csv", malltest.File{CP932: true, Required: []string{
		"配送状態", "注文番号", "カート番号", "注文日", "商品名", "数量", "販売価格", "購入者名",
	}})})
}

func TestFutureshopOrders(t *testing.T) {
	malltest.Run(t, mall.FutureshopOrders{}, []malltest.File{
		file(t, "futureshop_orders.csv", malltest.File{CP932: true, Required: []string{"受注コード", "注文日時", "販売単価", "購入数量"}}),
		file(t, "futureshop_few.csv", malltest.File{CP932: true, Required: []string{"受注コード", "販売単価", "購入数量"}}),
	})
}

func TestMakeshopOrders(t *testing.T) {
	malltest.Run(t, mall.MakeshopOrders{}, []malltest.File{file(t, "makeshop_orders.csv", malltest.File{CP932: true, Required: []string{
		"日付", "注文番号", "処理状況", "注文者", "商品名", "数量",
	}})})
}

func TestPosReceipts(t *testing.T) {
	malltest.Run(t, mall.PosReceipts{}, []malltest.File{
		file(t, "pos_receipts.csv", malltest.File{CP932: true, Required: []string{"レシート番号", "取引日", "数量"}}),
		file(t, "pos_transactions.csv", malltest.File{Required: []string{"数量"}}),
	})
}

func TestAmazonShipments(t *testing.T) {
	malltest.Run(t, mall.AmazonShipments{}, []malltest.File{file(t, "amazon_shipments.txt", malltest.File{Tabs: true, CP932: true, Required: []string{
		"amazon-order-id", "shipment-item-id", "purchase-date", "shipment-date", "sku", "quantity-shipped", "currency", "item-price",
	}})})
}

func TestAmazonUnshipped(t *testing.T) {
	as := malltest.File{Tabs: true, CP932: true, Required: []string{"order-id", "order-item-id", "purchase-date", "buyer-email", "buyer-name", "sku", "quantity-purchased"}}
	malltest.Run(t, mall.AmazonUnshipped{}, []malltest.File{file(t, "amazon_unshipped.txt", as), file(t, "amazon_new_orders.txt", as)})
}

func TestShopifyOrders(t *testing.T) {
	malltest.Run(t, mall.ShopifyOrders{}, []malltest.File{file(t, "shopify_orders.csv", malltest.File{Once: true, Required: []string{
		"Name", "Email", "Financial Status", "Created at", "Currency", "Subtotal", "Total", "Discount Amount", "Lineitem quantity", "Lineitem price", "Billing Name",
	}})})
}

// TestAFileThatLacksColumns: a template without the column of the coupons that
// the mall pays is known for what it is, and what it lacks is named.
func TestAFileThatLacksColumns(t *testing.T) {
	first, _, _ := strings.Cut(file(t, "yahoo_orders.csv", malltest.File{}).Text, "\n")
	header := strings.Split(strings.ReplaceAll(first, ",TotalMallCouponDiscount", ""), ",")
	near, missing := mall.Nearly(header)
	if near == nil || near.Name() != "YAHOO_ORDERS" || !slices.Equal(missing, []mall.Lack{{Column: "TotalMallCouponDiscount", Use: mall.UseMoney}}) {
		t.Errorf("it is nearly %v, but for %q", near, missing)
	}
	if _, err := mall.Detect(header); err == nil || !strings.Contains(err.Error(), "TotalMallCouponDiscount") {
		t.Errorf("%v", err)
	}
	for _, header := range [][]string{{"a", "b"}, {"OrderId", "Name", "Quantity", "Total"}, {"Name", "Email", "Total", "Phone"}} {
		if near, _ := mall.Nearly(header); near != nil {
			t.Errorf("%q is nearly %s", header, near.Name())
		}
	}
}

// TestWhatIsNoReceipt: a file that tells of ordering or sending is none, however
// many of a register's columns it has; it is not nearly one, and nothing else.
func TestWhatIsNoReceipt(t *testing.T) {
	sold := []string{"伝票番号", "取引日", "商品名", "数量", "単価", "取引区分"}
	if f, err := mall.Detect(sold); err != nil || f.Name() != "POS_RECEIPTS" {
		t.Errorf("receipts are taken for %v, %v", f, err)
	}
	wide := make([]string, 200)
	for i := range wide {
		wide[i] = "予備" + strconv.Itoa(i)
	}
	copy(wide, sold)
	wide[120], wide[180] = "注文者氏名", "お届け先住所"
	for what, header := range map[string][]string{
		"two hundred columns of an order":  wide,
		"a column of what is sent":         append(slices.Clone(sold), "配送会社"),
		"slips without a register's marks": {"伝票No", "売上日", "お客様名", "電話番号", "品名", "数量", "単価", "値引", "キャンペーン", "日付", "金額"},
	} {
		if f, err := mall.Detect(header); err == nil {
			t.Errorf("%s: %s", what, f.Name())
		}
		if near, _ := mall.Nearly(header); near != nil {
			t.Errorf("%s: nearly %s", what, near.Name())
		}
		if f, ok := mall.DetectPeople(header); ok {
			t.Errorf("%s: %s", what, f.Name())
		}
		if f, ok := mall.DetectTable(header); ok {
			t.Errorf("%s: %s", what, f.Name())
		}
	}
}

// TestNoIsANumber: 会員No, 会員No. and 会員ナンバー are what 会員番号 is, and a file
// that has both is read by the name it was asked for.
func TestNoIsANumber(t *testing.T) {
	for _, name := range []string{"会員No", "会員Ｎｏ．", "会員ナンバー", "会員№"} {
		f, ok := mall.DetectPeople([]string{"氏名", name})
		if !ok {
			t.Errorf("%s is no number of a member", name)
			continue
		}
		d, err := f.BindPeople([]string{"氏名", name})
		if err != nil {
			t.Fatal(err)
		}
		if p, err := d.Person([]string{"佐藤", "M-1"}); err != nil || p.Buyer.MemberID != "M-1" {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
	m, err := mall.ParseMapping([]byte(`{"kind":"CUSTOMERS","columns":{"memberId":["会員No"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	d, err := (mall.MappingCustomers{Mapping: m}).BindPeople([]string{"会員番号", "会員No"})
	if err != nil {
		t.Fatal(err)
	}
	if p, err := d.Person([]string{"old", "new"}); err != nil || p.Buyer.MemberID != "new" {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestTheDiscountOfALine is taken off its price, not off an amount that has it
// off already, and never turns it round.
func TestTheDiscountOfALine(t *testing.T) {
	m, err := mall.ParseMapping([]byte(`{"currency":"JPY","status":{"default":"COMPLETED"},"columns":{"orderNo":["no"],"orderedAt":["at"],"quantity":["n"],"unitPrice":["price"],"amount":["amount"],"discount":["off"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	d, err := (mall.MappingOrders{Mapping: m}).Bind([]string{"no", "at", "n", "price", "amount", "off"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		row  string
		want int64
	}{{"1,2024-01-01,2,500,,100", 900}, {"1,2024-01-01,2,500,,-100", 900}, {"1,2024-01-01,2,500,,", 1000}, {"1,2024-01-01,2,500,900,100", 900}, {"1,2024-01-01,-1,500,,100", -400}, {"1,2024-01-01,1,500,,600", 0}} {
		if l, err := d.Line(strings.Split(c.row, ",")); err != nil || l.Amount != c.want {
			t.Errorf("%s: %d, %v, want %d", c.row, l.Amount, err, c.want)
		}
	}
	if _, err := d.Line(strings.Split("1,2024-01-01,1,500,,x", ",")); err == nil {
		t.Error("a discount that is no number is taken")
	}
}

func TestShopifyCustomersFile(t *testing.T) {
	malltest.RunPeople(t, mall.ShopifyCustomers{}, []malltest.File{file(t, "shopify_customers.csv", malltest.File{
		CP932: true, Required: []string{"First Name", "Last Name", "Email", "Accepts Email Marketing", "Total Spent", "Total Orders"},
	})})
}

func TestCustomersList(t *testing.T) {
	malltest.RunPeople(t, mall.CustomersCSV{}, []malltest.File{file(t, "customers_list.csv", malltest.File{Required: []string{"氏名"}})})
}

func TestProductsAndStock(t *testing.T) {
	malltest.RunTables(t, mall.ProductsCSV{}, []malltest.File{file(t, "products.csv", malltest.File{Required: []string{"商品名"}})})
	malltest.RunTables(t, mall.StockCSV{}, []malltest.File{file(t, "stock.csv", malltest.File{CP932: true, Required: []string{"システム連携用SKU番号", "在庫数"}})})
}

func TestSuppressions(t *testing.T) {
	malltest.RunTables(t, mall.SuppressionsCSV{}, []malltest.File{file(t, "suppressions.csv", malltest.File{CP932: true, Required: []string{"配信停止理由"}})})
}

func TestCampaignCosts(t *testing.T) {
	malltest.RunTables(t, mall.CampaignCostsCSV{}, []malltest.File{file(t, "campaign_costs.csv", malltest.File{CP932: true, Required: []string{"キャンペーン", "日付", "費用"}})})
}

func TestEventsFile(t *testing.T) {
	malltest.RunTables(t, mall.EventsCSV{}, []malltest.File{file(t, "events.csv", malltest.File{Required: []string{"kind", "occurredAt"}})})
}
