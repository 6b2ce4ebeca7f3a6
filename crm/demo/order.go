package demo

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// ordersEvery is how often the shops hand in a file of the orders that came: soon
// enough to watch, rarely enough that the list of imports is not full of them.
const ordersEvery = 2 * time.Minute

// order is what a buyer has put into the cart.
type order struct {
	at     time.Time
	letter *letter
}

// ordering is what is known of a buyer where he buys.
type ordering struct {
	CustomerID, DeliveryID int64
	ShopID                 int64
	Mail, Name, Phone      string
	Code                   string // of the coupon
	Kind                   string // of the offer
	Value                  int64
}

// article is something the merchant sells.
type article struct {
	SKU, Name string
	Price     int64
}

// mappingName tells the buyers' files from those that anybody else takes in.
const mappingName = "デモのお客さま役"

// orderMapping reads the file that handIn writes.
func orderMapping() mall.Mapping {
	return mall.Mapping{
		Name: mappingName, Currency: "JPY", Status: mall.StatusMap{Default: mall.Placed},
		Columns: map[mall.Field][]string{
			mall.FieldOrderNo: {"注文番号"}, mall.FieldOrderedAt: {"注文日時"}, mall.FieldMail: {"メールアドレス"}, mall.FieldFullName: {"氏名"}, mall.FieldPhone: {"電話番号"},
			mall.FieldSKU: {"商品コード"}, mall.FieldName: {"商品名"}, mall.FieldQuantity: {"数量"}, mall.FieldUnitPrice: {"単価"},
			mall.FieldShopCoupon: {"クーポン値引"}, mall.FieldCouponCode: {"クーポンコード"},
		},
	}
}

var orderColumns = []string{"注文番号", "注文日時", "メールアドレス", "氏名", "電話番号", "商品コード", "商品名", "数量", "単価", "クーポン値引", "クーポンコード"}

// handIn takes the orders in as the files of their shops, one for each.
func (s *Service) handIn(ctx context.Context, orders []order, now time.Time) (int64, error) {
	if len(orders) == 0 {
		return 0, nil
	}
	buyers, err := s.buyers(ctx, orders)
	if err != nil || len(buyers) == 0 {
		return 0, err
	}
	shelf, err := s.shelf(ctx)
	if err != nil || len(shelf) == 0 {
		return 0, err
	}
	files := map[int64]*bytes.Buffer{}
	var count int64
	for _, o := range orders {
		i := slices.IndexFunc(buyers, func(b ordering) bool {
			return b.CustomerID == o.letter.ref.CustomerID && b.DeliveryID == o.letter.ref.DeliveryID
		})
		if i < 0 {
			continue // the campaign leads to a shop that is not there
		}
		if err := write(files, buyers[i], o, shelf); err != nil {
			return 0, err
		}
		count++
	}
	mapping := orderMapping()
	for shop, content := range files {
		name := "デモ注文_" + now.In(s.Zone).Format("0102_150405") + ".csv"
		if _, err := s.Intake.TakeFile(ctx, intake.File{Name: name, Content: content, ShopID: shop, Mapping: &mapping, Noted: true}, nil); err != nil {
			return 0, err
		}
	}
	return count, nil
}

// buyers are who the orders are from, and the shops their mails led to. A mall
// that gives no personal data of buyers is left out.
func (s *Service) buyers(ctx context.Context, orders []order) ([]ordering, error) {
	customers, deliveries := make([]int64, len(orders)), make([]int64, len(orders))
	for i, o := range orders {
		customers[i], deliveries[i] = o.letter.ref.CustomerID, o.letter.ref.DeliveryID
	}
	rows, err := s.DB.Pool.Query(ctx, `SELECT DISTINCT ON (m.customer_id, m.delivery_id) m.customer_id, m.delivery_id, sh.id AS shop_id, c.email AS mail,
			c.family_name || ' ' || c.given_name AS name, c.phone, coalesce(nullif(m.offer_code, ''), f.shared_code, '') AS code, coalesce(f.kind, '') AS kind, coalesce(f.value, 0) AS value
		FROM unnest($1::bigint[], $2::bigint[]) AS q (customer_id, delivery_id)
		JOIN messages m ON m.customer_id = q.customer_id AND m.delivery_id = q.delivery_id
		JOIN customers c ON c.id = m.customer_id AND c.email <> ''
		JOIN campaign_variants v ON v.id = m.variant_id
		JOIN shops sh ON sh.mall = v.mall AND sh.archived_at IS NULL AND sh.mall <> 'AMAZON' AND sh.currency = 'JPY'
		LEFT JOIN offers f ON f.id = v.offer_id
		ORDER BY m.customer_id, m.delivery_id, sh.id`, customers, deliveries)
	if err != nil {
		return nil, db.Fault(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[ordering])
	return found, db.Fault(err)
}

// shelf is what sold best of late.
func (s *Service) shelf(ctx context.Context) ([]article, error) {
	rows, err := s.DB.Pool.Query(ctx, `SELECT l.sku, max(l.name) AS name, max(l.unit_price)::bigint AS price FROM (
			SELECT customer_id, id FROM orders WHERE kind = 'SALE' AND currency = 'JPY' ORDER BY id DESC LIMIT 2000) o
		JOIN order_lines l ON l.customer_id = o.customer_id AND l.order_id = o.id
		WHERE l.sku <> '' AND l.unit_price BETWEEN 500 AND 20000 GROUP BY l.sku ORDER BY count(*) DESC, l.sku LIMIT 20`)
	if err != nil {
		return nil, db.Fault(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[article])
	return found, db.Fault(err)
}

// write adds an order to the file of its shop.
func write(files map[int64]*bytes.Buffer, b ordering, o order, shelf []article) error {
	to := files[b.ShopID]
	if to == nil {
		to = new(bytes.Buffer)
		files[b.ShopID] = to
		if err := csvRow(to, orderColumns); err != nil {
			return err
		}
	}
	item := shelf[pick(o.letter.reader, "article", len(shelf))]
	pieces := int64(1 + pick(o.letter.reader, "pieces", 3))
	return csvRow(to, []string{
		orderNo(b.DeliveryID, b.CustomerID, o.letter.round), o.at.UTC().Format(time.RFC3339), b.Mail, b.Name, b.Phone,
		item.SKU, item.Name, strconv.FormatInt(pieces, 10), strconv.FormatInt(item.Price, 10), strconv.FormatInt(b.off(pieces*item.Price), 10), b.Code,
	})
}

// off is what the coupon takes off goods, in yen.
func (b ordering) off(goods int64) int64 {
	switch b.Kind {
	case "COUPON_AMOUNT":
		return min(b.Value, goods)
	case "COUPON_RATE":
		return goods * b.Value / 10_000
	}
	return 0
}

func csvRow(to *bytes.Buffer, cells []string) error {
	w := csv.NewWriter(to)
	if err := w.Write(cells); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}
