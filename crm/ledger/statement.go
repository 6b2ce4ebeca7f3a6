package ledger

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Narrow is what of a statement is asked for; the zero value is all of it.
type Narrow struct {
	Kinds    []string
	From, To *time.Time // bookings after From, up to To
}

// Line is one line of a statement (ポイント明細).
type Line struct {
	db.PointBooking
	Lots []LotPart // what it did to which lot, in the order of their ids
	Debt int64     // what it added to the debt, or took off it
	Left int64     // of a spending, what can still be given back
}

// LotPart is what a booking did to one lot.
type LotPart struct {
	LotID     int64
	Points    int64 // added to the lot or, below zero, taken from it; of a move, what moved
	Moved     bool  // nothing was added or taken: the points only became usable, held or free again
	Expired   int64 // of a claw-back, points of the lot that had expired before
	Origin    string
	EarnedAt  time.Time  // of what an order earned, when it was made; else when it was granted
	UsableAt  *time.Time // nil: once the order is shipped and its return window has closed
	ExpiresAt *time.Time
	// Why the lot was granted: reason and note of its grant, and the order that earned it.
	Reason, Note, OrderNo string
	// Action is what was done for it, where rules of the programme gave it for an
	// action; Rules are what all rules that gave it something are called now.
	Action string
	Rules  []string
}

// Statement is a page of what was booked for a customer and for those merged into
// him, the newest first: limit lines with an id below before (0: from the newest
// on), each with what it did to which lot.
func (s *Service) Statement(ctx context.Context, customer int64, n Narrow, before int64, limit int) ([]*Line, error) {
	family, err := s.points.Family(ctx, customer)
	if err != nil {
		return nil, err
	}
	var rows []*db.PointBooking
	q := s.db.NewSelect().Model(&rows).Where("customer_id IN (?)", bun.List(family)).OrderExpr("id DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("id < ?", before)
	}
	if err := s.narrow(ctx, q, Filter{Kinds: n.Kinds, From: n.From, To: n.To}); err != nil {
		return nil, err
	}
	if err := q.Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return s.lines(ctx, rows)
}

// lines adds to bookings of one family what they did to lots.
func (s *Service) lines(ctx context.Context, rows []*db.PointBooking) ([]*Line, error) {
	if err := s.points.NameOrders(ctx, rows); err != nil {
		return nil, err
	}
	left, err := s.points.LeftToReverse(ctx, rows)
	if err != nil {
		return nil, err
	}
	lines := make([]*Line, len(rows))
	byID := make(map[int64]*Line, len(rows))
	for i, row := range rows {
		lines[i] = &Line{PointBooking: *row, Left: left[row.ID]}
		byID[row.ID] = lines[i]
	}
	return lines, s.addLots(ctx, byID)
}

func (s *Service) addLots(ctx context.Context, byID map[int64]*Line) error {
	of := make([]Ref, 0, len(byID))
	for id, l := range byID {
		of = append(of, Ref{l.CustomerID, id})
	}
	moves, err := s.moves(ctx, of)
	if err != nil {
		return err
	}
	parts, err := s.parts(ctx, of, moves)
	for id, l := range byID {
		l.Lots = parts[Ref{l.CustomerID, id}]
	}
	for _, m := range moves {
		byID[m.BookingID].Debt += m.Debt
	}
	return err
}

// Ref names a booking.
type Ref struct{ CustomerID, ID int64 }

// Parts are what bookings, of whomever, did to which lots, in the order of their ids.
func (s *Service) Parts(ctx context.Context, of []Ref) (map[Ref][]LotPart, error) {
	moves, err := s.moves(ctx, of)
	if err != nil {
		return nil, err
	}
	return s.parts(ctx, of, moves)
}

// move is what a booking did to one lot, or to the debt.
type move struct{ CustomerID, BookingID, LotID, Net, Moved, Expired, Debt int64 }

