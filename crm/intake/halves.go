package intake

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Some malls export their orders in two files, of which each tells one half.
// What a file tells is kept (order_parts), and the order is put together from
// all that is kept of it: it comes out the same whichever file was first, in one
// sitting or in two, and a file that is sent again changes nothing. An order of
// which too little is known waits and is in no figure but Waiting.

// half is what a file tells of an order.
type half struct {
	told   mall.Portion // by this file
	heads  []int64      // of the file's rows, in the stage
	rows   int64
	count  int64 // of goods, by the file
	before *part // what was told before by files of the same format; nil: nothing
	now    part
	others []int64 // imports that told the other half
	lines  []mall.Line
}

// part is a portion of an order as it is kept.
type part struct {
	mall.Portion
	hash     []byte
	importID int64
}

// Waiting is how many orders wait for the other half of what an import told.
func (s *Service) Waiting(ctx context.Context, importID int64) (int64, error) {
	var n int64
	err := s.db.NewRaw("SELECT count(*) FROM order_parts WHERE import_id = ? AND waiting", importID).Scan(ctx, &n)
	return n, db.Fault(err)
}

// compose keeps what the file tells, and puts the batch's orders together with
// what is kept of them. Orders that still lack a half wait.
func (b *batch) compose(ctx context.Context) error {
	if len(b.orders) == 0 || b.orders[0].half == nil {
		return nil
	}
	if err := lockParts(ctx, b.tx, b.shop.ID); err != nil {
		return err
	}
	if err := b.loadTold(ctx); err != nil {
		return err
	}
	kept, err := b.loadParts(ctx)
	if err != nil {
		return err
	}
	all := b.orders
	b.orders = nil
	for _, o := range all {
		if kept[o.no] == nil {
			kept[o.no] = map[string]part{}
		}
		parts := kept[o.no]
		if err := b.retell(o, parts); err != nil {
			return err
		}
		if o.compose(parts) {
			b.orders = append(b.orders, o)
		} else {
			b.waiting = append(b.waiting, o)
		}
	}
	return b.keepParts(ctx, all)
}

// stageComposed writes the lines of orders that are new or told otherwise into
// the stage, where those of whole orders are.
func (b *batch) stageComposed(ctx context.Context) error {
	var lines [][]any
	for _, o := range slices.Concat(b.fresh, b.changed) {
		if o.half == nil {
			return nil
		}
		for i, l := range o.half.lines {
			lines = append(lines, o.stageRow(i, l))
		}
	}
	return b.tx.Pgx(func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{linesTable(b.imp.ID)}, composedColumns, pgx.CopyFromRows(lines))
		return err
	})
}

// lockParts lets one transaction at a time look at what is kept of a shop's
// orders: two imports that bring the two halves at once must see one another.
func lockParts(ctx context.Context, tx db.Tx, shopID int64) error {
	_, err := tx.NewRaw("SELECT 1 FROM shops WHERE id = ? FOR NO KEY UPDATE", shopID).Exec(ctx)
	return db.Fault(err)
}

// loadTold reads the lines that the file tells of the batch's orders.
func (b *batch) loadTold(ctx context.Context) error {
	byHead := map[int64]*staged{}
	var heads []int64
	for _, o := range b.orders {
		o.half.heads, o.half.rows, o.half.count = o.heads, o.lines, o.sums.quantity
		for _, h := range o.heads {
			byHead[h] = o
		}
		heads = append(heads, o.heads...)
	}
	var rows []struct {
		Head                              int64
		LineKey, Sku, Name, Option        string
		UnitPrice, Quantity, Amount, Rate int64
		Charges                           string
	}
	err := b.tx.NewRaw(`SELECT head, coalesce(line_key, '') AS line_key, sku, name, option, unit_price, quantity, amount, coalesce(tax_rate, -1) AS rate, charges
		FROM `+linesTable(b.imp.ID)+` WHERE head = ANY (?::bigint[]) ORDER BY line`, pgdialect.Array(heads)).Scan(ctx, &rows)
	if err != nil {
		return db.Fault(err)
	}
	for _, r := range rows {
		told := &byHead[r.Head].half.told
		if !told.Share.Lines {
			continue
		}
		l := mall.Line{
			Key: r.LineKey, SKU: r.Sku, Name: r.Name, Option: r.Option,
			UnitPrice: r.UnitPrice, Quantity: r.Quantity, Amount: r.Amount, TaxRate: int(r.Rate),
		}
		if r.Charges != "" {
			if err := json.Unmarshal([]byte(r.Charges), &l.Charges); err != nil {
				return err
			}
		}
		told.Lines = append(told.Lines, l)
	}
	for _, o := range b.orders {
		mall.KeyLines(o.half.told.Lines)
	}
	return nil
}

