package model

import (
	"maps"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// NewPointBalance maps an account; days are those of zone.
func NewPointBalance(a db.PointAccount, zone *time.Location) *PointBalance {
	b := &PointBalance{Available: a.Available, Pending: a.Pending, Held: a.Held, Debt: a.Debt}
	if a.ExpiringNextOn != nil {
		b.ExpiringNext = &ExpiringPoints{Amount: a.ExpiringNextAmount, On: points.LastDay(*a.ExpiringNextOn, zone)}
	}
	return b
}

// NewPointBooking maps a line of the ledger; its order is left to the resolver.
func NewPointBooking(b *db.PointBooking) *PointBooking {
	m := &PointBooking{
		ID: gid.EncodePair("PointBooking", b.CustomerID, b.ID), CustomerID: gid.Encode("Customer", b.CustomerID), Kind: PointBookingKind(b.Kind),
		Amount: points.Change(b), Points: b.Amount, AvailableAfter: b.AvailableAfter, OccurredAt: b.OccurredAt,
		Reason: b.Reason, Note: b.Note, ActorKind: AuditActorKind(b.ActorKind),
		Row: b.ID, HolderRow: b.CustomerID, CustomerRow: b.CustomerID, OrderRow: b.OrderID, OrderNo: b.OrderNo,
	}
	switch m.ActorKind {
	case AuditActorKindStaff:
		m.StaffRow = b.ActorID
	case AuditActorKindClient:
		m.ClientRow = b.ActorID
	}
	return m
}

// NewPointBookingConnection maps a page of the history.
func NewPointBookingConnection(rows []*db.PointBooking, cursors []string, info *PageInfo) *PointBookingConnection {
	c := &PointBookingConnection{Edges: make([]*PointBookingEdge, len(rows)), PageInfo: info}
	for i, row := range rows {
		c.Edges[i] = &PointBookingEdge{Cursor: cursors[i], Node: NewPointBooking(row)}
	}
	return c
}

// NewPointHold maps a hold.
func NewPointHold(h db.PointHold) *PointHold {
	return &PointHold{
		ID: gid.EncodePair("PointHold", h.CustomerID, h.ID), Amount: h.Amount, Captured: h.Captured,
		Status: PointHoldStatus(h.Status), ExpiresAt: h.ExpiresAt,
	}
}

// NewPointSettings maps the settings of the programme, as far as they are shown.
func NewPointSettings(s points.Settings, currency string) *PointSettings {
	m := &PointSettings{
		EarnPerAmount: s.Rates[currency].PerAmount, EarnPoints: s.Rates[currency].Points, PendingDays: s.PendingDays,
		Enabled: s.Enabled, Base: PointBase(s.Base), Rounding: PointRounding(s.Rounding), Stack: EarnStack(s.Stack), Release: PointRelease(s.Release),
		Expiry: PointExpiry(s.Expiry), ExpiryYears: s.ExpiryYears, ExpiryTo: PeriodEnd(s.ExpiryTo), StageMonths: []*PointStageMonths{},
		ShortfallIsDebt: s.Shortfall == points.ShortfallDebt, RestoreGraceDays: s.RestoreGraceDays, EarnBeforeJoining: s.EarnBeforeJoining,
	}
	if s.Expiry == points.ExpireAfterMonths || s.Expiry == points.ExpireAfterActivity {
		m.ExpiryMonths = s.ExpiryMonths
	}
	for _, stage := range slices.Sorted(maps.Keys(s.StageMonths)) {
		m.StageMonths = append(m.StageMonths, &PointStageMonths{Stage: stage, Months: s.StageMonths[stage]})
	}
	return m
}

// Apply is the change of the settings that the input asks for.
func (in UpdatePointSettingsInput) Apply(currency string) func(*points.Settings) {
	return func(s *points.Settings) {
		if s.Rates == nil {
			s.Rates = map[string]points.Rate{}
		}
		s.Rates[currency] = points.Rate{PerAmount: in.EarnPerAmount, Points: in.EarnPoints}
		s.PendingDays, s.Expiry = in.PendingDays, points.ExpireAfterMonths
		in.applyEarning(s)
		in.applyExpiry(s)
	}
}

func (in UpdatePointSettingsInput) applyEarning(s *points.Settings) {
	given(&s.Enabled, in.Enabled)
	given(&s.EarnBeforeJoining, in.EarnBeforeJoining)
	given(&s.Base, (*points.Base)(in.Base))
	given(&s.Rounding, (*points.Rounding)(in.Rounding))
	given(&s.Stack, (*points.Stack)(in.Stack))
	given(&s.Release, (*points.Release)(in.Release))
	if in.ShortfallIsDebt != nil {
		s.Shortfall = points.ShortfallForgive
		if *in.ShortfallIsDebt {
			s.Shortfall = points.ShortfallDebt
		}
	}
}

func (in UpdatePointSettingsInput) applyExpiry(s *points.Settings) {
	given(&s.Expiry, (*points.ExpiryKind)(in.Expiry))
	given(&s.ExpiryYears, in.ExpiryYears)
	given(&s.ExpiryTo, (*points.PeriodEnd)(in.ExpiryTo))
	given(&s.RestoreGraceDays, in.RestoreGraceDays)
	if s.Expiry == points.ExpireAfterMonths || s.Expiry == points.ExpireAfterActivity {
		s.ExpiryMonths = in.ExpiryMonths
	}
	if in.StageMonths != nil {
		s.StageMonths = map[string]int{}
		for _, own := range in.StageMonths {
			s.StageMonths[own.Stage] = own.Months
		}
	}
}

// given sets what the input gives.
func given[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

// ByHand is the request that the input makes.
func (in GrantPointsInput) ByHand() (r points.ByHand, err error) {
	r = points.ByHand{Amount: in.Amount, Note: in.Note, ExpiresOn: in.ExpiresOn, Origin: points.Origin(in.Origin), Key: in.IdempotencyKey}
	r.CustomerID, err = idAt("customerId", "Customer", in.CustomerID)
	return r, err
}

// ByHand is the request that the input makes.
func (in RedeemPointsInput) ByHand() (r points.ByHand, err error) {
	r = points.ByHand{Amount: in.Amount, Note: in.Note, OrderAmount: in.OrderAmount, Key: in.IdempotencyKey}
	if r.CustomerID, err = idAt("customerId", "Customer", in.CustomerID); err == nil {
		err = onOrder(&r, in.ShopID, in.OrderNo)
	}
	return r, err
}

// ByHand is the request that the input makes.
func (in DeductPointsInput) ByHand() (r points.ByHand, err error) {
	r = points.ByHand{Amount: in.Amount, Note: in.Note, Key: in.IdempotencyKey}
	r.CustomerID, err = idAt("customerId", "Customer", in.CustomerID)
	return r, err
}

// ByHand is the request that the input makes.
func (in HoldPointsInput) ByHand() (r points.ByHand, err error) {
	r = points.ByHand{Amount: in.Amount, Minutes: in.Minutes, OrderAmount: in.OrderAmount, Key: in.IdempotencyKey}
	if r.CustomerID, err = idAt("customerId", "Customer", in.CustomerID); err == nil {
		err = onOrder(&r, in.ShopID, in.OrderNo)
	}
	return r, err
}

// ByHand is the request that the input makes.
func (in CapturePointsInput) ByHand() (r points.ByHand, err error) {
	r = points.ByHand{Key: in.IdempotencyKey}
	if in.Amount != nil {
		if r.Amount = *in.Amount; r.Amount == 0 {
			return r, fault.New(fault.Invalid, "leave amount out to capture all; releasePoints captures nothing").At("amount")
		}
	}
	r.CustomerID, r.HoldID, err = holdAt(in.HoldID)
	return r, err
}

// ByHand is the request that the input makes.
func (in ReversePointsInput) ByHand() (r points.ByHand, err error) {
	r = points.ByHand{Note: in.Reason, Key: in.IdempotencyKey}
	if in.Amount != nil {
		if r.Amount = *in.Amount; r.Amount == 0 {
			return r, fault.New(fault.Invalid, "leave amount out to give all back").At("amount")
		}
	}
	if r.CustomerID, r.BookingID, err = gid.DecodePair("PointBooking", in.BookingID); err != nil {
		err = badID("bookingId")
	}
	return r, err
}

// ByHand is the request that the input makes.
func (in ReleasePointsInput) ByHand() (r points.ByHand, err error) {
	r.Key = in.IdempotencyKey
	r.CustomerID, r.HoldID, err = holdAt(in.HoldID)
	return r, err
}

func onOrder(r *points.ByHand, shopID, orderNo *string) error {
	if shopID == nil && orderNo == nil {
		return nil
	}
	if shopID == nil || orderNo == nil || *orderNo == "" || len(*orderNo) > 200 {
		return fault.New(fault.Invalid, "an order is told by shopId and orderNo together").At("orderNo")
	}
	shop, err := idAt("shopId", "Shop", *shopID)
	r.ShopID, r.OrderNo = &shop, orderNo
	return err
}

func idAt(field, kind, id string) (int64, error) {
	row, err := gid.Decode(kind, id)
	if err != nil {
		return 0, badID(field)
	}
	return row, nil
}

func holdAt(id string) (customer, hold int64, err error) {
	if customer, hold, err = gid.DecodePair("PointHold", id); err != nil {
		return 0, 0, badID("holdId")
	}
	return customer, hold, nil
}

func badID(field string) error {
	return fault.New(fault.Invalid, "this is not a valid id").WithCode("INVALID_ID").At(field)
}
