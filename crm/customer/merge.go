package customer

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// Ledger takes points along with a merge. Bookings never change hands: it books
// transfers.
type Ledger interface {
	// MergeInto hands over what from has, once his orders are to's.
	MergeInto(ctx context.Context, tx db.Tx, merge, from, to int64) error
	// UndoMerge gives back what is left of it, once the orders are from's again.
	UndoMerge(ctx context.Context, tx db.Tx, merge, from, to int64) error
	// SettleOrders books what orders earn or lose as they stand now.
	SettleOrders(ctx context.Context, tx db.Tx, orderIDs []int64) error
}

// Follower keeps something that is worked out from the rows of customers, and
// works it out anew when rows have changed hands.
type Follower interface {
	Recompute(ctx context.Context, tx bun.IDB, customerIDs ...int64) error
}

// Following is what a merge takes along beside the rows; each may be nil.
type Following struct {
	Ledger  Ledger
	Credits interface {
		CreditOrders(ctx context.Context, tx db.Tx, orderIDs []int64) error
	}
	Followers []Follower
}

// WithFollowing is s with what its merges take along.
func (s *Service) WithFollowing(f Following) *Service {
	s.following = f
	return s
}

// Why two customers were merged.
const (
	ByStaff    = "STAFF"
	ByEvidence = "EVIDENCE"
)

// AmazonByHand warns that one of the two is known from Amazon, which forbids to
// join its buyers by their data.
const AmazonByHand Fact = "AMAZON"

// MergeRequest asks for two customers to become one.
type MergeRequest struct {
	SurvivorID, MergedID int64
	Accept               []Fact // what speaks against it and was seen by whoever asks
}

// Merge makes one customer of two: the survivor keeps its profile, which takes
// from the other what it has not, and gets all that hangs on the other. Asking
// again for a merge that stands answers with it.
// Errors: fault.NotFound; fault.Invalid SAME_CUSTOMER; fault.Precondition
// ANONYMOUS_CUSTOMER; fault.Conflict CUSTOMER_MERGED when one of them is merged
// already; fault.Precondition CONTRADICTION with what was not accepted.
func (s *Service) Merge(ctx context.Context, r MergeRequest) (*db.Merge, error) {
	var row *db.Merge
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) (err error) {
		row, err = s.mergeIn(ctx, tx, r, ByStaff)
		return err
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// merging is a merge or its undo at work.
type merging struct {
	s    *Service
	tx   db.Tx
	now  time.Time
	row  *db.Merge
	stay *db.Customer
	gone *db.Customer
}

func (s *Service) mergeIn(ctx context.Context, tx db.Tx, r MergeRequest, reason string) (*db.Merge, error) {
	if err := alone(ctx, tx); err != nil {
		return nil, err
	}
	if standing, err := standing(ctx, tx, r); err != nil || standing != nil {
		return standing, err
	}
	m, err := s.begin(ctx, tx, r, reason)
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context) error{m.insert, m.moveKeys, m.moveRows, m.fillProfile, m.fold, m.follow, m.tell} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return m.row, nil
}

// standing is the merge of exactly these two, if there is one.
func standing(ctx context.Context, tx bun.IDB, r MergeRequest) (*db.Merge, error) {
	var rows []*db.Merge
	err := tx.NewSelect().Model(&rows).Where("customer_id = ? AND merged_id = ? AND undone_at IS NULL", r.SurvivorID, r.MergedID).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err)
	}
	return rows[0], nil
}

// begin locks the two and asks whether they may be merged.
func (s *Service) begin(ctx context.Context, tx db.Tx, r MergeRequest, reason string) (*merging, error) {
	if r.SurvivorID == r.MergedID {
		return nil, fault.New(fault.Invalid, "a customer cannot be merged into itself").WithCode("SAME_CUSTOMER").At("mergedId")
	}
	rows, err := lockRows(ctx, tx, "UPDATE", r.SurvivorID, r.MergedID)
	if err != nil {
		return nil, err
	}
	m := &merging{s: s, tx: tx, now: s.clock.Now(), stay: rows[r.SurvivorID], gone: rows[r.MergedID]}
	for field, c := range map[string]*db.Customer{"survivorId": m.stay, "mergedId": m.gone} {
		if c.Anonymous {
			return nil, fault.New(fault.Precondition, "this customer stands for all buyers a shop does not name").WithCode("ANONYMOUS_CUSTOMER").At(field)
		}
		if c.MergedInto != nil {
			return nil, fault.New(fault.Conflict, "this customer was merged into another meanwhile").WithCode("CUSTOMER_MERGED").At(field).
				With("customerId", gid.Encode("Customer", *c.MergedInto))
		}
	}
	compared, against, err := compareCustomers(ctx, tx, m.stay.ID, m.gone.ID)
	if err != nil {
		return nil, err
	}
	against = slices.DeleteFunc(against, func(f Fact) bool { return slices.Contains(r.Accept, f) })
	if len(against) > 0 {
		return nil, fault.New(fault.Precondition, "something speaks against the two being one").WithCode("CONTRADICTION").With("facts", words(against))
	}
	m.row = &db.Merge{
		CustomerID: m.stay.ID, MergedID: m.gone.ID, Reason: reason, Score: 100, Agree: words(compared.Agree), Differ: words(compared.Differ),
		MergedAt: m.now, MergedBy: access.From(ctx).StaffID(),
	}
	return m, nil
}