// loadParts reads what is kept of the batch's orders, by number and format.
func (b *batch) loadParts(ctx context.Context) (map[string]map[string]part, error) {
	numbers := make([]string, len(b.orders))
	for i, o := range b.orders {
		numbers[i] = o.no
	}
	var rows []struct {
		OrderNo, Format string
		Content, Buyer  []byte
		Hash            []byte
		ImportID        int64
	}
	err := b.tx.NewRaw(`SELECT DISTINCT ON (order_no, format) order_no, format, content, buyer, hash, import_id FROM order_parts
		WHERE shop_id = ? AND order_no = ANY (?::text[]) ORDER BY order_no, format, id DESC`, b.shop.ID, pgdialect.Array(numbers)).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	kept := map[string]map[string]part{}
	for _, r := range rows {
		p := part{hash: r.Hash, importID: r.ImportID}
		if err := json.Unmarshal(r.Content, &p.Portion); err != nil {
			return nil, err
		}
		if len(r.Buyer) > 0 {
			if err := json.Unmarshal(r.Buyer, &p.Order.Buyer); err != nil {
				return nil, err
			}
		}
		if kept[r.OrderNo] == nil {
			kept[r.OrderNo] = map[string]part{}
		}
		kept[r.OrderNo][r.Format] = p
	}
	return kept, nil
}

// retell joins what the file tells of an order with what is kept of it.
func (b *batch) retell(o *staged, parts map[string]part) error {
	h := o.half
	now := part{Portion: h.told, importID: b.imp.ID}
	if before, ok := parts[h.told.Format]; ok {
		h.before = &before
		now.Portion = before.Retold(h.told, o.places == o.lines)
		if b.family != nil && before.importID > *b.imp.MendsID && !b.family[before.importID] {
			now.Portion = before.Filled(h.told) // another import told of it after the one that is mended
		}
	}
	content, buyer, err := now.encode()
	if err != nil {
		return err
	}
	sum := sha256.Sum256(slices.Concat(content, []byte{0}, buyer))
	now.hash = sum[:]
	h.now = now
	parts[h.told.Format] = now
	return nil
}

// changed reports that the file tells something that was not kept yet.
func (h *half) changed() bool { return h.before == nil || !bytes.Equal(h.before.hash, h.now.hash) }

// encode parts a portion into what is no personal data and the buyer; nil: none is named.
func (p part) encode() (content, buyer []byte, err error) {
	if !p.Order.Buyer.Empty() {
		if buyer, err = json.Marshal(p.Order.Buyer); err != nil {
			return nil, nil, err
		}
	}
	p.Order.Buyer = mall.Buyer{}
	content, err = json.Marshal(p.Portion)
	return content, buyer, err
}

// compose makes the order of all its parts; false: one is missing.
func (o *staged) compose(parts map[string]part) bool {
	var portions []mall.Portion
	hash := sha256.New()
	for _, format := range slices.Sorted(maps.Keys(parts)) {
		portions = append(portions, parts[format].Portion)
		hash.Write(append([]byte(format), parts[format].hash...))
		if format != o.half.told.Format {
			o.half.others = append(o.half.others, parts[format].importID)
		}
	}
	order, lines, ok := mall.Compose(portions)
	if !ok {
		return false
	}
	o.half.lines = lines
	o.order, o.hash, o.keyed, o.sums = order, hash.Sum(nil), true, sums{}
	for _, l := range lines {
		o.sums.quantity += l.Quantity
		o.sums.amount += l.Amount
	}
	o.heads, o.bases = []int64{-o.canon}, []int64{0}
	return true
}

