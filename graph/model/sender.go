package model

import (
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/message/bounce"
	"github.com/meguri-crm/meguri/crm/message/dkim"
	"github.com/meguri-crm/meguri/crm/message/domain"
	"github.com/meguri-crm/meguri/db"
)

// NewSenderDomain maps a domain with its records; nil without one.
func NewSenderDomain(d domain.Domain, records []domain.Record) *SenderDomain {
	if d.ID == 0 {
		return nil
	}
	m := &SenderDomain{ID: gid.Encode("SenderDomain", d.ID), Domain: d.Domain, CreatedAt: d.CreatedAt, Keys: []*DkimKey{}, Records: []*DNSRecord{}}
	if d.BounceDomain != "" {
		m.BounceDomain = &d.BounceDomain
	}
	for _, k := range d.Keys {
		m.Keys = append(m.Keys, &DkimKey{
			ID: gid.Encode("DkimKey", k.ID), Algorithm: DkimAlgorithm(k.Algorithm), Selector: k.Selector, Active: k.Active, CreatedAt: k.CreatedAt,
		})
	}
	for _, r := range records {
		record := &DNSRecord{Kind: DNSRecordKind(r.Kind), Type: r.Type, Name: r.Name, State: DNSRecordState(r.State)}
		if r.Value != "" {
			record.Value = &r.Value
		}
		m.Records = append(m.Records, record)
	}
	return m
}

// NewSenderDomains maps a list.
func NewSenderDomains(list []domain.Domain) []*SenderDomain {
	out := make([]*SenderDomain, len(list))
	for i, d := range list {
		out[i] = NewSenderDomain(d, d.Records())
	}
	return out
}

// NewDKIMKey maps the input of addDkimKey.
func NewDKIMKey(in AddDkimKeyInput) domain.NewKey {
	return domain.NewKey{Algorithm: dkim.Algorithm(in.Algorithm), Selector: in.Selector, PEM: in.PrivateKey}
}

// NewSuppression maps an entry; nil stays nil.
func NewSuppression(s *db.Suppression) *Suppression {
	if s == nil {
		return nil
	}
	return &Suppression{
		ID: gid.Encode("Suppression", s.ID), By: SuppressedBy(s.Channel), Reason: SuppressionReason(s.Reason), At: s.At, Source: s.Source, Status: s.Status, OptedOutAt: s.OptedOutAt,
		CustomerRow: s.CustomerID,
	}
}

// NewSuppressionConnection maps a page.
func NewSuppressionConnection(rows []*db.Suppression, cursors []string, info *PageInfo) *SuppressionConnection {
	c := &SuppressionConnection{Edges: make([]*SuppressionEdge, len(rows)), PageInfo: info}
	for i, row := range rows {
		c.Edges[i] = &SuppressionEdge{Cursor: cursors[i], Node: NewSuppression(row)}
	}
	return c
}

// NewSuppressionCounts maps the figures, every reason in its order.
func NewSuppressionCounts(counts map[string]int64) []*SuppressionCount {
	list := make([]*SuppressionCount, len(AllSuppressionReason))
	for i, reason := range AllSuppressionReason {
		list[i] = &SuppressionCount{Reason: reason, Count: counts[string(reason)]}
	}
	return list
}

// NewBounceCounts maps the figures, every kind in its order.
func NewBounceCounts(counts map[bounce.Kind]int64) []*BounceCount {
	list := make([]*BounceCount, len(AllBounceKind))
	for i, kind := range AllBounceKind {
		list[i] = &BounceCount{Kind: kind, Count: counts[bounce.Kind(kind)]}
	}
	return list
}
