package model

import (
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/reward"
	"github.com/meguri-crm/meguri/db"
)

// lastDay is the last day on which points can be spent; nil where they never expire.
func lastDay(end *time.Time, zone *time.Location) *time.Time {
	if end == nil {
		return nil
	}
	day := points.LastDay(*end, zone)
	return &day
}

// NewPointStatement maps a page of a statement of customer.
func NewPointStatement(customer int64, lines []*ledger.Line, cursors []string, info *PageInfo, zone *time.Location) *PointStatementConnection {
	c := &PointStatementConnection{Edges: make([]*PointStatementEdge, len(lines)), PageInfo: info}
	for i, l := range lines {
		node := &PointStatementLine{Booking: NewPointBooking(&l.PointBooking), Lots: NewPointLotParts(l.Lots, zone), Debt: l.Debt, Reversible: l.Left}
		node.Booking.CustomerRow = customer // who has the orders, also those of bookings from before a merge
		c.Edges[i] = &PointStatementEdge{Cursor: cursors[i], Node: node}
	}
	return c
}

// NewPointLotParts maps what a booking did to lots.
func NewPointLotParts(parts []ledger.LotPart, zone *time.Location) []*PointLotPart {
	list := make([]*PointLotPart, len(parts))
	for i, p := range parts {
		list[i] = &PointLotPart{
			Points: p.Points, Moved: p.Moved, Expired: p.Expired, EarnedAt: p.EarnedAt, UsableAt: p.UsableAt, ExpiresOn: lastDay(p.ExpiresAt, zone),
			Origin: PointOrigin(p.Origin), Reason: p.Reason, Note: p.Note, OrderNo: p.OrderNo,
			Action: earnAction(p.Action), RuleNames: p.Rules,
		}
	}
	return list
}

// earnAction is an action that the contract knows; nil for none.
func earnAction(action string) *EarnAction {
	if a := EarnAction(action); a.IsValid() {
		return &a
	}
	return nil
}

// NewPointLots maps lots.
func NewPointLots(rows []db.PointLot, zone *time.Location) []*PointLot {
	list := make([]*PointLot, len(rows))
	for i, l := range rows {
		list[i] = &PointLot{
			ID: gid.EncodePair("PointLot", l.CustomerID, l.ID), CustomerID: gid.Encode("Customer", l.CustomerID), Amount: l.Amount, Remaining: l.Remaining, Held: l.Held, Usable: l.Status == "USABLE", EarnedAt: l.EarnedAt,
			ExpiresOn: lastDay(l.ExpiresAt, zone), Origin: PointOrigin(l.Origin),
		}
		if !list[i].Usable {
			list[i].UsableAt = l.UsableAt
		}
	}
	return list
}

// NewPointHolds maps holds.
func NewPointHolds(rows []db.PointHold) []*PointHold {
	list := make([]*PointHold, len(rows))
	for i, h := range rows {
		list[i] = NewPointHold(h)
	}
	return list
}

// Narrow is what of a statement is asked for; days are those of zone.
func Narrow(kinds []PointBookingKind, from, to *time.Time, zone *time.Location) ledger.Narrow {
	n := ledger.Narrow{From: dayStart(from, zone), To: dayEnd(to, zone)}
	for _, k := range kinds {
		n.Kinds = append(n.Kinds, string(k))
	}
	return n
}

func dayStart(day *time.Time, zone *time.Location) *time.Time {
	if day == nil {
		return nil
	}
	y, m, d := day.Date()
	at := time.Date(y, m, d, 0, 0, 0, 0, zone)
	return &at
}

func dayEnd(day *time.Time, zone *time.Location) *time.Time {
	if day == nil {
		return nil
	}
	y, m, d := day.Date()
	at := points.EndOfDay(y, m, d, zone)
	return &at
}

// Filter is what the ledger is narrowed by; days are those of zone.
func (in PointLedgerFilter) Filter(zone *time.Location) (f ledger.Filter, err error) {
	f = ledger.Filter{From: dayStart(in.From, zone), To: dayEnd(in.To, zone), Min: in.Min, Max: in.Max}
	for _, k := range in.Kinds {
		f.Kinds = append(f.Kinds, string(k))
	}
	for _, k := range in.ActorKinds {
		f.ActorKinds = append(f.ActorKinds, string(k))
	}
	if in.OrderNo != nil {
		f.OrderNo = *in.OrderNo
	}
	if in.CustomerID != nil {
		var row int64
		row, err = idAt("filter.customerId", "Customer", *in.CustomerID)
		f.CustomerID = &row
	}
	return f, err
}

// NewPointReport maps a report.
func NewPointReport(r *ledger.Report, currency string) *PointReport {
	if r == nil {
		return nil
	}
	out := &PointReport{Months: make([]*PointReportMonth, len(r.Months)), Paid: make([]*PaidPointsHalf, len(r.Paid))}
	for i, m := range r.Months {
		out.Months[i] = &PointReportMonth{
			Month: m.First, Opening: m.Opening, Issued: m.Issued, Redeemed: m.Redeemed, Restored: m.Restored, Expired: m.Expired,
			ClawedBack: m.ClawedBack, Adjusted: m.Adjusted, Debt: m.Debt, Transferred: m.Transferred, Closing: m.Closing,
		}
	}
	for i, p := range r.Paid {
		out.Paid[i] = &PaidPointsHalf{
			Day: p.Day, Open: p.Open, Issued: p.Issued, Used: p.Used, Other: p.Other, Unused: p.Unused,
			Amount: &Money{Amount: p.Amount, Currency: currency}, MustNotify: p.MustTell,
		}
	}
	return out
}

