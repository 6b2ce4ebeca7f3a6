package offer

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// maxOrderNo is how many bytes the number of an order has at most.
const maxOrderNo = 100

// Claim is what a till, or a site of the merchant's own, is shown: an offer, or
// the code of one, by a customer.
type Claim struct {
	CustomerID int64
	OfferID    int64  // 0: the code tells
	Code       string // "": none is shown
	ShopID     int64
	Amount     int64  // what the purchase comes to, base currency, minor unit
	OrderNo    string // of the purchase, which need not have come in; "": not known
}

// Verdict says what becomes of a claim.
type Verdict struct {
	Offer    *db.Offer    // nil: there is none
	Code     string       // that proves it; "": it needs none
	Refusal  *fault.Error // nil: it may be used
	Discount int64        // what it takes off the amount, base currency, minor unit
}

// claimed is an offer as the customer of a claim has it.
type claimed struct {
	Mine     `bun:",extend"`
	Member   bool
	ShopMall string
	Shown    string // the code of the pool that is shown; "": none of the pool
	Holder   *int64 // who has it; nil: nobody
}

// Check says whether a claim may be used, and why not. It changes nothing.
// Errors: fault.Invalid at the field; fault.NotFound at shopId.
func (s *Service) Check(ctx context.Context, c Claim) (*Verdict, error) {
	_, v, err := s.judge(ctx, s.DB, c)
	return v, err
}

// Redeem uses an offer, once per customer whatever comes at the same time, and
// notes the order: its cancellation gives the use back.
// Errors: as of Check; the refusals of Verdict.
func (s *Service) Redeem(ctx context.Context, tx db.Tx, c Claim) (*Verdict, error) {
	if err := holdCustomer(ctx, tx, c.CustomerID); err != nil {
		return nil, err
	}
	m, v, err := s.judge(ctx, tx, c)
	if err == nil && v.Refusal != nil {
		err = v.Refusal
	}
	if err != nil {
		return nil, err
	}
	if m.IssuedAt == nil { // it is for everybody
		now := s.Clock.Now()
		m.IssuedAt = &now
	}
	m.HeldCode = v.Code
	return v, s.use(ctx, tx, c, &m.Mine)
}

// Unredeem takes back that a customer used an offer: he may use it again while it runs.
// Errors: fault.Invalid REQUIRED at reason; fault.Precondition OFFER_NOT_USED.
func (s *Service) Unredeem(ctx context.Context, tx db.Tx, customer, offerID int64, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.New(fault.Invalid, "say why").WithCode("REQUIRED").At("reason")
	}
	if err := holdCustomer(ctx, tx, customer); err != nil {
		return err
	}
	var codes []string
	err := tx.NewRaw(`UPDATE member_offers SET `+unused+` WHERE customer_id = ? AND offer_id = ? AND used_at IS NOT NULL RETURNING code`, customer, offerID).Scan(ctx, &codes)
	if err != nil {
		return db.Fault(err)
	}
	if len(codes) == 0 {
		return fault.New(fault.Precondition, "the customer has not used this offer").WithCode("OFFER_NOT_USED").At("offerId")
	}
	if _, err := tx.NewRaw("UPDATE offer_codes SET used_at = NULL WHERE offer_id = ? AND code = ? AND used_order_id IS NULL", offerID, codes[0]).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	if err := event.Append(ctx, tx, event.Event{CustomerID: customer, OccurredAt: s.Clock.Now(), Kind: event.OfferUnused, RefID: offerID}); err != nil {
		return err
	}
	return access.Audit(ctx, tx, access.Entry{Action: "offer.unredeem", ObjectKind: "Customer", ObjectID: customer, Detail: map[string]any{"offer": offerID, "reason": reason}})
}

const unused = "used_at = NULL, used_by = NULL, used_shop_id = NULL, used_order_no = NULL"

// giveBack makes what was redeemed on orders that are cancelled unused again.
func giveBack(ctx context.Context, tx bun.IDB, orderIDs []int64) error {
	_, err := tx.NewRaw(`WITH back AS (
			UPDATE member_offers m SET `+unused+` FROM orders o
			WHERE o.id = ANY(?::bigint[]) AND o.status = 'CANCELLED' AND m.used_shop_id = o.shop_id AND m.used_order_no = o.order_no
			RETURNING m.customer_id, m.offer_id, m.code, o.shop_id, coalesce(o.cancelled_at, o.updated_at) AS at),
		told AS (INSERT INTO events (customer_id, occurred_at, kind, shop_id, ref_id, data) SELECT customer_id, at, ?, shop_id, offer_id, '{}'::jsonb FROM back)
		UPDATE offer_codes c SET used_at = NULL FROM back WHERE c.offer_id = back.offer_id AND c.code = back.code AND c.used_order_id IS NULL`,
		pgdialect.Array(orderIDs), event.OfferUnused).Exec(ctx)
	return db.Fault(err)
}

func holdCustomer(ctx context.Context, tx db.Tx, id int64) error {
	_, err := tx.NewRaw("SELECT FROM customers WHERE id = ? FOR NO KEY UPDATE", id).Exec(ctx)
	return db.Fault(err)
}

