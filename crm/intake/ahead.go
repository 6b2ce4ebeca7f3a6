package intake

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// readAhead makes the next lot of a stage ready while the database takes the one
// before in. The stage does not change while its import is applied, so that a lot
// may be read before its turn.
type readAhead[L any] struct {
	ctx context.Context // of the worker, not of one batch
	// read reads the lot after a line; last is the line it ends with, and after
	// itself when nothing is left.
	read  func(ctx context.Context, after int64) (lot L, last int64, err error)
	after int64 // where the lot begins that is being made ready
	ready chan readyLot[L]
}

type readyLot[L any] struct {
	lot  L
	last int64
	err  error
}

// next is the lot after a line, and the line it ends with.
func (a *readAhead[L]) next(ctx context.Context, after int64) (lot L, last int64, err error) {
	if a.ready == nil || a.after != after { // the first, or once more after a race
		a.begin(after)
	}
	select {
	case <-ctx.Done():
		return lot, after, ctx.Err()
	case got := <-a.ready:
		a.ready = nil
		if got.err == nil && got.last > after {
			a.begin(got.last)
		}
		return got.lot, got.last, got.err
	}
}

func (a *readAhead[L]) begin(after int64) {
	ready := make(chan readyLot[L], 1) // nobody may come for it
	a.after, a.ready = after, ready
	go func() {
		lot, last, err := a.read(a.ctx, after)
		ready <- readyLot[L]{lot, last, db.Fault(err)}
	}()
}

// peopleLot is the rows of a file of customers that one transaction applies.
type peopleLot struct {
	lines    []int64
	evidence []customer.Evidence
	words    [][]mall.Word
	members  []*mall.Member // of a file of members; nil in others
	values   []map[int64]json.RawMessage
}

// readPeople reads the lot after a line.
func (w *worker) readPeople(ctx context.Context, after int64) (l *peopleLot, last int64, err error) {
	l, last = new(peopleLot), after
	rows, err := w.s.db.Pool.Query(ctx, "SELECT line, content FROM "+peopleTable(w.id)+" WHERE line > $1 ORDER BY line LIMIT $2",
		pgx.QueryExecModeExec, after, peoplePerBatch)
	if err != nil {
		return nil, after, err
	}
	var content []byte
	_, err = pgx.ForEachRow(rows, []any{&last, &content}, func() error {
		var p stagedPerson
		if err := json.Unmarshal(content, &p); err != nil {
			return err
		}
		l.lines = append(l.lines, last)
		l.words = append(l.words, p.Words)
		l.members = append(l.members, p.Member)
		l.values = append(l.values, p.Values)
		l.evidence = append(l.evidence, w.known.evidence(p.Person, w.known.begun))
		return nil
	})
	return l, last, err
}

// readOrders reads the orders after a line, joining the runs of each.
func (w *worker) readOrders(ctx context.Context, after int64) (orders []*staged, last int64, err error) {
	heads := headsTable(w.id)
	rows, err := w.s.db.Pool.Query(ctx, `
		SELECT canon, head, base, order_no, content, half, keyed, places, lines, quantity, amount, rounded, hash FROM `+heads+`
		WHERE canon > $1 AND canon <= coalesce(
			(SELECT canon FROM `+heads+` WHERE canon = head AND canon > $1 ORDER BY canon OFFSET $2 LIMIT 1),
			9223372036854775807)
		ORDER BY canon, head`, pgx.QueryExecModeExec, after, ordersPerBatch-1)
	if err != nil {
		return nil, after, err
	}
	last = after
	var (
		o          staged
		head, base int64
		content    []byte
		divided    bool
	)
	into := []any{&o.canon, &head, &base, &o.no, &content, &divided, &o.keyed, &o.places, &o.lines, &o.sums.quantity, &o.sums.amount, &o.rounded, &o.hash}
	_, err = pgx.ForEachRow(rows, into, func() error {
		run := o
		if n := len(orders); n > 0 && orders[n-1].canon == run.canon {
			orders[n-1].join(run, head, base)
			return nil
		}
		run.heads, run.bases = []int64{head}, []int64{base}
		if err := run.read(content, divided); err != nil {
			return err
		}
		if !divided {
			e := customer.NewEvidence(w.shop.ID, mall.Mall(w.shop.Mall), run.order.Buyer, run.order.OrderedAt)
			run.evidence = &e
		}
		orders, last = append(orders, &run), run.canon
		return nil
	})
	return orders, last, err
}
