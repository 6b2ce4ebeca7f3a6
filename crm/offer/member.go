package offer

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Members says which members may take an offer themselves.
type Members struct {
	On       bool
	MinStage *int64 // row of stages; nil: every member
	Limit    *int64 // how many members may take it; nil: any number
}

// apply writes it; who takes none himself needs no bounds.
func (m Members) apply(row *db.Offer) {
	row.ForMembers, row.MinStageID, row.MemberLimit = m.On, nil, nil
	if m.On {
		row.MinStageID, row.MemberLimit = m.MinStage, m.Limit
	}
}

// Mine is an offer as one member has it.
type Mine struct {
	db.Offer  `bun:",extend"`
	HeldCode  string     // what proves it; "": not taken, or it needs none
	SeenAt    *time.Time // when he looked at it first
	IssuedAt  *time.Time // when he took it, or was sent its code
	UsedAt    *time.Time
	StageName string // of the lowest stage that may take it, where his is lower
}

// Usable says whether the member uses the offer by saying so: at a till or on a
// site of the merchant's own. On a mall the mall's checkout takes the code, and
// the order tells it.
func (m *Mine) Usable() bool {
	return m.IssuedAt != nil && m.UsedAt == nil && slices.Contains(mall.Own, mall.Mall(m.Mall))
}

// mineOf and mineFrom are offers as a customer, ?0, has them.
const mineOf = `SELECT o.*, coalesce(nullif(m.code, ''), c.code, '') AS held_code, m.seen_at, coalesce(m.issued_at, c.issued_at) AS issued_at,
		coalesce(m.used_at, c.used_at, (SELECT min(b.ordered_at) FROM orders b JOIN shops s ON s.id = b.shop_id
			WHERE b.customer_id = ?0 AND o.proof = 'SHARED_CODE' AND m.issued_at IS NOT NULL AND s.mall = o.mall AND b.kind = 'SALE' AND b.status <> 'CANCELLED'
				AND b.ordered_at >= o.starts_at AND o.shared_code = ANY (b.coupon_codes))) AS used_at,
		CASE WHEN low.position > coalesce(held.position, 0) THEN low.name ELSE '' END AS stage_name`

const mineFrom = `
	FROM offers o
	LEFT JOIN member_offers m ON m.customer_id = ?0 AND m.offer_id = o.id
	LEFT JOIN LATERAL (SELECT code, issued_at, used_at FROM offer_codes WHERE customer_id = ?0 AND offer_id = o.id ORDER BY used_at NULLS LAST, issued_at LIMIT 1) c ON true
	LEFT JOIN stages low ON low.id = o.min_stage_id
	LEFT JOIN member_stages p ON p.customer_id = ?0
	LEFT JOIN stages held ON held.id = p.stage_id`

// mineSQL are the offers of a member that run at an instant: those for members,
// and those whose code he was sent. ?0 is the member, ?1 the instant.
const mineSQL = mineOf + mineFrom + `
	WHERE o.archived_at IS NULL AND o.starts_at <= ?1 AND o.ends_at > ?1 AND (o.for_members OR c.code IS NOT NULL)`

// OfMember are the offers of a member that run now: those he has not used, those
// that end first first, then those he has.
func (s *Service) OfMember(ctx context.Context, customer int64) ([]*Mine, error) {
	return s.mine(ctx, s.DB, customer, 0)
}

func (s *Service) mine(ctx context.Context, idb bun.IDB, customer, offerID int64) ([]*Mine, error) {
	var rows []*Mine
	sql, args := mineSQL, []any{customer, s.Clock.Now()}
	if offerID != 0 {
		sql, args = sql+" AND o.id = ?2", append(args, offerID)
	}
	err := idb.NewRaw(`SELECT * FROM (`+sql+`) mine ORDER BY used_at DESC NULLS FIRST, ends_at, id`, args...).Scan(ctx, &rows)
	return rows, db.Fault(err)
}

// IssueTo gives a member an offer for members; who has it gets the same again.
// Errors: fault.NotFound OFFER_UNKNOWN for what is not there, not his or over;
// fault.Precondition NOT_A_MEMBER, STAGE_TOO_LOW, OFFER_TAKEN where no more are left.
func (s *Service) IssueTo(ctx context.Context, customer, offerID int64) (*Mine, error) {
	return s.changeMine(ctx, customer, offerID, func(ctx context.Context, tx db.Tx, m *Mine) error {
		if m.IssuedAt != nil {
			return nil
		}
		if m.StageName != "" {
			return fault.New(fault.Precondition, "this offer is for members of a higher stage").WithCode("STAGE_TOO_LOW").At("offerId").With("stage", m.StageName)
		}
		code, err := s.draw(ctx, tx, customer, m)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		_, err = tx.NewRaw(`INSERT INTO member_offers AS m (customer_id, offer_id, code, seen_at, issued_at) VALUES (?0, ?1, ?2, ?3, ?3)
			ON CONFLICT (customer_id, offer_id) DO UPDATE SET code = excluded.code, issued_at = excluded.issued_at, seen_at = coalesce(m.seen_at, excluded.seen_at)`,
			customer, offerID, code, now).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return s.tell(ctx, tx, customer, offerID, event.OfferIssued, "offer.issued")
	})
}

