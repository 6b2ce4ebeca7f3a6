package model

import "github.com/meguri-crm/meguri/crm/sales"

// NewNetSalesSetting maps what counts as net sales.
func NewNetSalesSetting(s sales.Setting) *NetSalesSetting {
	out := &NetSalesSetting{InForce: newNetSalesDefinition(s.InForce), Progress: s.Progress}
	if s.Coming != nil {
		out.Coming = newNetSalesDefinition(*s.Coming)
	}
	return out
}

func newNetSalesDefinition(d sales.Definition) *NetSalesDefinition {
	return &NetSalesDefinition{WithShipping: d.Shipping, WithFees: d.Fees, LessShopCoupons: d.ShopCoupon, LessMallCoupons: d.MallCoupon, LessPoints: d.Points}
}

// Definition maps the input of updateNetSales.
func (in UpdateNetSalesInput) Definition() sales.Definition {
	return sales.Definition{Shipping: in.WithShipping, Fees: in.WithFees, ShopCoupon: in.LessShopCoupons, MallCoupon: in.LessMallCoupons, Points: in.LessPoints}
}
