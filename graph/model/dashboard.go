package model

import "github.com/meguri-crm/meguri/crm/insight"

// NewDashboard maps the home page.
func NewDashboard(d *insight.Dashboard) *Dashboard {
	if d == nil {
		return nil
	}
	m := &Dashboard{From: d.From, To: d.To, AsOf: d.AsOf, Figures: make([]*DashboardFigure, len(d.Figures)), SalesByMall: make([]*MallSales, len(d.SalesByMall))}
	for i, f := range d.Figures {
		m.Figures[i] = &DashboardFigure{
			Code: DashboardFigureCode(f.Code), Unit: FigureUnit(f.Unit), Value: f.Value, Previous: f.Previous, Base: f.Base, Series: f.Series, People: newPeople(f.People),
		}
	}
	for i, s := range d.SalesByMall {
		m.SalesByMall[i] = &MallSales{
			Mall: Mall(s.Mall), Orders: int(s.Orders), NetSales: &Money{Amount: s.NetSales, Currency: d.Currency},
			Previous: s.Previous, People: newPeople(s.People),
		}
	}
	return m
}
