package yahoo

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

var (
	ordersFormat = mall.YahooOrders{}.Name()
	itemsFormat  = mall.YahooItems{}.Name()
)

// orderColumns and itemColumns are the files' columns that an answer fills; all
// but those of itemCoupons are fields of orderInfo.
var (
	orderColumns = []string{
		"OrderId", "OrderTime", "OrderStatus", "ShipDate",
		"BillLastName", "BillFirstName", "BillLastNameKana", "BillFirstNameKana", "BillZipCode", "BillPrefecture", "BillCity", "BillAddress1", "BillAddress2",
		"BillPhoneNumber", "BillEmgPhoneNumber", "BillMailAddress", "ShipLastName", "ShipFirstName",
		"ShipCharge", "PayCharge", "GiftWrapCharge", "Discount", "UsePoint", "TotalMallCouponDiscount", "ItemCouponDiscount", "ShippingCouponDiscount",
	}
	itemColumns = []string{
		"OrderId", "LineId", "ItemId", "SubCode", "Title", "SubCodeOption", "ItemOptionValue", "InscriptionValue", "Quantity", "UnitPrice", "OriginalPrice",
		"CouponId", "CouponDiscount", "ItemTaxRatio",
	}
	notAsked = []string{"ItemCouponDiscount", "ShippingCouponDiscount", "ItemOptionValue", "InscriptionValue"}
)

// fields is what is asked for.
var fields = func() string {
	asked := slices.Concat(orderColumns, itemColumns[1:], []string{"ItemOption", "Inscription", "CouponUseNum"})
	asked = slices.DeleteFunc(asked, func(f string) bool { return slices.Contains(notAsked, f) })
	return strings.Join(asked, ",")
}()

// element is a part of an answer: text, or parts by name.
type element struct {
	XMLName xml.Name
	Text    string    `xml:",chardata"`
	Parts   []element `xml:",any"`
}

// parts are the parts called name.
func (e element) parts(name string) (found []element) {
	for _, p := range e.Parts {
		if p.XMLName.Local == name {
			found = append(found, p)
		}
	}
	return found
}

// texts are the texts of an element's parts that have no parts, and of the parts
// of those of its parts that are named.
func (e element) texts(into map[string]string, within ...string) {
	for _, p := range e.Parts {
		switch {
		case len(p.Parts) == 0:
			into[p.XMLName.Local] = strings.TrimSpace(p.Text)
		case slices.Contains(within, p.XMLName.Local):
			p.texts(into)
		}
	}
}

// written is an order as a row of the order file and rows of the item file.
func written(no string, info element) source.Order {
	head := map[string]string{}
	info.texts(head, "Pay", "Ship", "Detail")
	items := info.parts("Item")
	if len(items) == 0 {
		return source.Unreadable(ordersFormat, "OrderId", no, "OrderInfo.Item", "no items")
	}
	o := source.Order{No: no}
	var rows []source.Row
	coupons := int64(0)
	for _, item := range items {
		cells := item.cells()
		cells["OrderId"] = no
		coupons += itemCoupon(cells)
		rows = append(rows, source.Row{Format: itemsFormat, Cells: only(itemColumns, cells)})
	}
	if _, told := head["ItemCouponDiscount"]; !told {
		head["ItemCouponDiscount"] = strconv.FormatInt(coupons, 10)
	}
	head["OrderId"] = no
	o.Rows = append([]source.Row{{Format: ordersFormat, Cells: only(orderColumns, head)}}, rows...)
	return o
}

func (e element) cells() map[string]string {
	cells := map[string]string{}
	e.texts(cells)
	for _, name := range []string{"ItemOption", "Inscription"} {
		var values []string
		for _, option := range e.parts(name) {
			told := map[string]string{}
			option.texts(told)
			values = append(values, told["Value"])
		}
		if len(values) > 0 {
			cells[name+"Value"] = strings.Join(values, " ")
		}
	}
	return cells
}

// itemCoupon is what the shop's coupon takes off an item: told for one piece,
// with how many pieces it was used for.
func itemCoupon(cells map[string]string) int64 {
	each, _ := strconv.ParseInt(cells["CouponDiscount"], 10, 64) // what is no number is refused by the format
	pieces, err := strconv.ParseInt(cells["CouponUseNum"], 10, 64)
	if err != nil || pieces <= 0 {
		pieces, _ = strconv.ParseInt(cells["Quantity"], 10, 64)
	}
	if each < 0 {
		each = -each
	}
	return each * pieces
}

// only keeps the cells of some columns: what is hashed must not change with what
// nobody reads.
func only(columns []string, cells map[string]string) map[string]string {
	kept := map[string]string{}
	for _, c := range columns {
		if v, ok := cells[c]; ok && v != "" {
			kept[c] = v
		}
	}
	return kept
}
