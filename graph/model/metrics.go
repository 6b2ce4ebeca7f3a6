package model

import (
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/campaign/experiment"
	"github.com/meguri-crm/meguri/crm/gid"
)

// NewCampaignMetrics maps one reading of a campaign's figures.
func NewCampaignMetrics(m *campaign.Metrics) *CampaignMetrics {
	out := &CampaignMetrics{
		CampaignID: gid.Encode("Campaign", m.CampaignID), Status: CampaignStatus(m.Status), At: m.At,
		Total: NewMetricFigures(m.Total), SuppressedByReason: newReasonCounts(m.SuppressedByReason),
		ByDelivery: make([]*DeliveryMetrics, len(m.ByDelivery)), ByMall: make([]*MallMetrics, len(m.ByMall)),
		ByVariant: make([]*VariantMetrics, len(m.ByVariant)), Series: make([]*MetricPoint, len(m.Series)),
	}
	for i, d := range m.ByDelivery {
		out.ByDelivery[i] = &DeliveryMetrics{DeliveryID: gid.Encode("Delivery", d.DeliveryID), Channel: Channel(d.Channel), Figures: NewMetricFigures(d.Figures)}
	}
	for i, p := range m.ByMall {
		out.ByMall[i] = &MallMetrics{Mall: Mall(p.Mall), Figures: NewMetricFigures(p.Figures)}
	}
	for i, v := range m.ByVariant {
		out.ByVariant[i] = &VariantMetrics{VariantID: gid.Encode("CampaignVariant", v.VariantID), Mall: Mall(v.Mall), Figures: NewMetricFigures(v.Figures)}
	}
	for i, p := range m.Series {
		out.Series[i] = &MetricPoint{At: p.At, Sent: p.Sent, Opened: p.Opened, Clicked: p.Clicked, Converted: p.Converted}
	}
	out.Lift = newLift(m.Lift)
	out.Retrying, out.NextTryAt, out.QuietUntil = m.Retrying, m.NextTryAt, m.QuietUntil
	out.PausedDomains = make([]*DomainPause, len(m.PausedDomains))
	for i, p := range m.PausedDomains {
		out.PausedDomains[i] = &DomainPause{Domain: p.Domain, Until: p.Until}
	}
	return out
}

func newLift(l *campaign.Lift) *CampaignLift {
	if l == nil {
		return nil
	}
	return &CampaignLift{
		Treated: newLiftGroup(l.Treated, l.Currency), HeldOut: newLiftGroup(l.HeldOut, l.Currency),
		Conversion: newLiftInterval(l.Conversion), SalesPerPerson: newLiftInterval(l.Sales), ClosesAt: l.ClosesAt,
	}
}

func newLiftGroup(g campaign.Group, currency string) *LiftGroup {
	return &LiftGroup{People: g.People, Buyers: g.Buyers, Sales: &Money{Amount: g.Sales, Currency: currency}}
}

func newLiftInterval(l experiment.Lift) *LiftInterval {
	m := &LiftInterval{Difference: l.Difference, Decided: l.Decided()}
	if l.Known {
		m.Low, m.High = &l.Low, &l.High
	}
	return m
}

// NewMetricFigures maps the figures of a campaign or of a part of it.
func NewMetricFigures(f campaign.Figures) *MetricFigures {
	m := &MetricFigures{
		Audience: f.Audience, Suppressed: f.Suppressed, Excluded: f.Excluded, WithoutCode: f.WithoutCode, HeldOut: f.HeldOut, Cancelled: f.Cancelled, Queued: f.Queued, Sent: f.Sent, Delivered: f.Delivered, Bounced: f.Bounced,
		Failed: f.Failed, Uncertain: f.Uncertain, Opened: f.Opened, MachineOpened: f.MachineOpened, Clicked: f.Clicked,
		Converted: f.Converted, Unsubscribed: f.Unsubscribed, Complained: f.Complained, Sales: make([]*Money, len(f.Sales)),
	}
	for i, s := range f.Sales {
		m.Sales[i] = &Money{Amount: s.Amount, Currency: s.Currency}
	}
	return m
}