var composedColumns = []string{
	"line", "head", "place", "line_key", "sku", "name", "option", "unit_price", "quantity", "amount", "tax_rate", "charges",
}

// stageRow is a line of the composed order as a row of the stage.
func (o *staged) stageRow(i int, l mall.Line) []any {
	var rate *int
	if l.TaxRate >= 0 {
		rate = &l.TaxRate
	}
	return []any{-o.canon, -o.canon, i + 1, l.Key, l.SKU, l.Name, l.Option, l.UnitPrice, l.Quantity, l.Amount, rate, ""}
}

// keepParts writes what is new, and which orders wait.
func (b *batch) keepParts(ctx context.Context, all []*staged) error {
	wait := map[*staged]bool{}
	for _, o := range b.waiting {
		wait[o] = true
	}
	var settled, retold []string // order numbers
	var rows [][]any
	for _, o := range all {
		if !wait[o] {
			settled = append(settled, o.no)
		}
		if !o.half.changed() {
			continue
		}
		retold = append(retold, o.no)
		row, err := b.partRow(o, wait[o])
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	_, err := b.tx.NewRaw(`UPDATE order_parts SET waiting = false
		WHERE shop_id = ? AND waiting AND (order_no = ANY (?::text[]) OR format = ? AND order_no = ANY (?::text[]))`,
		b.shop.ID, pgdialect.Array(settled), b.imp.Format, pgdialect.Array(retold)).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	return b.tx.Pgx(func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"order_parts"},
			[]string{"shop_id", "order_no", "format", "content", "buyer", "hash", "ordered_at", "waiting", "import_id", "told_at"}, pgx.CopyFromRows(rows))
		return err
	})
}

func (b *batch) partRow(o *staged, waiting bool) ([]any, error) {
	p := o.half.now
	content, buyer, err := p.encode()
	if err != nil {
		return nil, err
	}
	var at *time.Time
	if !p.Order.OrderedAt.IsZero() {
		at = &p.Order.OrderedAt
	}
	return []any{b.shop.ID, o.no, p.Format, json.RawMessage(content), jsonOrNull(buyer), p.hash, at, waiting, b.imp.ID, b.now}, nil
}

func jsonOrNull(content []byte) any {
	if content == nil {
		return nil
	}
	return json.RawMessage(content)
}

// tallyHalves counts the rows of a file that tells halves by what they say
// that was not kept yet, whether their orders count or wait.
func (b *batch) tallyHalves(context.Context) error {
	for _, o := range slices.Concat(b.orders, b.waiting) {
		if o.half == nil {
			return nil
		}
		rows := o.half.rows
		if b.imp.MendsID != nil {
			rows = o.mended
		}
		inserted, updated := o.half.news()
		inserted = min(inserted, rows)
		updated = min(updated, rows-inserted)
		b.figures.inserted += inserted
		b.figures.updated += updated
		b.figures.unchanged += rows - inserted - updated
		b.figures.quantity += o.half.count
	}
	return nil
}

// news is how many of the rows are new and how many tell otherwise than before.
func (h *half) news() (inserted, updated int64) {
	if h.before == nil {
		return h.rows, 0
	}
	if !h.changed() {
		return 0, 0
	}
	was := map[string]mall.Line{}
	for _, l := range h.before.Lines {
		was[l.Key] = l
	}
	same := int64(0)
	for _, l := range h.told.Lines {
		switch before, known := was[l.Key]; {
		case !known:
			inserted++
		case before == l:
			same++
		}
	}
	if len(h.told.Lines) > 0 && h.sameFacts() && len(h.now.Lines) >= len(h.before.Lines) {
		return inserted, h.rows - inserted - same
	}
	return inserted, h.rows - inserted
}

// sameFacts reports that only lines are told otherwise.
func (h *half) sameFacts() bool {
	was, now := *h.before, h.now
	was.Lines, now.Lines = nil, nil
	a, buyerA, errA := was.encode()
	b, buyerB, errB := now.encode()
	return cmp.Or(errA, errB) == nil && bytes.Equal(a, b) && bytes.Equal(buyerA, buyerB)
}