// judge finds the offer of a claim and says whether it may be used. Of a refused
// claim it need not know more than why.
func (s *Service) judge(ctx context.Context, idb bun.IDB, c Claim) (*claimed, *Verdict, error) {
	c.Code, c.OrderNo = strings.TrimSpace(c.Code), strings.TrimSpace(c.OrderNo)
	switch {
	case c.OfferID == 0 && c.Code == "":
		return nil, nil, fault.New(fault.Invalid, "name the offer, or the code of one").WithCode("REQUIRED").At("offerId")
	case c.Amount < 0 || c.Amount > maxAmount:
		return nil, nil, fault.New(fault.Invalid, "this is between 0 and %d", maxAmount).WithCode("OUT_OF_RANGE").At("amount").With("min", 0).With("max", maxAmount)
	case len(c.OrderNo) > maxOrderNo:
		return nil, nil, fault.New(fault.Invalid, "at most %d bytes", maxOrderNo).WithCode("TOO_LONG").At("orderNo").With("max", maxOrderNo)
	}
	var of mall.Mall
	if err := idb.NewRaw("SELECT mall FROM shops WHERE id = ?", c.ShopID).Scan(ctx, &of); err != nil {
		if fault.Is(db.Fault(err), fault.NotFound) {
			return nil, nil, fault.New(fault.NotFound, "there is no such shop").At("shopId")
		}
		return nil, nil, db.Fault(err)
	}
	now := s.Clock.Now()
	var rows []*claimed
	err := idb.NewRaw(`SELECT * FROM (`+mineOf+`, who.member_since IS NOT NULL AS member, coalesce(shown.code, '') AS shown, shown.customer_id AS holder
			`+mineFrom+`
			JOIN customers who ON who.id = ?0
			LEFT JOIN offer_codes shown ON shown.offer_id = o.id AND shown.code = ?3
			WHERE o.archived_at IS NULL AND (?2 = 0 OR o.id = ?2) AND (?3 = '' OR o.shared_code = ?3 OR shown.code IS NOT NULL)) claimed
		ORDER BY mall = ?4 DESC, ends_at > ?1 DESC, ends_at, id LIMIT 1`, c.CustomerID, now, c.OfferID, c.Code, of).Scan(ctx, &rows)
	if err != nil {
		return nil, nil, db.Fault(err)
	}
	if len(rows) == 0 {
		return nil, &Verdict{Refusal: refused("OFFER_UNKNOWN", "there is no such offer")}, nil
	}
	m := rows[0]
	v := &Verdict{Offer: &m.Offer, Code: m.HeldCode, Refusal: m.refusal(c, of, now), Discount: m.discount(c.Amount)}
	switch Proof(m.Proof) {
	case SharedCode:
		v.Code = m.SharedCode
	case CodePool:
		if m.Shown != "" {
			v.Code = m.Shown
		}
	}
	return m, v, nil
}

// refusal is why the offer may not be used; nil: it may.
func (m *claimed) refusal(c Claim, of mall.Mall, now time.Time) *fault.Error {
	mine := m.Holder != nil && *m.Holder == c.CustomerID
	switch {
	case mall.Mall(m.Offer.Mall) != of || !slices.Contains(mall.Own, of):
		return refused("OFFER_ELSEWHERE", "this offer is used on its mall").With("mall", m.Offer.Mall)
	case now.Before(m.StartsAt):
		return refused("OFFER_NOT_BEGUN", "this offer has not begun").With("startsAt", m.StartsAt.UTC().Format(time.RFC3339))
	case !now.Before(m.EndsAt):
		return refused("OFFER_OVER", "this offer is over").With("endsAt", m.EndsAt.UTC().Format(time.RFC3339))
	case m.ForMembers && !m.Member:
		return refused("NOT_A_MEMBER", "only members of the loyalty program have this offer")
	case m.Shown != "" && m.Holder != nil && !mine:
		return refused("OFFER_OF_ANOTHER", "this code is another customer's")
	case m.UsedAt != nil:
		return refused("OFFER_USED", "this offer has been used").With("usedAt", m.UsedAt.UTC().Format(time.RFC3339))
	case m.ForMembers && m.IssuedAt == nil && m.StageName != "":
		return refused("STAGE_TOO_LOW", "this offer is for members of a higher stage").With("stage", m.StageName)
	case m.IssuedAt == nil && (m.ForMembers || Proof(m.Proof) == CodePool && !mine):
		return refused("OFFER_NOT_ISSUED", "the customer has not been given this offer")
	}
	return nil
}

func refused(code, message string) *fault.Error {
	return fault.New(fault.Precondition, "%s", message).WithCode(code).At("offerId")
}

// discount is what the offer takes off an amount, rounded down.
func (m *claimed) discount(amount int64) int64 {
	switch Kind(m.Offer.Kind) {
	case CouponAmount:
		return min(m.Value, amount)
	case CouponRate:
		return amount * m.Value / fullRate
	}
	return 0
}

// use notes that a customer has used an offer he was given.
func (s *Service) use(ctx context.Context, tx db.Tx, c Claim, m *Mine) error {
	now := s.Clock.Now()
	_, err := tx.NewRaw(`INSERT INTO member_offers (customer_id, offer_id, code, issued_at, used_at, used_by, used_shop_id, used_order_no)
			VALUES (?0, ?1, ?2, ?3, ?4, ?5, nullif(?6, 0), nullif(?7, ''))
		ON CONFLICT (customer_id, offer_id) DO UPDATE SET code = excluded.code, issued_at = excluded.issued_at, used_at = excluded.used_at, used_by = excluded.used_by,
			used_shop_id = excluded.used_shop_id, used_order_no = excluded.used_order_no`,
		c.CustomerID, m.ID, m.HeldCode, m.IssuedAt, now, access.From(ctx).Kind, c.ShopID, c.OrderNo).Exec(ctx)
	if err == nil && Proof(m.Proof) == CodePool {
		_, err = tx.NewRaw("UPDATE offer_codes SET used_at = ? WHERE offer_id = ? AND code = ? AND used_at IS NULL", now, m.ID, m.HeldCode).Exec(ctx)
	}
	if err != nil {
		return db.Fault(err)
	}
	return s.tell(ctx, tx, c.CustomerID, m.ID, event.OfferUsed, "offer.used")
}
