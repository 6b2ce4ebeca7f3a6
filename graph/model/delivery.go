package model

import (
	"encoding/json"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// NewMessage maps one person's message; the person and the campaign are left to
// the resolvers.
func NewMessage(m *db.Message) *Message {
	return &Message{
		ID: gid.EncodePair("Message", m.CustomerID, m.ID), CustomerID: gid.Encode("Customer", m.CustomerID), Mall: mallOrNil(m.Mall), OriginMall: mallOrNil(m.OriginMall),
		Status: MessageStatus(m.Status), Reason: textOrNil(m.Reason), OfferCode: m.OfferCode, SentAt: m.SentAt, OpenedAt: m.OpenedAt,
		ClickedAt: m.ClickedAt, UnsubscribedAt: m.UnsubscribedAt, ComplainedAt: m.ComplainedAt, ConvertedAt: m.ConvertedAt, BouncedAt: m.BouncedAt,
		Reasons: reasonsOf(m), CustomerRow: m.CustomerID, CampaignRow: m.CampaignID, ReasonRow: m.ReasonRef,
	}
}

// reasonsOf are all reasons of a message: findings are stored when there is more
// than one.
func reasonsOf(m *db.Message) []string {
	var all []string
	if json.Unmarshal(m.Findings, &all) == nil && len(all) > 0 {
		return all
	}
	if m.Reason == "" {
		return []string{}
	}
	return []string{m.Reason}
}

// NewMessageConnection maps a page of messages.
func NewMessageConnection(rows []*db.Message, cursors []string, info *PageInfo) *MessageConnection {
	edges := make([]*MessageEdge, len(rows))
	for i, row := range rows {
		edges[i] = &MessageEdge{Cursor: cursors[i], Node: NewMessage(row)}
	}
	return &MessageConnection{Edges: edges, PageInfo: info}
}

// NewProspect maps what one customer would get.
func NewProspect(p *campaign.Prospect) *Prospect {
	if p == nil {
		return nil
	}
	m := &Prospect{
		InAudience: p.InAudience, Reached: p.Reached(), HeldOut: p.HeldOut, Mall: mallOrNil(p.Mall), Reasons: append([]string{}, p.Reasons...),
		CustomerRow: p.CustomerID, OfferRow: p.OfferID, OriginRow: p.OriginShopID,
	}
	if p.Ref != 0 {
		m.ReasonRow = &p.Ref
	}
	if p.Message != nil {
		m.Message = NewMessage(p.Message)
	}
	return m
}

// NewProspectConnection maps a page of an audience.
func NewProspectConnection(rows []campaign.Prospect, cursors []string, info *PageInfo) *ProspectConnection {
	edges := make([]*ProspectEdge, len(rows))
	for i := range rows {
		edges[i] = &ProspectEdge{Cursor: cursors[i], Node: NewProspect(&rows[i])}
	}
	return &ProspectConnection{Edges: edges, PageInfo: info}
}

// NewChannelStates maps which channels are open.
func NewChannelStates(states []campaign.ChannelState) []*ChannelState {
	list := make([]*ChannelState, len(states))
	for i, s := range states {
		list[i] = &ChannelState{Channel: Channel(s.Channel), Open: len(s.Reasons) == 0, Reasons: append([]string{}, s.Reasons...), OriginRow: s.OriginShopID}
	}
	return list
}

// NewTestMail maps the input of sendTestMail. Errors: fault.Invalid.
func NewTestMail(in SendTestMailInput) (campaign.TestMail, error) {
	m := campaign.TestMail{Mall: string(in.Mall), To: in.To}
	var err error
	if m.CampaignID, err = gid.Decode("Campaign", in.CampaignID); err != nil {
		return m, err
	}
	customer, err := optionalRow("Customer", in.CustomerID, "customerId")
	if customer != nil {
		m.CustomerID = *customer
	}
	return m, err
}

// NewTestMailResults maps what the mail server said.
func NewTestMailResults(results []campaign.TestResult) []*TestMailResult {
	list := make([]*TestMailResult, len(results))
	for i, r := range results {
		list[i] = &TestMailResult{Address: r.Address, Accepted: r.Accepted, Reply: r.Reply}
	}
	return list
}
