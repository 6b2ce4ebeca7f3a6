package model

import (
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// NewOrder maps an order; nil stays nil. Shop and lines are left to resolvers.
func NewOrder(o *db.Order) *Order {
	if o == nil {
		return nil
	}
	money := func(amount int64) *Money { return NewMoney(amount, o.Currency) }
	return &Order{
		ID: gid.EncodePair("Order", o.CustomerID, o.ID), CustomerID: gid.Encode("Customer", o.CustomerID), OrderNo: o.OrderNo, Kind: OrderKind(o.Kind), Status: OrderStatus(o.Status),
		OrderedAt: o.OrderedAt, ShippedAt: o.ShippedAt, CancelledAt: o.CancelledAt, Goods: money(o.GoodsAmount),
		Shipping: money(o.ShippingAmount), Fees: money(o.FeeAmount), Tax: money(o.TaxAmount), ShopCoupon: money(o.ShopCoupon),
		MallCoupon: money(o.MallCoupon), PointsUsed: money(o.PointsUsed), Total: money(o.TotalAmount), NetSales: money(o.NetSales),
		CouponCodes: o.CouponCodes, ShopRow: o.ShopID,
	}
}

// NewOrderConnection maps a page of orders.
func NewOrderConnection(rows []db.Order, cursors []string, info *PageInfo) *OrderConnection {
	edges := make([]*OrderEdge, len(rows))
	for i := range rows {
		edges[i] = &OrderEdge{Cursor: cursors[i], Node: NewOrder(&rows[i])}
	}
	return &OrderConnection{Edges: edges, PageInfo: info}
}

// NewOrderLines maps the lines of an order in its currency.
func NewOrderLines(rows []db.OrderLine, currency string) []*OrderLine {
	lines := make([]*OrderLine, len(rows))
	for i, l := range rows {
		lines[i] = &OrderLine{
			LineKey: l.LineKey, Sku: l.SKU, Name: l.Name, Option: l.Option, UnitPrice: NewMoney(l.UnitPrice, currency),
			Quantity: l.Quantity, Amount: NewMoney(l.Amount, currency), TaxRate: l.TaxRate,
		}
	}
	return lines
}
