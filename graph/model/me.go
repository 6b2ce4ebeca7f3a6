package model

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/crm/member"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// NewMe maps a member as he sees himself; days are those of zone.
func NewMe(s member.Self, zone *time.Location) *Me {
	return &Me{Points: NewPointBalance(s.Points, zone), Stage: newMyStage(s.Stage), CustomerRow: s.CustomerID}
}

func newMyStage(s *member.Stage) *MyStage {
	if s == nil {
		return nil
	}
	m := &MyStage{Name: s.Name, Since: s.Since, Counts: NewStageAmounts(s.Counts), Benefits: &StageBenefits{PointMultiplier: int(s.Multiplier), Lines: s.Benefits}, Standing: s}
	if n := s.Next; n != nil {
		m.Next = newNextStage(n.Name, n.Missing, n.By)
	}
	if l := s.Loss; l != nil {
		m.Loss = &StageLoss{On: l.On, To: l.To, Missing: NewStageAmounts(l.Missing), By: l.By}
	}
	return m
}

// NewMyPoints maps what a member sees as it changes.
func NewMyPoints(s member.Self, zone *time.Location) *MyPoints {
	return &MyPoints{Points: NewPointBalance(s.Points, zone), Stage: newMyStage(s.Stage)}
}

// NewScannedMember maps the member of a card.
func NewScannedMember(s *member.Scanned, zone *time.Location) *ScannedMember {
	if s == nil {
		return nil
	}
	return &ScannedMember{
		CustomerID: gid.Encode("Customer", s.CustomerID), Number: s.Number, Name: s.Name, Live: s.Live,
		Points: NewPointBalance(s.Points, zone), Stage: newMyStage(s.Stage),
	}
}

// NewMyProfile maps a profile under the rules that hold at now; nil stays nil.
func NewMyProfile(p *member.Profile, may customer.OwnRules, now time.Time, zone *time.Location) *MyProfile {
	if p == nil {
		return nil
	}
	m := &MyProfile{
		Name: p.Name(), FamilyName: p.FamilyName, GivenName: p.GivenName, FamilyKana: p.FamilyKana, GivenKana: p.GivenKana,
		Gender: Gender(p.Gender), PostalCode: p.PostalCode, Prefecture: p.Prefecture, City: p.City, AddressLine: p.AddressLine, Phone: p.Phone, Mail: p.Email,
		BirthDate: p.BirthDate, CanChange: ownParts(may), MemberSince: p.MemberSince,
	}
	if from := may.BirthDateFrom(p.BirthDate, p.BirthDateToldAt, now); from != nil {
		day := from.In(zone)
		m.CanSetBirthDate, m.BirthDateFrom = !from.After(now), &day
	}
	return m
}

func ownParts(r customer.OwnRules) []OwnProfilePart {
	parts := []OwnProfilePart{}
	for _, p := range r.List() {
		parts = append(parts, OwnProfilePart(p))
	}
	return parts
}

// NewOwnProfileSettings maps what customers may change.
func NewOwnProfileSettings(r customer.OwnRules) *OwnProfileSettings {
	return &OwnProfileSettings{Parts: ownParts(r), Birthday: OwnBirthday(r.Birthday), BirthdayMonths: r.BirthdayMonths}
}

// Rules is what the input sets.
func (in UpdateOwnProfileSettingsInput) Rules() customer.OwnRules {
	r := customer.OwnRules{Parts: map[customer.OwnPart]bool{}, Birthday: customer.OwnBirthday(in.Birthday), BirthdayMonths: in.BirthdayMonths}
	for _, p := range in.Parts {
		r.Parts[customer.OwnPart(p)] = true
	}
	return r
}

// NewMemberCard maps a card as it stands at now.
func NewMemberCard(c *member.Card, now time.Time) *MemberCard {
	return &MemberCard{
		Number: c.Number, Code: c.Code, CodeText: fours(c.Code), QR: c.QR, Bars: c.Bars,
		RefreshAt: c.Until, RefreshInSeconds: int((c.Until.Sub(now) + time.Second - 1) / time.Second),
	}
}

