package model

import (
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/gid"
)

// NewCampaignMetrics maps one reading of a campaign's figures.
func NewCampaignMetrics(m *campaign.Metrics) *CampaignMetrics {
	out := &CampaignMetrics{
		CampaignID: gid.Encode("Campaign", m.CampaignID), Status: CampaignStatus(m.Status), At: m.At,
		Total: newFigures(m.Total), SuppressedByReason: newReasonCounts(m.SuppressedByReason),
		ByDelivery: make([]*DeliveryMetrics, len(m.ByDelivery)), ByMall: make([]*MallMetrics, len(m.ByMall)),
		ByVariant: make([]*VariantMetrics, len(m.ByVariant)), Series: make([]*MetricPoint, len(m.Series)),
	}
	for i, d := range m.ByDelivery {
		out.ByDelivery[i] = &DeliveryMetrics{DeliveryID: gid.Encode("Delivery", d.DeliveryID), Channel: Channel(d.Channel), Figures: newFigures(d.Figures)}
	}
	for i, p := range m.ByMall {
		out.ByMall[i] = &MallMetrics{Mall: Mall(p.Mall), Figures: newFigures(p.Figures)}
	}
	for i, v := range m.ByVariant {
		out.ByVariant[i] = &VariantMetrics{VariantID: gid.Encode("CampaignVariant", v.VariantID), Mall: Mall(v.Mall), Figures: newFigures(v.Figures)}
	}
	for i, p := range m.Series {
		out.Series[i] = &MetricPoint{At: p.At, Sent: p.Sent, Opened: p.Opened, Clicked: p.Clicked, Converted: p.Converted}
	}
	return out
}

func newFigures(f campaign.Figures) *MetricFigures {
	m := &MetricFigures{
		Audience: f.Audience, Suppressed: f.Suppressed, Queued: f.Queued, Sent: f.Sent, Delivered: f.Delivered, Bounced: f.Bounced,
		Failed: f.Failed, Uncertain: f.Uncertain, Opened: f.Opened, MachineOpened: f.MachineOpened, Clicked: f.Clicked,
		Converted: f.Converted, Unsubscribed: f.Unsubscribed, Sales: make([]*Money, len(f.Sales)),
	}
	for i, s := range f.Sales {
		m.Sales[i] = &Money{Amount: s.Amount, Currency: s.Currency}
	}
	return m
}
