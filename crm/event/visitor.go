package event

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Identify says that a visitor of a shop is a customer: what the visitor did so
// far moves to the customer, what follows goes there. Said again it changes
// nothing; said of another customer, who shares the browser, it holds from now
// on. moved is how many events went over.
// Errors: fault.Invalid VISITOR_INVALID, CUSTOMER_UNKNOWN; fault.NotFound for the shop.
func (s *Service) Identify(ctx context.Context, shopID int64, visitorID string, customerID int64) (moved int64, err error) {
	if !printable(&visitorID, maxVisitor) || visitorID == "" {
		return 0, fault.New(fault.Invalid, "a visitor id has 1 to %d printable characters", maxVisitor).WithCode("VISITOR_INVALID").At("visitorId").With("max", maxVisitor)
	}
	shop, err := s.shopOf(ctx, shopID)
	if err != nil {
		return 0, err
	}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var linked bool
		err := tx.Pgx(func(tx pgx.Tx) error {
			r := &recording{ctx: ctx, tx: tx, shop: shop, zone: s.zone, now: s.clock.Now()}
			if linked, err = r.link(visitorID, customerID); err != nil {
				return err
			}
			moved, err = r.bring(visitorID)
			return err
		})
		if err != nil || !linked {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: "events.identify", ObjectKind: "Customer", ObjectID: customerID, Detail: map[string]any{"moved": moved}})
	})
	return moved, db.Fault(err)
}

// link keeps who a visitor is, and tells whether that was news.
func (r *recording) link(visitorID string, customerID int64) (news bool, err error) {
	found, err := r.lookUp([]kept{{Behaviour: &Behaviour{VisitorID: visitorID}}, {Behaviour: &Behaviour{CustomerID: customerID}}})
	if err != nil {
		return false, err
	}
	customer := found.customers[customerID]
	if customer == 0 {
		return false, fault.New(fault.Invalid, "there is no such customer").WithCode("CUSTOMER_UNKNOWN").At("customerId")
	}
	if customer == found.customers[found.visitors[visitorID]] {
		return false, nil
	}
	_, err = r.tx.Exec(r.ctx, `INSERT INTO visitors (shop_id, visitor_id, customer_id, linked_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (shop_id, visitor_id) DO UPDATE SET customer_id = excluded.customer_id, linked_at = excluded.linked_at`,
		prepared, r.shop.id, visitorID, customer, r.now)
	return true, err
}

// bring moves what waits for a visitor to the customer who he is.
func (r *recording) bring(visitorID string) (int64, error) {
	found, err := r.lookUp([]kept{{Behaviour: &Behaviour{VisitorID: visitorID}}})
	if err != nil {
		return 0, err
	}
	customer := found.customers[found.visitors[visitorID]]
	if customer == 0 {
		return 0, nil // erased meanwhile
	}
	rows, err := r.tx.Query(r.ctx, `DELETE FROM visitor_events WHERE shop_id = $1 AND visitor_id = $2 RETURNING occurred_at, kind, data, import_id`, prepared, r.shop.id, visitorID)
	if err != nil {
		return 0, err
	}
	waiting, err := pgx.CollectRows(rows, pgx.RowToStructByPos[waitingEvent])
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	cells := map[cell]*tally{}
	for _, w := range waiting {
		w.count(cells, customer, r.zone)
	}
	slices.SortFunc(waiting, func(a, b waitingEvent) int { return a.At.Compare(b.At) })
	_, err = r.tx.CopyFrom(r.ctx, pgx.Identifier{"events"}, []string{"customer_id", "occurred_at", "kind", "shop_id", "data", "import_id"},
		pgx.CopyFromSlice(len(waiting), func(i int) ([]any, error) {
			return []any{customer, waiting[i].At, waiting[i].Kind, r.shop.id, waiting[i].Data, waiting[i].ImportID}, nil
		}))
	if err != nil {
		return 0, err
	}
	return int64(len(waiting)), count(r.ctx, r.tx, cells)
}

// waitingEvent is a row of visitor_events.
type waitingEvent struct {
	At       time.Time
	Kind     string
	Data     json.RawMessage
	ImportID *int64
}

func (w waitingEvent) count(cells map[cell]*tally, customer int64, zone *time.Location) {
	var data struct{ SKU, Category string }
	_ = json.Unmarshal(w.Data, &data) // written by data(): an object
	c := cell{customer, actionOf(w.Kind), data.SKU, dayIn(w.At, zone)}
	if cells[c] == nil {
		cells[c] = &tally{}
	}
	cells[c].add(data.Category, w.At)
}

func actionOf(kind string) Action {
	for action, k := range Actions {
		if k == kind {
			return action
		}
	}
	return Custom
}

// JoinJob asks for JoinLate.
type JoinJob struct{}

// Kind names the job.
func (JoinJob) Kind() string { return "event.join" }

// joinWindow is how far back JoinLate looks: far longer than a transaction takes.
const joinWindow = 15 * time.Minute

// JoinLate brings over what was recorded for a visitor in the very moment in
// which he was identified: neither transaction could see the other.
func (s *Service) JoinLate(ctx context.Context) error {
	rows, err := s.db.Pool.Query(ctx, `SELECT v.shop_id, v.visitor_id, v.customer_id FROM visitors v WHERE v.linked_at > $1
		AND EXISTS (SELECT FROM visitor_events e WHERE e.shop_id = v.shop_id AND e.visitor_id = v.visitor_id)`, s.clock.Now().Add(-joinWindow))
	if err != nil {
		return db.Fault(err)
	}
	type late struct {
		Shop     int64
		Visitor  string
		Customer int64
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[late])
	if err != nil {
		return db.Fault(err)
	}
	for _, l := range found {
		if _, err := s.Identify(ctx, l.Shop, l.Visitor, l.Customer); err != nil {
			return err
		}
	}
	return nil
}
