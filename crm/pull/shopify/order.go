package shopify

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

var format = mall.ShopifyOrders{}.Name()

// ordersQuery is what an operation asks for, by a filter.
const ordersQuery = `{ orders(query: %q) { edges { node {
	__typename id name email phone createdAt cancelledAt currencyCode displayFinancialStatus displayFulfillmentStatus discountCodes
	subtotalPriceSet { shopMoney { amount } } totalShippingPriceSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } }
	totalPriceSet { shopMoney { amount } } totalDiscountsSet { shopMoney { amount } } totalRefundedSet { shopMoney { amount } }
	taxLines { title ratePercentage priceSet { shopMoney { amount } } }
	fulfillments { createdAt }
	billingAddress { name address1 address2 city zip provinceCode countryCodeV2 phone }
	shippingAddress { name }
	lineItems { edges { node { __typename id name sku quantity originalUnitPriceSet { shopMoney { amount } } } } }
} } } }`

var columns = []string{
	"Name", "Email", "Phone", "Financial Status", "Fulfillment Status", "Fulfilled at", "Created at", "Cancelled at", "Currency", "Subtotal", "Shipping", "Taxes", "Total",
	"Discount Code", "Discount Amount", "Refunded Amount", "Tax 1 Name", "Tax 1 Value", "Tax 2 Name", "Tax 2 Value", "Tax 3 Name", "Tax 3 Value",
	"Billing Name", "Billing Address1", "Billing Address2", "Billing City", "Billing Zip", "Billing Province", "Billing Country", "Billing Phone", "Shipping Name",
	"Lineitem name", "Lineitem sku", "Lineitem quantity", "Lineitem price",
}

const taxes = 3 // of the columns

type amount struct{ ShopMoney struct{ Amount source.Text } }

func (a amount) String() string { return a.ShopMoney.Amount.String() }

type order struct {
	Name, Email, Phone, CreatedAt, CancelledAt, CurrencyCode, DisplayFinancialStatus, DisplayFulfillmentStatus source.Text
	DiscountCodes                                                                                              []source.Text
	SubtotalPriceSet, TotalShippingPriceSet, TotalTaxSet, TotalPriceSet, TotalDiscountsSet, TotalRefundedSet   amount
	TaxLines                                                                                                   []struct {
		Title, RatePercentage source.Text
		PriceSet              amount
	}
	Fulfillments   []struct{ CreatedAt source.Text }
	BillingAddress *struct {
		Name, Address1, Address2, City, Zip, ProvinceCode, CountryCodeV2, Phone source.Text
	}
	ShippingAddress *struct{ Name source.Text }
}

type line struct {
	Name, SKU, Quantity  source.Text
	OriginalUnitPriceSet amount
}

// result is a result being read: a line is an order, and behind it its items.
type result struct {
	body    io.ReadCloser
	cancel  context.CancelFunc
	scanner *bufio.Scanner
	lines   int64 // that were read; of the order whose items may follow, not yet
	held    []byte
}

func (r *result) close() {
	r.cancel()
	_ = r.body.Close()
}

// orders reads the next orders with all their items; done: they are the last.
// Errors: *source.Trouble when the result breaks off.
func (r *result) orders(limit int) (told []source.Order, done bool, err error) {
	var head []byte
	var items [][]byte
	end := func() {
		if head != nil {
			told = append(told, written(head, items, r.lines))
			r.lines += int64(1 + len(items))
			head, items = nil, nil
		}
	}
	for {
		raw := r.held
		if r.held = nil; raw == nil {
			if !r.scanner.Scan() {
				break
			}
			raw = append(raw, r.scanner.Bytes()...)
			if !json.Valid(raw) {
				return nil, false, &source.Trouble{Code: source.BadAnswer, Call: "result", Passing: true, Detail: fmt.Sprintf("line %d", r.lines+int64(len(items))+2)}
			}
		}
		var is struct {
			Parent string `json:"__parentId"`
		}
		if json.Unmarshal(raw, &is) == nil && is.Parent != "" {
			items = append(items, raw)
			continue
		}
		end()
		if len(told) == limit {
			r.held = raw
			return told, false, nil
		}
		head = raw
	}
	if err := r.scanner.Err(); err != nil {
		return nil, false, &source.Trouble{Code: source.Down, Call: "result", Passing: true, Detail: source.Quiet(err)}
	}
	end()
	return told, true, nil
}