// compareCustomers holds two customers against each other; against is what a
// person must have seen before they are merged.
func compareCustomers(ctx context.Context, idb bun.IDB, a, b int64) (c *Comparison, against []Fact, err error) {
	known := map[int64]*Known{}
	if _, err := loadKnown(ctx, idb, []int64{a, b}, known); err != nil {
		return nil, nil, err
	}
	c = Compare(*known[a], *known[b])
	against = c.contradictions()
	amazon, err := idb.NewSelect().Table("identities").Where(`customer_id IN (?, ?)
		AND shop_id IN (SELECT id FROM shops WHERE mall = ?)`, a, b, mall.Amazon).Exists(ctx)
	if amazon {
		against = append(against, AmazonByHand)
	}
	return c, against, db.Fault(err)
}

// insert writes the record of the merge, names it to the database as the one
// that may move consents, and lets the old id stand for the new.
func (m *merging) insert(ctx context.Context) error {
	before, err := json.Marshal(facetsOf(m.stay))
	if err != nil {
		return fault.Wrap(fault.Internal, err, "internal error")
	}
	m.row.ProfileBefore, m.row.ProfileAfter, m.row.CandidatesBefore = before, before, json.RawMessage("[]")
	if _, err := m.tx.NewInsert().Model(m.row).ExcludeColumn("id").Returning("id").Exec(ctx); err != nil {
		return db.Fault(err)
	}
	if err := m.name(ctx); err != nil {
		return err
	}
	_, err = m.tx.NewRaw("UPDATE customers SET merged_into = ?, updated_at = ? WHERE id = ?", m.stay.ID, m.now, m.gone.ID).Exec(ctx)
	return db.Fault(err)
}

func (m *merging) name(ctx context.Context) error {
	_, err := m.tx.NewRaw("SELECT set_config('meguri.merge', ?::text, true)", m.row.ID).Exec(ctx)
	return db.Fault(err)
}

// fillProfile gives the survivor what it has not, and the earlier membership.
func (m *merging) fillProfile(ctx context.Context) error {
	absorb(m.stay, m.gone)
	m.stay.UpdatedAt = m.now
	after, err := json.Marshal(facetsOf(m.stay))
	if err != nil {
		return fault.Wrap(fault.Internal, err, "internal error")
	}
	m.row.ProfileAfter = after
	_, err = m.tx.NewUpdate().Model(m.stay).WherePK().Exec(ctx)
	return db.Fault(err)
}

// follow brings what is worked out from the rows up to them.
func (m *merging) follow(ctx context.Context) error {
	if err := m.save(ctx); err != nil {
		return err
	}
	if err := order.Rehomed(ctx, m.tx, []int64{m.stay.ID, m.gone.ID}); err != nil {
		return err
	}
	if l := m.s.following.Ledger; l != nil {
		if err := l.MergeInto(ctx, m.tx, m.row.ID, m.gone.ID, m.stay.ID); err != nil {
			return err
		}
		orders, err := ordersOf(ctx, m.tx, m.stay.ID)
		if err != nil {
			return err
		}
		if err := l.SettleOrders(ctx, m.tx, orders); err != nil {
			return err
		}
	}
	return m.rehomed(ctx)
}

// rehomed places both on the ladder and lets the followers work.
func (m *merging) rehomed(ctx context.Context) error {
	if m.s.stages != nil {
		if err := m.s.stages.Recompute(ctx, m.tx, m.both()); err != nil {
			return err
		}
	}
	return m.recount(ctx)
}

// both are the ids of the two, in their order.
func (m *merging) both() []int64 {
	return []int64{min(m.stay.ID, m.gone.ID), max(m.stay.ID, m.gone.ID)}
}

// recount lets the followers work.
func (m *merging) recount(ctx context.Context) error {
	for _, f := range m.s.following.Followers {
		if err := f.Recompute(ctx, m.tx, m.both()...); err != nil {
			return err
		}
	}
	return nil
}

// save writes what the work has found out about the merge.
func (m *merging) save(ctx context.Context) error {
	_, err := m.tx.NewUpdate().Model(m.row).ExcludeColumn("customer_id", "id").WherePK().Exec(ctx)
	return db.Fault(err)
}

// tell puts the merge on the survivor's timeline and in the audit log.
func (m *merging) tell(ctx context.Context) error {
	err := event.Append(ctx, m.tx, event.Event{
		CustomerID: m.stay.ID, OccurredAt: m.now, Kind: event.CustomerMerged, RefID: m.row.ID,
		Data: map[string]any{"mergeId": m.row.ID, "mergedId": m.gone.ID, "orders": m.row.OrdersCount, "reason": m.row.Reason},
	})
	if err != nil {
		return err
	}
	return access.Audit(ctx, m.tx, access.Entry{
		Action: "customer.merge", ObjectKind: "Customer", ObjectID: m.stay.ID,
		Detail: map[string]any{"merge": m.row.ID, "merged": m.gone.ID, "reason": m.row.Reason, "differ": m.row.Differ, "orders": m.row.OrdersCount},
	})
}

func ordersOf(ctx context.Context, idb bun.IDB, customer int64) (ids []int64, err error) {
	err = idb.NewRaw("SELECT id FROM orders WHERE customer_id = ? ORDER BY id", customer).Scan(ctx, &ids)
	return ids, db.Fault(err)
}
