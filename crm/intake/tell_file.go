package intake

import (
	"context"
	"fmt"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/imprint"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// repeatedOrder is the code of an order of which another line of the file tells.
const repeatedOrder = "REPEATED_ORDER"

// tellings takes over orders that a file tells as a program does. Each order
// stands in one line: of a number that comes again the first line counts, so that
// the same file again changes nothing. What it leaves is on the list of orders of
// its import, by which the undoing of any file of orders goes.
type tellings struct{ *worker }

// Marks implements Taker.
func (tellings) Marks() []imprint.Mark { return nil }

// open makes what is noted of an import until it ends: which order which line
// told, and whose orders these are. Of one that went on elsewhere it is there; of
// one that mends another, what its orders tell is put into it.
func (w tellings) open(ctx context.Context) error {
	for _, sql := range []string{
		"CREATE TABLE IF NOT EXISTS " + toldTable(w.imp.ID) + " (order_no text PRIMARY KEY, line bigint NOT NULL)",
		"CREATE TABLE IF NOT EXISTS " + customersTable(w.imp.ID) + " (customer_id bigint PRIMARY KEY, told boolean NOT NULL)",
	} {
		if _, err := w.s.db.ExecContext(ctx, sql); err != nil {
			return db.Fault(err)
		}
	}
	if w.imp.MendsID == nil {
		return nil
	}
	_, err := w.s.db.NewRaw(`INSERT INTO `+customersTable(w.imp.ID)+` SELECT o.customer_id, bool_or(i.import_id = ?0)
		FROM import_orders i JOIN orders o ON o.id = i.order_id WHERE i.import_id IN (?1) GROUP BY o.customer_id ON CONFLICT DO NOTHING`,
		w.imp.ID, wholeFamily(w.s.db, *w.imp.MendsID)).Exec(ctx)
	return db.Fault(err)
}

// Take implements Taker.
func (w tellings) Take(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row) (t mall.Tally, err error) {
	orders := make([]mall.Telling, len(rows))
	for i, r := range rows {
		orders[i] = *r.Order
	}
	if err := w.s.ReadyFor(ctx, orders); err != nil {
		return t, err
	}
	b := &batch{s: w.s, imp: w.imp, shop: &w.shop, now: from.At, tx: tx}
	if err := customer.Together(ctx, tx); err != nil {
		return t, err
	}
	if err := b.inLargeLots(ctx); err != nil {
		return t, err
	}
	j, err := b.judge(ctx, orders)
	if err != nil {
		return t, err
	}
	if err := w.refuseRepeated(ctx, b, j, from); err != nil {
		return t, err
	}
	if err := w.leaveNewer(ctx, b, j, from.Family); err != nil {
		return t, err
	}
	told, err := b.takeTold(ctx, j)
	if err != nil {
		return t, err
	}
	for i, o := range told {
		switch o.Outcome {
		case Created:
			t.Added++
		case Updated:
			t.Changed++
		case Unchanged:
			t.Same++
		case Refused:
			t.Refuse(i, problemsOf(o.Faults)...)
		}
	}
	return t, w.count(ctx, b, told, from.Lines)
}

// refuseRepeated refuses orders that the file has told of in another line, and
// notes those that it tells now.
func (w tellings) refuseRepeated(ctx context.Context, b *batch, j *judged, from mall.Origin) error {
	var numbers, all []string
	var lines []int64
	for i, o := range j.orders {
		all = append(all, o.OrderNo)
		if !j.refused(i) {
			numbers, lines = append(numbers, o.OrderNo), append(lines, from.Lines[i])
		}
	}
	_, err := b.tx.NewRaw("INSERT INTO "+toldTable(b.imp.ID)+" SELECT * FROM unnest(?::text[], ?::bigint[]) ON CONFLICT DO NOTHING",
		pgdialect.Array(numbers), pgdialect.Array(lines)).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	var noted []struct {
		OrderNo string
		Line    int64
	}
	err = b.tx.NewRaw("SELECT order_no, line FROM "+toldTable(b.imp.ID)+" WHERE order_no = ANY (?::text[])", pgdialect.Array(all)).Scan(ctx, &noted)
	if err != nil {
		return db.Fault(err)
	}
	at := make(map[string]int64, len(noted))
	for _, n := range noted {
		at[n.OrderNo] = n.Line
	}
	for i, o := range j.orders {
		if line := at[o.OrderNo]; line != 0 && line != from.Lines[i] {
			j.refuse(i, fault.New(fault.Invalid, "line %d tells it, too", line).WithCode(repeatedOrder).At("orderNo").With("line", line))
		}
	}
	return nil
}

// leaveNewer leaves orders as they are of which refused rows come back mended,
// and which another file or a program has told of since; what the file itself
// tells in another line is told twice.
func (w tellings) leaveNewer(ctx context.Context, b *batch, j *judged, family []int64) error {
	if b.imp.MendsID == nil {
		return nil
	}
	root, err := b.s.Find(ctx, *b.imp.MendsID)
	if err != nil {
		return err
	}
	ours := map[int64]bool{}
	for _, id := range family {
		ours[id] = true
	}
	for i, o := range j.orders {
		there := j.there[o.OrderNo]
		switch {
		case there == nil || j.refused(i):
		case there.importID != nil && ours[*there.importID]:
			j.refuse(i, fault.New(fault.Invalid, "another line tells it, too").WithCode(repeatedOrder).At("orderNo").With("line", "–"))
		case there.importID != nil && *there.importID > root.ID, there.importID == nil && there.updatedAt.After(root.CreatedAt):
			j.told[i].Outcome = Unchanged
		}
	}
	return nil
}

// count adds what the batch brought to the figures of the import, and notes which
// orders came of mended rows, so that an undoing finds them.
func (w tellings) count(ctx context.Context, b *batch, told []Told, lines []int64) error {
	b.figures.withoutCustomer = 0
	for _, o := range b.orders {
		if o.customerID == b.anonymous {
			b.figures.withoutCustomer++
		}
		if b.imp.MendsID != nil {
			o.mended = o.lines
		}
	}
	if len(b.orders) == 0 {
		return nil
	}
	if err := b.count(ctx); err != nil {
		return err
	}
	f := b.figures
	err := w.update(ctx, b.tx, `rows_without_customer = rows_without_customer + ?, quantity_sum = quantity_sum + ?, orders_count = orders_count + ?,
		cancellations_count = cancellations_count + ?, customers_count = customers_count + ?, orders_added = orders_added + ?,
		cancellations_added = cancellations_added + ?, customers_added = customers_added + ?`,
		f.withoutCustomer, f.quantity, f.orders, f.cancellations, f.customers, f.ordersAdded, f.cancellationsAdded, f.customersAdded)
	if err != nil || b.imp.MendsID == nil {
		return err
	}
	orders := make([]int64, len(told))
	for i, o := range told {
		orders[i] = o.OrderID
	}
	_, err = b.tx.NewRaw(`UPDATE import_quarantine q SET order_id = t.id FROM unnest(?::bigint[], ?::bigint[]) AS t (line, id)
		WHERE q.import_id = ? AND q.patched_by = ? AND q.line_no = t.line AND t.id <> 0`,
		pgdialect.Array(lines), pgdialect.Array(orders), *b.imp.MendsID, b.imp.ID).Exec(ctx)
	return db.Fault(err)
}

// problemsOf are faults of what a program tells as what is wrong with a record.
// Their details are the bounds that were not kept, or the line that tells the
// same, where there are any.
func problemsOf(faults []*fault.Error) []*mall.Problem {
	problems := make([]*mall.Problem, len(faults))
	for i, f := range faults {
		problems[i] = &mall.Problem{Code: f.CodeOrKind(), Column: f.Field, Detail: f.Message}
		switch least, most, line := f.Params["min"], f.Params["max"], f.Params["line"]; {
		case least != nil && most != nil:
			problems[i].Detail = fmt.Sprint(least, " – ", most)
		case most != nil:
			problems[i].Detail = fmt.Sprint(most)
		case line != nil:
			problems[i].Detail = fmt.Sprint(line)
		}
	}
	return problems
}