// written is an order and its items as rows of the export: what is of the order
// stands on its first row only.
func written(head []byte, items [][]byte, at int64) source.Order {
	where := fmt.Sprintf("line %d", at+1)
	var o order
	if err := json.Unmarshal(head, &o); err != nil {
		var known struct{ Name source.Text }
		_ = json.Unmarshal(head, &known) // its number may be readable all the same
		return source.Unreadable(format, "Name", known.Name.String(), where, source.Misshapen(err))
	}
	no := o.Name.String()
	if len(items) == 0 {
		return source.Unreadable(format, "Name", no, where, "no items")
	}
	told := source.Order{No: no}
	for i, raw := range items {
		var l line
		if err := json.Unmarshal(raw, &l); err != nil {
			return source.Unreadable(format, "Name", no, fmt.Sprintf("line %d", at+2+int64(i)), source.Misshapen(err))
		}
		cells := map[string]string{"Name": no, "Email": o.Email.String()}
		if i == 0 {
			maps.Copy(cells, o.cells())
		}
		cells["Lineitem name"], cells["Lineitem sku"], cells["Lineitem quantity"], cells["Lineitem price"] = l.Name.String(), l.SKU.String(), l.Quantity.String(), l.OriginalUnitPriceSet.String()
		told.Rows = append(told.Rows, source.Row{Format: format, Cells: cells})
	}
	return told
}

func (o order) cells() map[string]string {
	cells := map[string]string{
		"Phone": o.Phone.String(), "Financial Status": strings.ToLower(o.DisplayFinancialStatus.String()), "Fulfillment Status": strings.ToLower(o.DisplayFulfillmentStatus.String()),
		"Created at": o.CreatedAt.String(), "Cancelled at": o.CancelledAt.String(), "Currency": o.CurrencyCode.String(),
		"Subtotal": o.SubtotalPriceSet.String(), "Shipping": o.TotalShippingPriceSet.String(), "Taxes": o.TotalTaxSet.String(), "Total": o.TotalPriceSet.String(),
		"Discount Amount": o.TotalDiscountsSet.String(), "Refunded Amount": o.TotalRefundedSet.String(),
	}
	codes := make([]string, len(o.DiscountCodes))
	for i, c := range o.DiscountCodes {
		codes[i] = c.String()
	}
	cells["Discount Code"] = strings.Join(codes, ", ")
	if o.DisplayFulfillmentStatus == "FULFILLED" {
		for _, f := range o.Fulfillments { // of several, the last
			cells["Fulfilled at"] = max(cells["Fulfilled at"], f.CreatedAt.String())
		}
	}
	for i, t := range o.TaxLines[:min(len(o.TaxLines), taxes)] {
		n := strconv.Itoa(i + 1)
		cells["Tax "+n+" Name"], cells["Tax "+n+" Value"] = t.Title.String()+" "+t.RatePercentage.String()+"%", t.PriceSet.String()
	}
	if b := o.BillingAddress; b != nil {
		cells["Billing Name"], cells["Billing Address1"], cells["Billing Address2"] = b.Name.String(), b.Address1.String(), b.Address2.String()
		cells["Billing City"], cells["Billing Zip"], cells["Billing Province"] = b.City.String(), b.Zip.String(), b.ProvinceCode.String()
		cells["Billing Country"], cells["Billing Phone"] = b.CountryCodeV2.String(), b.Phone.String()
	}
	if s := o.ShippingAddress; s != nil {
		cells["Shipping Name"] = s.Name.String()
	}
	return cells
}