// draw is the proof that a member gets, while there is one.
func (s *Service) draw(ctx context.Context, tx db.Tx, customer int64, m *Mine) (string, error) {
	gone := fault.New(fault.Precondition, "no more of this offer are left").WithCode("OFFER_TAKEN").At("offerId")
	if m.MemberLimit != nil {
		var taken int64
		// One at a time, so that the last one is given once.
		if _, err := tx.NewRaw("SELECT FROM offers WHERE id = ? FOR NO KEY UPDATE", m.ID).Exec(ctx); err != nil {
			return "", db.Fault(err)
		}
		if err := tx.NewRaw("SELECT count(*) FROM member_offers WHERE offer_id = ? AND issued_at IS NOT NULL", m.ID).Scan(ctx, &taken); err != nil {
			return "", db.Fault(err)
		}
		if taken >= *m.MemberLimit {
			return "", gone
		}
	}
	switch Proof(m.Proof) {
	case SharedCode:
		return m.SharedCode, nil
	case CodePool:
		codes, err := Take(ctx, tx, m.ID, 1)
		if err == nil && len(codes) == 0 {
			err = gone
		}
		if err != nil {
			return "", err
		}
		_, err = tx.NewRaw("UPDATE offer_codes SET customer_id = ?, issued_at = ? WHERE offer_id = ? AND code = ?", customer, s.Clock.Now(), m.ID, codes[0]).Exec(ctx)
		return codes[0], db.Fault(err)
	default:
		return "", nil
	}
}

// Seen notes that a member has looked at an offer; only the first time counts.
// Errors: fault.NotFound OFFER_UNKNOWN; fault.Precondition NOT_A_MEMBER.
func (s *Service) Seen(ctx context.Context, customer, offerID int64) (*Mine, error) {
	return s.changeMine(ctx, customer, offerID, func(ctx context.Context, tx db.Tx, m *Mine) error {
		if m.SeenAt != nil {
			return nil
		}
		_, err := tx.NewRaw(`INSERT INTO member_offers AS m (customer_id, offer_id, seen_at) VALUES (?, ?, ?)
			ON CONFLICT (customer_id, offer_id) DO UPDATE SET seen_at = coalesce(m.seen_at, excluded.seen_at)`, customer, offerID, s.Clock.Now()).Exec(ctx)
		return db.Fault(err)
	})
}

// UseBy notes that a member has used an offer he was given, at a till or on a site
// of the merchant's own. It is used once.
// Errors: fault.NotFound OFFER_UNKNOWN; fault.Precondition NOT_A_MEMBER,
// OFFER_NOT_ISSUED, OFFER_USED, OFFER_ELSEWHERE for one that is used on a mall.
func (s *Service) UseBy(ctx context.Context, customer, offerID int64) (*Mine, error) {
	return s.changeMine(ctx, customer, offerID, func(ctx context.Context, tx db.Tx, m *Mine) error {
		switch {
		case m.IssuedAt == nil:
			return fault.New(fault.Precondition, "take the offer first").WithCode("OFFER_NOT_ISSUED").At("offerId")
		case m.UsedAt != nil:
			return fault.New(fault.Precondition, "this offer has been used").WithCode("OFFER_USED").At("offerId").With("usedAt", m.UsedAt.UTC().Format(time.RFC3339))
		case !m.Usable():
			return fault.New(fault.Precondition, "this offer is used on its mall").WithCode("OFFER_ELSEWHERE").At("offerId").With("mall", m.Mall)
		}
		return s.use(ctx, tx, Claim{CustomerID: customer}, m)
	})
}

// changeMine changes an offer of a member, one at a time per member.
func (s *Service) changeMine(ctx context.Context, customer, offerID int64, act func(context.Context, db.Tx, *Mine) error) (*Mine, error) {
	var after *Mine
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		var member bool
		if err := tx.NewRaw("SELECT member_since IS NOT NULL FROM customers WHERE id = ? FOR NO KEY UPDATE", customer).Scan(ctx, &member); err != nil {
			return db.Fault(err)
		}
		if !member {
			return fault.New(fault.Precondition, "only members of the loyalty program have offers").WithCode("NOT_A_MEMBER")
		}
		m, err := s.oneOf(ctx, tx, customer, offerID)
		if err != nil {
			return err
		}
		if err := act(ctx, tx, m); err != nil {
			return err
		}
		after, err = s.oneOf(ctx, tx, customer, offerID)
		return err
	})
	return after, err
}

func (s *Service) oneOf(ctx context.Context, tx db.Tx, customer, offerID int64) (*Mine, error) {
	rows, err := s.mine(ctx, tx, customer, offerID)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.NotFound, "there is no such offer for this member now").WithCode("OFFER_UNKNOWN").At("offerId")
	}
	return rows[0], nil
}

// tell writes the event, and the line of the log.
func (s *Service) tell(ctx context.Context, tx db.Tx, customer, offerID int64, kind, action string) error {
	if err := event.Append(ctx, tx, event.Event{CustomerID: customer, OccurredAt: s.Clock.Now(), Kind: kind, RefID: offerID}); err != nil {
		return err
	}
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Customer", ObjectID: customer, Detail: map[string]any{"offer": offerID}})
}

// MemberFigures tell what members did with an offer.
type MemberFigures struct{ Seen, Issued, Used int64 }

// MemberFigures are those of offers, by offer; offers that no member has seen are
// not in it.
func (s *Service) MemberFigures(ctx context.Context, offerIDs []int64) (map[int64]MemberFigures, error) {
	var rows []struct {
		OfferID int64
		MemberFigures
	}
	err := s.DB.NewRaw(`SELECT offer_id, count(seen_at) AS seen, count(issued_at) AS issued, count(used_at) AS used
		FROM member_offers WHERE offer_id IN (?) GROUP BY offer_id`, bun.List(offerIDs)).Scan(ctx, &rows)
	figures := make(map[int64]MemberFigures, len(rows))
	for _, r := range rows {
		figures[r.OfferID] = r.MemberFigures
	}
	return figures, db.Fault(err)
}
