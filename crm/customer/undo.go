package customer

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// UndoRequest asks for a merge to be taken back.
type UndoRequest struct {
	SurvivorID, MergeID int64
	// Distinct keeps in mind that the two are not one, so that nothing joins them
	// again; otherwise the pair is as undecided as it was.
	Distinct bool
}

// Undo takes a merge back: what it moved goes where it was, with the orders
// that came in the meantime through the other's own keys; what it filled in the
// profile is emptied again unless it was changed since. A withdrawal of consent
// that was said to both holds for both. Merges into the same customer may be
// undone in any order; one whose survivor was merged on waits for that.
// Undoing again changes nothing.
// Errors: fault.NotFound; fault.Precondition MERGED_ON.
func (s *Service) Undo(ctx context.Context, r UndoRequest) (*db.Merge, error) {
	row := new(db.Merge)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := alone(ctx, tx); err != nil {
			return err
		}
		err := db.Fault(tx.NewSelect().Model(row).Where("customer_id = ? AND id = ?", r.SurvivorID, r.MergeID).Scan(ctx))
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.NotFound, "there is no such merge").At("mergeId")
		}
		if err != nil || row.UndoneAt != nil {
			return err
		}
		return s.undoIn(ctx, tx, row, r.Distinct)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

func (s *Service) undoIn(ctx context.Context, tx db.Tx, row *db.Merge, distinct bool) error {
	rows, err := lockRows(ctx, tx, "UPDATE", row.CustomerID, row.MergedID)
	if err != nil {
		return err
	}
	m := &merging{s: s, tx: tx, now: s.clock.Now(), row: row, stay: rows[row.CustomerID], gone: rows[row.MergedID]}
	if m.stay.MergedInto != nil {
		return fault.New(fault.Precondition, "the survivor was merged into another customer since; undo that first").WithCode("MERGED_ON").At("mergeId")
	}
	if err := m.name(ctx); err != nil {
		return err
	}
	later, err := m.takeKeys(ctx)
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { return m.putBack(ctx, later) },
		m.part,
		func(ctx context.Context) error { return m.unfold(ctx, distinct) },
		m.withdrawFromBoth,
		m.answerUndone,
		func(ctx context.Context) error { return m.unfollow(ctx, later) },
		func(ctx context.Context) error { return m.tellUndone(ctx, len(later)) },
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// takeKeys gives the keys of the merged customer back, with those that were
// learned through them, and answers with the orders that came by them since.
func (m *merging) takeKeys(ctx context.Context) (later []int64, err error) {
	var keys []db.IdentityKey
	if err := m.tx.NewSelect().Model(&keys).Where("customer_id = ?", m.stay.ID).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	var moved []Key
	err = m.tx.NewRaw("SELECT kind, shop_id AS shop, value FROM customer_merge_keys WHERE customer_id = ? AND merge_id = ?", m.stay.ID, m.row.ID).
		Scan(ctx, &moved)
	if err != nil {
		return nil, db.Fault(err)
	}
	kept, err := m.moved(ctx, ownIdentities)
	if err != nil {
		return nil, err
	}
	own, hashes := grown(moved, keys)
	for _, k := range own {
		_, err := m.tx.NewRaw("UPDATE identity_keys SET customer_id = ? WHERE kind = ? AND shop_id = ? AND value = ? AND customer_id = ?",
			m.gone.ID, k.Kind, k.Shop, k.Value, m.stay.ID).Exec(ctx)
		if err != nil {
			return nil, db.Fault(err)
		}
		_, err = m.tx.NewRaw(`UPDATE identities t SET customer_id = ?0 WHERE customer_id = ?1 AND kind = ?2 AND value = ?3 AND (?4 = 0 OR shop_id = ?4)
			AND id <> ALL (?5::bigint[]) AND NOT EXISTS (SELECT FROM identities o WHERE o.customer_id = ?0 AND (o.shop_id, o.kind, o.value) = (t.shop_id, t.kind, t.value))`,
			m.gone.ID, m.stay.ID, k.Kind, k.Value, k.Shop, pgdialect.Array(kept)).Exec(ctx)
		if err != nil {
			return nil, db.Fault(err)
		}
	}
	return m.laterOrders(ctx, hashes)
}

// grown are keys with all that were learned through them, one by another, and
// the hashes of all.
func grown(keys []Key, known []db.IdentityKey) (all []Key, hashes []int64) {
	all = slices.Clone(keys)
	for _, k := range keys {
		hashes = append(hashes, k.hash())
	}
	for more := true; more; {
		more = false
		for _, row := range known {
			k := Key{KeyKind(row.Kind), row.ShopID, row.Value}
			if row.LearnedBy != nil && slices.Contains(hashes, *row.LearnedBy) && !slices.Contains(hashes, k.hash()) {
				all, hashes, more = append(all, k), append(hashes, k.hash()), true
			}
		}
	}
	return all, hashes
}

// laterOrders came in since the merge, with one of these keys as their surest.
func (m *merging) laterOrders(ctx context.Context, hashes []int64) (ids []int64, err error) {
	moved, err := m.moved(ctx, "orders")
	if err != nil {
		return nil, err
	}
	err = m.tx.NewRaw(`SELECT id FROM orders WHERE customer_id = ? AND known_by = ANY (?::bigint[]) AND id <> ALL (?::bigint[])
		AND greatest(created_at, updated_at) >= ? ORDER BY id`,
		m.stay.ID, pgdialect.Array(hashes), pgdialect.Array(moved), m.row.MergedAt).Scan(ctx, &ids)
	return ids, db.Fault(err)
}

// part makes two rows of profile again. What other merges that stand would have
// filled, they fill now.
func (m *merging) part(ctx context.Context) error {
	var before, after facets
	if err := unmarshal(m.row.ProfileBefore, &before); err != nil {
		return err
	}
	if err := unmarshal(m.row.ProfileAfter, &after); err != nil {
		return err
	}
	takeBack(m.stay, before, after)
	m.row.UndoneAt, m.row.UndoneBy = &m.now, access.From(ctx).StaffID()
	if err := m.save(ctx); err != nil {
		return err
	}
	var others []*db.Customer
	err := m.tx.NewSelect().Model(&others).Join("JOIN customer_merges AS m ON m.merged_id = customer.id AND m.undone_at IS NULL").
		Where("m.customer_id = ?", m.stay.ID).OrderExpr("m.id").Scan(ctx)
	if err != nil {
		return db.Fault(err)
	}
	for _, o := range others {
		absorb(m.stay, o)
	}
	m.stay.UpdatedAt, m.gone.UpdatedAt, m.gone.MergedInto = m.now, m.now, nil
	for _, row := range []*db.Customer{m.stay, m.gone} {
		if _, err := m.tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

// withdrawFromBoth lets what was withdrawn from the one customer they were hold
// for the one who leaves, too, where nothing newer of his own says otherwise.
func (m *merging) withdrawFromBoth(ctx context.Context) error {
	_, err := m.tx.NewRaw(`
		INSERT INTO consents (customer_id, channel, purpose, state, origin_shop_id, occurred_at, method, wording, evidence, recorded_at, recorded_by)
		SELECT DISTINCT ON (s.channel, s.purpose, s.origin_shop_id)
			?0, s.channel, s.purpose, s.state, s.origin_shop_id, s.occurred_at, s.method, s.wording, s.evidence || jsonb_build_object('undoneMerge', ?2::bigint), ?3, s.recorded_by
		FROM consents s
		WHERE s.customer_id = ?1 AND s.state = 'WITHDRAWN' AND s.recorded_at >= ?4 AND EXISTS (
			SELECT FROM (SELECT state, occurred_at FROM consents g
				WHERE g.customer_id = ?0 AND (g.channel, g.purpose, g.origin_shop_id) = (s.channel, s.purpose, s.origin_shop_id)
				ORDER BY g.occurred_at DESC, g.id DESC LIMIT 1) newest
			WHERE newest.state = 'GIVEN' AND newest.occurred_at <= s.occurred_at)
		ORDER BY s.channel, s.purpose, s.origin_shop_id, s.occurred_at DESC, s.id DESC`,
		m.gone.ID, m.stay.ID, m.row.ID, m.now, m.row.MergedAt).Exec(ctx)
	return db.Fault(err)
}

// answerUndone withdraws what imports that were undone since had said of either:
// on the one customer they were, a newer word of the other may have hidden it.
func (m *merging) answerUndone(ctx context.Context) error {
	var imports []int64
	err := m.tx.NewRaw(`SELECT DISTINCT i.id FROM consents c JOIN imports i ON i.id = (c.evidence->>'import')::bigint AND i.mode = 'UNDO'
		WHERE c.customer_id IN (?, ?) AND c.method = 'IMPORT' AND c.state = 'GIVEN' ORDER BY i.id`, m.gone.ID, m.stay.ID).Scan(ctx, &imports)
	if err != nil {
		return db.Fault(err)
	}
	for _, id := range imports {
		if err := TakeBackConsents(ctx, m.tx, id, []int64{m.gone.ID, m.stay.ID}, m.now); err != nil {
			return err
		}
	}
	return nil
}

// unfollow brings what is worked out from the rows up to them again.
func (m *merging) unfollow(ctx context.Context, later []int64) error {
	if err := order.Rehomed(ctx, m.tx, []int64{m.stay.ID, m.gone.ID}); err != nil {
		return err
	}
	if l := m.s.following.Ledger; l != nil {
		if err := l.UndoMerge(ctx, m.tx, m.row.ID, m.gone.ID, m.stay.ID); err != nil {
			return err
		}
		orders, err := m.ordersOfBoth(ctx)
		if err != nil {
			return err
		}
		if err := l.SettleOrders(ctx, m.tx, orders); err != nil {
			return err
		}
	}
	if c := m.s.following.Credits; c != nil {
		if err := c.CreditOrders(ctx, m.tx, later); err != nil {
			return err
		}
	}
	return m.rehomed(ctx)
}

func (m *merging) ordersOfBoth(ctx context.Context) ([]int64, error) {
	stay, err := ordersOf(ctx, m.tx, m.stay.ID)
	if err != nil {
		return nil, err
	}
	gone, err := ordersOf(ctx, m.tx, m.gone.ID)
	return append(stay, gone...), err
}

// tellUndone puts the parting on both timelines and in the audit log.
func (m *merging) tellUndone(ctx context.Context, later int) error {
	data := func(other int64) map[string]any { return map[string]any{"mergeId": m.row.ID, "otherId": other} }
	err := event.Append(ctx, m.tx,
		event.Event{CustomerID: m.stay.ID, OccurredAt: m.now, Kind: event.CustomerUnmerged, RefID: m.row.ID, Data: data(m.gone.ID)},
		event.Event{CustomerID: m.gone.ID, OccurredAt: m.now, Kind: event.CustomerUnmerged, RefID: m.row.ID, Data: data(m.stay.ID)})
	if err != nil {
		return err
	}
	return access.Audit(ctx, m.tx, access.Entry{
		Action: "customer.unmerge", ObjectKind: "Customer", ObjectID: m.stay.ID,
		Detail: map[string]any{"merge": m.row.ID, "parted": m.gone.ID, "ordersSince": later},
	})
}

func unmarshal(raw json.RawMessage, into any) error {
	if err := json.Unmarshal(raw, into); err != nil {
		return fault.Wrap(fault.Internal, err, "a record of a merge cannot be read")
	}
	return nil
}

// Merges are the merges into a customer and those it went through, newest
// first, at most limit.
func (s *Service) Merges(ctx context.Context, customerID int64, limit int) ([]*db.Merge, error) {
	var rows []*db.Merge
	err := s.db.NewSelect().Model(&rows).WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("customer_id = ?", customerID).WhereOr("merged_id = ?", customerID)
	}).OrderExpr("id DESC").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}

// MergeByID is one merge. Errors: fault.NotFound.
func (s *Service) MergeByID(ctx context.Context, survivorID, id int64) (*db.Merge, error) {
	row := new(db.Merge)
	err := s.db.NewSelect().Model(row).Where("customer_id = ? AND id = ?", survivorID, id).Scan(ctx)
	return row, db.Fault(err)
}
