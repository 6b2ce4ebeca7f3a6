package model

import (
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// NewCustomer maps a customer with its rollup; nil stays nil. What hangs on the
// customer is left to resolvers.
func NewCustomer(c *db.Customer, stats db.CustomerStats) *Customer {
	if c == nil {
		return nil
	}
	return &Customer{
		ID: gid.Encode("Customer", c.ID), Anonymous: c.Anonymous, FamilyName: c.FamilyName, GivenName: c.GivenName,
		FamilyKana: c.FamilyKana, GivenKana: c.GivenKana, DisplayName: displayName(c), Email: c.Email, Phone: c.Phone,
		PostalCode: c.PostalCode, Prefecture: c.Prefecture, City: c.City, AddressLine: c.AddressLine, Gender: Gender(c.Gender),
		BirthDate: c.BirthDate, MemberSince: c.MemberSince, ErasedAt: c.ErasedAt, CreatedAt: c.CreatedAt, Stats: newCustomerStats(c.ID, stats),
	}
}

// displayName is what there is to call a person by; the id where there is nothing.
func displayName(c *db.Customer) string {
	for _, name := range []string{
		strings.TrimSpace(c.FamilyName + " " + c.GivenName), strings.TrimSpace(c.FamilyKana + " " + c.GivenKana), c.Email, c.Phone,
	} {
		if name != "" {
			return name
		}
	}
	return "#" + strconv.FormatInt(c.ID, 10)
}

func newCustomerStats(customerID int64, s db.CustomerStats) *CustomerStats {
	m := &CustomerStats{
		OrderCount: s.OrdersCount, CancelledCount: s.CancelledCount, NetSales: NewMoney(s.NetSales, order.BaseCurrency),
		AverageOrder: NewMoney(0, order.BaseCurrency), FirstOrderAt: s.FirstOrderAt, LastOrderAt: s.LastOrderAt,
		FirstMall: (*Mall)(s.FirstMall), Malls: make([]Mall, len(s.Malls)), CustomerRow: customerID,
	}
	if s.OrdersCount > 0 {
		m.AverageOrder.Amount = s.NetSales / int64(s.OrdersCount)
	}
	for i, mall := range s.Malls {
		m.Malls[i] = Mall(mall)
	}
	return m
}

// NewCustomerMallStats maps the rollups per mall and currency.
func NewCustomerMallStats(rows []db.CustomerMallStats) []*CustomerMallStats {
	list := make([]*CustomerMallStats, len(rows))
	for i, s := range rows {
		list[i] = &CustomerMallStats{
			Mall: Mall(s.Mall), OrderCount: s.OrdersCount, NetSales: NewMoney(s.NetSales, s.Currency),
			FirstOrderAt: s.FirstOrderAt, LastOrderAt: s.LastOrderAt,
		}
	}
	return list
}

// NewCustomerConnection maps a page of customers; filter is what totalCount counts.
func NewCustomerConnection(rows []customer.Listed, cursors []string, info *PageInfo, filter customer.Filter) *CustomerConnection {
	c := &CustomerConnection{Edges: make([]*CustomerEdge, len(rows)), Nodes: make([]*Customer, len(rows)), PageInfo: info, Filter: filter}
	for i := range rows {
		c.Nodes[i] = NewCustomer(&rows[i].Customer, rows[i].Stats)
		c.Edges[i] = &CustomerEdge{Cursor: cursors[i], Node: c.Nodes[i]}
	}
	return c
}

// NewCustomerFilter maps the filter of customers. Errors: fault.Invalid INVALID_ID.
func NewCustomerFilter(in *CustomerFilter) (f customer.Filter, err error) {
	if in == nil {
		return f, nil
	}
	f = customer.Filter{Member: in.Member, MailConsent: in.MailConsent, Anonymous: in.IncludeAnonymous}
	if string(in.Rule) != "null" {
		f.Rule = in.Rule
	}
	if in.Search != nil {
		f.Search = *in.Search
	}
	for _, m := range in.Malls {
		f.Malls = append(f.Malls, string(m))
	}
	if f.StageIDs, err = gid.DecodeAll("Stage", in.StageIds); err != nil {
		return f, err
	}
	if f.TagIDs, err = gid.DecodeAll("CustomerTag", in.TagIds); err != nil {
		return f, err
	}
	if in.SegmentID != nil {
		f.SegmentID, err = gid.Decode("Segment", *in.SegmentID)
	}
	return f, err
}

// NewCustomerChoice maps customers that are chosen by their ids or by a filter.
// Errors: fault.Invalid INVALID_ID.
func NewCustomerChoice(ids []string, filter *CustomerFilter) (c customer.Choice, err error) {
	if c.IDs, err = gid.DecodeAll("Customer", ids); err != nil || filter == nil {
		return c, err
	}
	f, err := NewCustomerFilter(filter)
	c.Filter = &f
	return c, err
}

// NewCustomerProfile maps the input of createCustomer and updateCustomer.
func NewCustomerProfile(in *CustomerProfileInput) customer.Profile {
	return customer.Profile{
		FamilyName: in.FamilyName, GivenName: in.GivenName, FamilyKana: in.FamilyKana, GivenKana: in.GivenKana,
		Email: in.Email, Phone: in.Phone, PostalCode: in.PostalCode, Prefecture: in.Prefecture, City: in.City, AddressLine: in.AddressLine,
		Gender: (*string)(in.Gender), BirthDate: in.BirthDate,
	}
}

// NewIdentityList maps how a customer appears on shops.
func NewIdentityList(rows []db.Identity) []*Identity {
	list := make([]*Identity, len(rows))
	for i, r := range rows {
		list[i] = &Identity{
			ID: gid.EncodePair("Identity", r.CustomerID, r.ID), Kind: IdentityKind(r.Kind), Value: r.Value,
			Reason: IdentityReason(r.Reason), Score: r.Score, FirstSeenAt: r.FirstSeenAt, LastSeenAt: r.LastSeenAt, ShopRow: r.ShopID,
			PhoneNational: customer.PhoneOf(r), MergedAs: (*MergeReason)(r.MergedAs),
		}
	}
	return list
}

// NewConsent maps a word of consent; nil stays nil.
func NewConsent(c *db.Consent) *Consent {
	if c == nil {
		return nil
	}
	return &Consent{
		ID: gid.EncodePair("Consent", c.CustomerID, c.ID), CustomerID: gid.Encode("Customer", c.CustomerID), Channel: Channel(c.Channel), State: ConsentState(c.State),
		OccurredAt: c.OccurredAt, Method: ConsentMethod(c.Method), Wording: c.Wording, RecordedAt: c.RecordedAt,
		Evidence: newConsentEvidence(c.Evidence), ShopRow: c.OriginShopID, StaffRow: c.RecordedBy,
	}
}

// NewConsentList maps words of consent.
func NewConsentList(rows []db.Consent) []*Consent {
	list := make([]*Consent, len(rows))
	for i := range rows {
		list[i] = NewConsent(&rows[i])
	}
	return list
}

// refTypes are the types that an event's RefID is a row of, by group.
var refTypes = map[string]string{"order": "Order", "points": "PointBooking", "message": "Message", "consent": "Consent"}

// NewTimelineConnection maps a page of events.
func NewTimelineConnection(rows []db.Event, cursors []string, info *PageInfo) *TimelineConnection {
	edges := make([]*TimelineEdge, len(rows))
	for i := range rows {
		edges[i] = &TimelineEdge{Cursor: cursors[i], Node: newTimelineEntry(&rows[i])}
	}
	return &TimelineConnection{Edges: edges, PageInfo: info}
}

func newTimelineEntry(e *db.Event) *TimelineEntry {
	group := event.GroupOf(e.Kind)
	m := &TimelineEntry{
		ID: gid.EncodePair("TimelineEntry", e.CustomerID, e.ID), CustomerID: gid.Encode("Customer", e.CustomerID), Kind: TimelineKind(strings.ToUpper(group)), Event: e.Kind,
		OccurredAt: e.OccurredAt, Data: e.Data, ShopRow: e.ShopID, CustomerRow: e.CustomerID,
	}
	switch group {
	case "order":
		m.OrderRow = e.RefID
	case "note":
		m.NoteRow = e.RefID
	case "points":
		m.BookingRow = e.RefID
	case "message":
		m.CampaignRow = campaign.OfEvent(e.Data)
	}
	if kind := refTypes[group]; kind != "" && e.RefID != nil {
		id := gid.EncodePair(kind, e.CustomerID, *e.RefID)
		m.RefID = &id
	}
	return m
}