func (s *Service) moves(ctx context.Context, of []Ref) ([]move, error) {
	customers, ids := make([]int64, len(of)), make([]int64, len(of))
	for i, b := range of {
		customers[i], ids[i] = b.CustomerID, b.ID
	}
	rows, err := s.db.Pool.Query(ctx, `
		SELECT e.customer_id, e.booking_id, e.lot_id, coalesce(sum(e.amount) FILTER (WHERE e.account IN ('AVAILABLE', 'PENDING', 'HELD')), 0)::bigint AS net,
			coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0)::bigint AS moved,
			coalesce(-sum(e.amount) FILTER (WHERE e.account = 'EXPIRED' AND e.amount < 0), 0)::bigint AS expired,
			coalesce(-sum(e.amount) FILTER (WHERE e.account = 'DEBT'), 0)::bigint AS debt
		FROM unnest($1::bigint[], $2::bigint[]) AS n (customer_id, id) JOIN point_entries e ON e.customer_id = n.customer_id AND e.booking_id = n.id
		GROUP BY 1, 2, 3 ORDER BY 2, 3`, customers, ids)
	if err != nil {
		return nil, db.Fault(err)
	}
	moves, err := pgx.CollectRows(rows, pgx.RowToStructByName[move])
	return moves, db.Fault(err)
}

func (s *Service) parts(ctx context.Context, of []Ref, moves []move) (map[Ref][]LotPart, error) {
	var customers, ids []int64
	for _, b := range of {
		customers = append(customers, b.CustomerID)
	}
	for _, m := range moves {
		ids = append(ids, m.LotID)
	}
	lots, err := s.lotsOf(ctx, customers, ids)
	parts := map[Ref][]LotPart{}
	for _, m := range moves {
		part, known := lots[m.LotID]
		if !known {
			continue
		}
		part.Points, part.Expired = m.Net, m.Expired
		if part.Moved = m.Net == 0 && m.Debt == 0 && m.Expired == 0; part.Moved {
			part.Points = m.Moved
		}
		booking := Ref{m.CustomerID, m.BookingID}
		parts[booking] = append(parts[booking], part)
	}
	return parts, err
}

// PartsOfFamily is Parts of bookings of customers, or of whoever was merged with
// them since: bookings stay whose they were, while other things go along.
func (s *Service) PartsOfFamily(ctx context.Context, of []Ref) (map[Ref][]LotPart, error) {
	customers, ids := make([]int64, len(of)), make([]int64, len(of))
	for i, b := range of {
		customers[i], ids[i] = b.CustomerID, b.ID
	}
	kin, err := s.points.Kin(ctx, customers)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Pool.Query(ctx, `SELECT customer_id, id FROM point_bookings WHERE customer_id = ANY($1::bigint[]) AND id = ANY($2::bigint[])`, kin, ids)
	if err != nil {
		return nil, db.Fault(err)
	}
	booked, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Ref])
	if err != nil {
		return nil, db.Fault(err)
	}
	parts, err := s.Parts(ctx, booked)
	byID := make(map[int64][]LotPart, len(parts))
	for b, did := range parts {
		byID[b.ID] = did
	}
	asked := make(map[Ref][]LotPart, len(byID))
	for _, b := range of {
		if did := byID[b.ID]; did != nil {
			asked[b] = did
		}
	}
	return asked, err
}

// lotsOf are lots by id, whoever of the kin of customers has them now, with why
// each was granted.
func (s *Service) lotsOf(ctx context.Context, customers, ids []int64) (map[int64]LotPart, error) {
	kin, err := s.points.Kin(ctx, customers)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Pool.Query(ctx, `SELECT l.id AS lot_id, l.origin, l.earned_at, l.usable_at, l.expires_at, b.reason, b.note, coalesce(b.order_no, o.order_no, '') AS order_no,
			r.action, r.rules
		FROM point_lots l JOIN point_bookings b ON b.customer_id = ANY($1::bigint[]) AND b.id = l.booking_id
		LEFT JOIN orders o ON o.customer_id = l.customer_id AND o.id = l.order_id
		CROSS JOIN LATERAL (SELECT coalesce(min(gave.definition->>'action'), '') AS action, coalesce(array_agg(now.name ORDER BY p.n), '{}') AS rules
			FROM jsonb_path_query(l.rule, '$.parts[*]') WITH ORDINALITY AS p (part, n)
			JOIN earn_rule_versions gave ON gave.rule_id = (p.part->>'rule')::bigint AND gave.version = (p.part->>'version')::bigint
			CROSS JOIN LATERAL (SELECT name FROM earn_rule_versions v WHERE v.rule_id = gave.rule_id ORDER BY v.version DESC LIMIT 1) now) r
		WHERE l.customer_id = ANY($1::bigint[]) AND l.id = ANY($2::bigint[])`, kin, ids)
	if err != nil {
		return nil, db.Fault(err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByNameLax[LotPart])
	lots := make(map[int64]LotPart, len(found))
	for _, l := range found {
		lots[l.LotID] = l
	}
	return lots, db.Fault(err)
}
