package points

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// BookingRef names a line of the ledger.
type BookingRef struct{ CustomerID, ID int64 }

// NamedPart is a part of a breakdown with what its rule is called now; "" where
// no rule gave it.
type NamedPart struct {
	Part
	Name string
}

// Explain says of bookings that granted points what gave them: the parts that the
// lot keeps, in the order in which they were worked out. Of an order that earned
// more later, the later grant has the parts of the whole order as it stood then.
// What no rule of the programme gave, say a grant by hand, is left out.
func (s *Service) Explain(ctx context.Context, bookings []BookingRef) (map[BookingRef][]NamedPart, error) {
	customers, ids := make([]int64, len(bookings)), make([]int64, len(bookings))
	for i, b := range bookings {
		customers[i], ids[i] = b.CustomerID, b.ID
	}
	kin, err := kinOf(ctx, s.db.Pool, customers) // one of them may have the lot now
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Pool.Query(ctx, `SELECT b.customer_id, b.id, l.amount, l.rule
		FROM unnest($1::bigint[], $2::bigint[]) AS asked (customer_id, id)
		JOIN point_bookings b ON (b.customer_id, b.id) = (asked.customer_id, asked.id) AND b.kind = 'GRANT'
		JOIN point_lots l ON l.customer_id = ANY($3::bigint[]) AND l.id = b.lot_id`, customers, ids, kin)
	if err != nil {
		return nil, db.Fault(err)
	}
	explained := map[BookingRef][]NamedPart{}
	var of BookingRef
	var amount int64
	var raw []byte
	_, err = pgx.ForEachRow(rows, []any{&of.CustomerID, &of.ID, &amount, &raw}, func() error {
		var r Rule
		if err := json.Unmarshal(raw, &r); err != nil {
			return fault.Wrap(fault.Internal, err, "the rule of booking %d cannot be read", of.ID)
		}
		for _, p := range r.partsOf(amount) {
			explained[of] = append(explained[of], NamedPart{Part: p})
		}
		return nil
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return explained, s.name(ctx, explained)
}

// partsOf is the breakdown that a lot of amount keeps. Lots that no rule had a
// part in keep none: all is the programme's, times the stage.
func (r Rule) partsOf(amount int64) []Part {
	if len(r.Parts) > 0 || r.PerAmount == 0 {
		return r.Parts
	}
	p := Part{Kind: PartKind(EarnBase), Points: amount}
	if r.Multiplier != 10_000 {
		p.Multiplier = r.Multiplier
	}
	return []Part{p}
}

// name tells what the rules of the parts are called.
func (s *Service) name(ctx context.Context, explained map[BookingRef][]NamedPart) error {
	var rules []int64
	for _, parts := range explained {
		for _, p := range parts {
			if p.Rule != 0 {
				rules = append(rules, p.Rule)
			}
		}
	}
	if len(rules) == 0 {
		return nil
	}
	known, err := s.readRules(ctx, s.db.Pool)
	if err != nil {
		return err
	}
	for _, parts := range explained {
		for i, p := range parts {
			parts[i].Name = known.nameOf(p.Rule)
		}
	}
	return nil
}

// nameOf is what a rule is called now; "" for none.
func (c *catalog) nameOf(rule int64) string {
	versions := c.rules[rule]
	if len(versions) == 0 {
		return ""
	}
	return versions[len(versions)-1].Name
}