// NewPointSpendSettings maps the settings of spending.
func NewPointSpendSettings(s points.SpendSettings) *PointSpendSettings {
	return &PointSpendSettings{Enabled: s.Enabled, Points: s.Points, Amount: s.Amount, Min: s.Min, Step: s.Step, MaxShare: int(s.MaxShare)}
}

// Settings are what the input asks for.
func (in UpdatePointSpendSettingsInput) Settings() points.SpendSettings {
	return points.SpendSettings{Enabled: in.Enabled, Points: in.Points, Amount: in.Amount, Min: in.Min, Step: in.Step, MaxShare: int64(in.MaxShare)}
}

// NewPointAdjustment maps a file of adjustments.
func NewPointAdjustment(row *db.PointAdjustment) *PointAdjustment {
	if row == nil {
		return nil
	}
	return &PointAdjustment{
		ID: gid.Encode("PointAdjustment", row.ID), FileName: row.FileName, Status: PointAdjustmentStatus(row.Status), Lines: row.Lines, Bad: row.Bad,
		Granted: row.Granted, Taken: row.Taken, NeedsApproval: row.NeedsApproval, Done: row.Done, Refused: row.Refused, CreatedAt: row.CreatedAt,
		DecidedAt: row.DecidedAt, DecisionNote: row.DecisionNote, BookedAt: row.BookedAt, Row: row,
	}
}

// NewPointAdjustments maps a page of them.
func NewPointAdjustments(rows []*db.PointAdjustment, cursors []string, info *PageInfo) *PointAdjustmentConnection {
	c := &PointAdjustmentConnection{Edges: make([]*PointAdjustmentEdge, len(rows)), PageInfo: info}
	for i, row := range rows {
		c.Edges[i] = &PointAdjustmentEdge{Cursor: cursors[i], Node: NewPointAdjustment(row)}
	}
	return c
}

// NewPointAdjustmentLines maps a page of the lines of such a file.
func NewPointAdjustmentLines(rows []*db.PointAdjustmentLine, cursors []string, info *PageInfo) *PointAdjustmentLineConnection {
	c := &PointAdjustmentLineConnection{Edges: make([]*PointAdjustmentLineEdge, len(rows)), PageInfo: info}
	for i, l := range rows {
		c.Edges[i] = &PointAdjustmentLineEdge{Cursor: cursors[i], Node: &PointAdjustmentLine{
			Line: l.LineNo, CustomerRow: l.CustomerID, Who: l.Who, Amount: l.Amount, Reason: l.Reason, ExpiresOn: l.ExpiresOn,
			Origin: PointOrigin(l.Origin), State: PointAdjustmentLineState(l.State), Code: l.Code,
		}}
	}
	return c
}

// NewReward maps a reward.
func NewReward(row *db.Reward) *Reward {
	if row == nil {
		return nil
	}
	return &Reward{
		ID: gid.Encode("Reward", row.ID), Name: row.Name, Description: row.Description, Kind: RewardKind(row.Kind), Points: row.Points,
		Stock: row.Stock, PerCustomer: row.PerCustomer, ArchivedAt: row.ArchivedAt, OfferRow: row.OfferID,
	}
}

// NewRewards maps the catalogue.
func NewRewards(rows []*db.Reward) []*Reward {
	list := make([]*Reward, len(rows))
	for i, row := range rows {
		list[i] = NewReward(row)
	}
	return list
}

// Draft is the reward that the input asks for; id is 0 for a new one.
func (in RewardInput) Draft() (id int64, d reward.Draft, err error) {
	d = reward.Draft{Name: in.Name, Description: in.Description, Kind: reward.Kind(in.Kind), Points: in.Points, Stock: in.Stock, PerCustomer: in.PerCustomer}
	if in.OfferID != nil {
		var of int64
		if of, err = idAt("offerId", "Offer", *in.OfferID); err != nil {
			return 0, d, err
		}
		d.OfferID = &of
	}
	if in.ID != nil {
		id, err = idAt("id", "Reward", *in.ID)
	}
	return id, d, err
}

// NewRewardExchange maps an exchange.
func NewRewardExchange(row *db.RewardExchange) *RewardExchange {
	if row == nil {
		return nil
	}
	return &RewardExchange{
		ID: gid.Encode("RewardExchange", row.ID), Points: row.Points, Status: RewardExchangeStatus(row.Status), Code: row.Code,
		OrderedAt: row.OrderedAt, ClosedAt: row.ClosedAt, CustomerRow: row.CustomerID, RewardRow: row.RewardID,
	}
}

// NewRewardExchanges maps a page of them.
func NewRewardExchanges(rows []*db.RewardExchange, cursors []string, info *PageInfo) *RewardExchangeConnection {
	c := &RewardExchangeConnection{Edges: make([]*RewardExchangeEdge, len(rows)), PageInfo: info}
	for i, row := range rows {
		c.Edges[i] = &RewardExchangeEdge{Cursor: cursors[i], Node: NewRewardExchange(row)}
	}
	return c
}

// IDs are the rows that the input names.
func (in ExchangeRewardInput) IDs() (customer, reward int64, err error) {
	if customer, err = idAt("customerId", "Customer", in.CustomerID); err == nil {
		reward, err = idAt("rewardId", "Reward", in.RewardID)
	}
	return customer, reward, err
}

// IDAt is the row of an id of kind that stands in field.
// Errors: fault.Invalid INVALID_ID.
func IDAt(field, kind, id string) (int64, error) { return idAt(field, kind, id) }
