package seed

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/japanese"

	"github.com/meguri-crm/meguri/crm/mall"
)

// column is a column of an order file: its name, and what stands in the row of
// a line at the instant the file is written.
type column struct {
	name string
	cell func(r row) string
}

// row is one line of an order, as a mall would export it.
type row struct {
	*order
	line line
	no   int // of the line, from 1
	now  time.Time
	zone *time.Location
}

func (r row) time(t time.Time, layout string) string {
	if t.IsZero() || t.After(r.now) {
		return ""
	}
	return t.In(r.zone).Format(layout)
}

func yen(v int64) string { return strconv.FormatInt(v, 10) }

// split gives the n-th part of a number with hyphens.
func split(s string, n int) string {
	if parts := strings.Split(s, "-"); n < len(parts) {
		return parts[n]
	}
	return ""
}

// word is the mall's word for the state of an order.
func word(words map[mall.OrderStatus]string) func(row) string {
	return func(r row) string { return words[r.state(r.now)] }
}

// orderFile writes orders as they stand now: of Rakuten the RMS file in CP932,
// of the others a file that a mapping reads.
func orderFile(on mall.Mall, orders []*order, now time.Time, zone *time.Location) ([]byte, error) {
	columns := columnsOf[on]
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = c.name
	}
	if err := w.Write(record); err != nil {
		return nil, err
	}
	for _, o := range orders {
		for n, l := range o.lines {
			for i, c := range columns {
				record[i] = c.cell(row{order: o, line: l, no: n + 1, now: now, zone: zone})
			}
			if err := w.Write(record); err != nil {
				return nil, err
			}
		}
	}
	w.Flush()
	if on != mall.Rakuten {
		return b.Bytes(), w.Error()
	}
	return japanese.ShiftJIS.NewEncoder().Bytes(b.Bytes())
}

// fileName is what staff would find in their downloads.
func fileName(on mall.Mall, day time.Time) string {
	return fmt.Sprintf("%s_orders_%s.csv", strings.ToLower(string(on)), day.Format("20060102"))
}

var columnsOf = map[mall.Mall][]column{
	mall.Rakuten: {
		{"注文番号", func(r row) string { return r.order.no }},
		{"ステータス", word(map[mall.OrderStatus]string{mall.Placed: "発送待ち", mall.Shipped: "発送済", mall.Completed: "支払手続き済", mall.Cancelled: "キャンセル確定"})},
		{"注文日時", func(r row) string { return r.time(r.at, "2006-01-02 15:04:05") }},
		{"発送完了報告日時", func(r row) string {
			if r.state(r.now) == mall.Cancelled {
				return ""
			}
			return r.time(r.shippedAt, "2006-01-02 15:04:05")
		}},
		{"送付先一致フラグ", func(row) string { return "1" }},
		{"商品合計金額", func(r row) string { return yen(r.goods()) }},
		{"送料合計", func(r row) string { return yen(r.shipping()) }},
		{"代引料合計", func(row) string { return "-9999" }},
		{"合計金額", func(r row) string { return yen(r.goods() + r.shipping()) }},
		{"店舗発行クーポン利用額", func(r row) string { return yen(r.discount) }},
		{"注文者郵便番号1", func(r row) string { return split(r.buyer.home.postal, 0) }},
		{"注文者郵便番号2", func(r row) string { return split(r.buyer.home.postal, 1) }},
		{"注文者住所都道府県", func(r row) string { return r.buyer.home.prefecture }},
		{"注文者住所郡市区", func(r row) string { return r.buyer.home.city }},
		{"注文者住所それ以降の住所", func(r row) string { return r.buyer.home.area + r.buyer.house }},
		{"注文者姓", func(r row) string { return r.buyer.family.kanji }},
		{"注文者名", func(r row) string { return r.buyer.given.kanji }},
		{"注文者姓カナ", func(r row) string { return r.buyer.family.kana }},
		{"注文者名カナ", func(r row) string { return r.buyer.given.kana }},
		{"注文者電話番号1", func(r row) string { return split(r.buyer.phone, 0) }},
		{"注文者電話番号2", func(r row) string { return split(r.buyer.phone, 1) }},
		{"注文者電話番号3", func(r row) string { return split(r.buyer.phone, 2) }},
		{"注文者性別", func(r row) string { return r.buyer.gender }},
		{"商品明細ID", func(r row) string { return fmt.Sprintf("%s-%d", r.order.no, r.no) }},
		{"商品名", func(r row) string { return r.line.product.name }},
		{"商品番号", func(r row) string { return r.line.product.sku }},
		{"単価", func(r row) string { return yen(r.line.product.price) }},
		{"個数", func(r row) string { return yen(r.line.quantity) }},
		{"店舗発行クーポンコード", func(r row) string { return r.coupon }},
	},
	mall.OwnSite: append([]column{
		{"会員番号", func(r row) string { return r.buyer.memberID }},
		{"メールアドレス", func(r row) string { return r.buyer.mail }},
		{"生年月日", func(r row) string {
			if r.buyer.birth.IsZero() {
				return ""
			}
			return r.buyer.birth.Format(time.DateOnly)
		}},
	}, named...),
	mall.Yahoo:  append([]column{{"メールアドレス", func(r row) string { return r.buyer.mail }}}, named...),
	mall.Store:  append([]column{{"会員番号", func(r row) string { return r.buyer.cardNo }}}, named...),
	mall.Amazon: ordered,
}

// ordered are the columns of the files that a mapping reads.
var ordered = []column{
	{"注文番号", func(r row) string { return r.order.no }},
	{"注文日時", func(r row) string { return r.time(r.at, "2006/01/02 15:04:05") }},
	{"状態", word(map[mall.OrderStatus]string{mall.Placed: "受付", mall.Shipped: "発送済", mall.Completed: "完了", mall.Cancelled: "キャンセル"})},
	{"発送日時", func(r row) string {
		if r.state(r.now) == mall.Cancelled {
			return ""
		}
		return r.time(r.shippedAt, "2006/01/02 15:04:05")
	}},
	{"キャンセル日時", func(r row) string { return r.time(r.cancelledAt, "2006/01/02 15:04:05") }},
	{"明細番号", func(r row) string { return strconv.Itoa(r.no) }},
	{"商品コード", func(r row) string { return r.line.product.sku }},
	{"商品名", func(r row) string { return r.line.product.name }},
	{"数量", func(r row) string { return yen(r.line.quantity) }},
	{"単価", func(r row) string { return yen(r.line.product.price) }},
	{"商品合計", func(r row) string { return yen(r.goods()) }},
	{"送料", func(r row) string { return yen(r.shipping()) }},
	{"クーポン値引", func(r row) string { return yen(r.discount) }},
	{"クーポンコード", func(r row) string { return r.coupon }},
	{"合計金額", func(r row) string { return yen(r.total()) }},
}

var named = append([]column{
	{"氏名", func(r row) string { return r.buyer.family.kanji + " " + r.buyer.given.kanji }},
	{"フリガナ", func(r row) string { return r.buyer.family.kana + " " + r.buyer.given.kana }},
	{"電話番号", func(r row) string { return r.buyer.phone }},
	{"郵便番号", func(r row) string { return r.buyer.home.postal }},
	{"都道府県", func(r row) string { return r.buyer.home.prefecture }},
	{"市区町村", func(r row) string { return r.buyer.home.city }},
	{"住所", func(r row) string { return r.buyer.home.area + r.buyer.house }},
	{"性別", func(r row) string { return r.buyer.gender }},
}, ordered...)