// fours is digits in groups that people can read out.
func fours(digits string) string {
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// NewMyPointLots maps a page of lots; days are those of zone.
func NewMyPointLots(rows []points.LotLeft, cursors []string, info *PageInfo, zone *time.Location) *MyPointLotConnection {
	c := &MyPointLotConnection{Edges: make([]*MyPointLotEdge, len(rows)), Nodes: make([]*MyPointLot, len(rows)), PageInfo: info}
	for i, l := range rows {
		c.Nodes[i] = &MyPointLot{Points: l.Remaining, EarnedOn: dayOf(l.EarnedAt, zone), Usable: l.Usable, Reason: l.Reason}
		if !l.Usable && l.UsableAt != nil {
			c.Nodes[i].UsableOn = new(dayOf(*l.UsableAt, zone))
		}
		if l.ExpiresAt != nil {
			c.Nodes[i].ExpiresOn = new(points.LastDay(*l.ExpiresAt, zone))
		}
		c.Edges[i] = &MyPointLotEdge{Cursor: cursors[i], Node: c.Nodes[i]}
	}
	return c
}

// dayOf is the day of an instant in zone, as midnight UTC.
func dayOf(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// NewMyStatement maps a page of bookings; did is what they did to lots, malls are of shops by id.
func NewMyStatement(rows []*db.PointBooking, did map[ledger.Ref][]ledger.LotPart, malls map[int64]string, cursors []string, info *PageInfo) *MyPointEntryConnection {
	c := &MyPointEntryConnection{Edges: make([]*MyPointEntryEdge, len(rows)), Nodes: make([]*MyPointEntry, len(rows)), PageInfo: info}
	for i, b := range rows {
		n := &MyPointEntry{
			Key: strconv.FormatInt(b.ID, 36), Kind: PointBookingKind(b.Kind), Amount: points.Change(b), Points: b.Amount,
			AvailableAfter: b.AvailableAfter, At: b.OccurredAt, Reason: b.Reason, Note: b.Note, OrderNo: b.OrderNo,
			Action: actionOf(b, did[ledger.Ref{CustomerID: b.CustomerID, ID: b.ID}]),
		}
		if b.ShopID != nil && malls[*b.ShopID] != "" {
			n.Mall = new(Mall(malls[*b.ShopID]))
		}
		c.Nodes[i], c.Edges[i] = n, &MyPointEntryEdge{Cursor: cursors[i], Node: n}
	}
	return c
}

// actionOf is the one action that gave all points of a booking; what points are spent on says more than that.
func actionOf(b *db.PointBooking, parts []ledger.LotPart) *EarnAction {
	told := slices.Contains([]string{"GRANT", "MATURE", "EXPIRE", "CLAWBACK"}, b.Kind)
	if !told || len(parts) == 0 || slices.ContainsFunc(parts, func(p ledger.LotPart) bool { return p.Action != parts[0].Action }) {
		return nil
	}
	return earnAction(parts[0].Action)
}

// MyOrderParts is what belongs to the orders of a page, by order and by shop.
type MyOrderParts struct {
	Lines  map[int64][]db.OrderLine
	Earned map[int64]points.Earned
	Shops  map[int64]*db.Shop
}

// NewMyOrders maps a page of orders; days are those of zone.
func NewMyOrders(rows []db.Order, parts MyOrderParts, cursors []string, info *PageInfo, zone *time.Location) *MyOrderConnection {
	c := &MyOrderConnection{Edges: make([]*MyOrderEdge, len(rows)), Nodes: make([]*MyOrder, len(rows)), PageInfo: info}
	for i, o := range rows {
		c.Nodes[i] = newMyOrder(&o, parts, zone)
		c.Edges[i] = &MyOrderEdge{Cursor: cursors[i], Node: c.Nodes[i]}
	}
	return c
}

func newMyOrder(o *db.Order, parts MyOrderParts, zone *time.Location) *MyOrder {
	earned := parts.Earned[o.ID]
	m := &MyOrder{
		Key: strconv.FormatInt(o.ID, 36), OrderNo: o.OrderNo, Kind: OrderKind(o.Kind), Status: OrderStatus(o.Status), OrderedAt: o.OrderedAt,
		Total: NewMoney(o.TotalAmount, o.Currency), PointsUsed: NewMoney(o.PointsUsed, o.Currency), PointsEarned: earned.Points, PointsPending: earned.Pending,
		Items: []*MyOrderItem{},
	}
	if shop := parts.Shops[o.ShopID]; shop != nil {
		m.Mall, m.ShopName = Mall(shop.Mall), shop.Name
	}
	if earned.Usable != nil {
		m.PendingUntil = new(dayOf(*earned.Usable, zone))
	}
	for _, l := range parts.Lines[o.ID] {
		m.Items = append(m.Items, &MyOrderItem{Name: l.Name, Option: l.Option, Quantity: l.Quantity, Amount: NewMoney(l.Amount, o.Currency)})
	}
	return m
}

// NewMyOffers maps the offers of a member.
func NewMyOffers(rows []*offer.Mine) []*MyOffer {
	list := make([]*MyOffer, len(rows))
	for i, row := range rows {
		list[i] = NewMyOffer(row)
	}
	return list
}

// NewMyOffer maps an offer of a member; nil stays nil.
func NewMyOffer(o *offer.Mine) *MyOffer {
	if o == nil {
		return nil
	}
	m := &MyOffer{
		ID: gid.Encode("Offer", o.ID), Name: o.Name, Mall: Mall(o.Mall), Kind: OfferKind(o.Kind), Value: o.Value, Terms: o.Terms,
		StartsAt: o.StartsAt, EndsAt: o.EndsAt, SeenAt: o.SeenAt, IssuedAt: o.IssuedAt, UsedAt: o.UsedAt, Usable: o.Usable(), State: MyOfferStateAvailable,
	}
	switch {
	case o.UsedAt != nil:
		m.State = MyOfferStateUsed
	case o.IssuedAt != nil:
		m.State = MyOfferStateIssued
	case o.StageName != "":
		m.State, m.FromStage = MyOfferStateLocked, &o.StageName
	}
	if o.HeldCode != "" {
		m.Code = &o.HeldCode
	}
	return m
}

// NewOfferMemberFigures maps what members did with an offer.
func NewOfferMemberFigures(f offer.MemberFigures) *OfferMemberFigures {
	return &OfferMemberFigures{Seen: f.Seen, Issued: f.Issued, Used: f.Used}
}

// Own is what the input tells.
func (in UpdateMyProfileInput) Own() customer.Own {
	return customer.Own{
		FamilyName: in.FamilyName, GivenName: in.GivenName, FamilyKana: in.FamilyKana, GivenKana: in.GivenKana, Gender: (*string)(in.Gender),
		PostalCode: in.PostalCode, Prefecture: in.Prefecture, City: in.City, AddressLine: in.AddressLine, Phone: in.Phone, BirthDate: in.BirthDate,
	}
}
