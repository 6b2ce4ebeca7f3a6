package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/db"
)

// ordersPerBatch bounds one transaction: large enough for set-based SQL, small
// enough that a stop or a takeover waits about a second.
const ordersPerBatch = 2_000

// staged is one order of a file, as the stage holds it.
type staged struct {
	canon   int64
	no      string
	order   mall.Order
	heads   []int64 // of its runs
	bases   []int64
	keyed   bool
	places  int64 // lines, and those that were refused
	lines   int64
	sums    sums
	rounded int64
	hash    []byte

	rows     []toldLine         // of an order that a program tells, or its file; nil otherwise
	half     *half              // of a file that tells one half of its orders; nil otherwise
	evidence *customer.Evidence // of who bought; nil of an order that is put together from halves

	named      int64 // by a program; 0: the evidence tells
	customerID int64
	knownBy    int64 // hash of the surest key of who was named; 0: nobody
	orderID    int64
	before     *db.Order // what the database has; nil: the order is new
	same       bool      // it has what the file tells
	touched    bool      // it was there, and something of it did change
	mended     int64     // of lines, those that this import mends
	late       bool      // another import told of it after the one that is mended
}

// sums are what the lines of an order add up to.
type sums struct{ quantity, amount int64 }

// batch is the work of one transaction: the orders of a file that begin behind
// a line, up to another.
type batch struct {
	s    *Service
	imp  *db.Import
	shop *db.Shop
	now  time.Time
	tx   db.Tx

	ahead     *readAhead[[]*staged]
	anonymous int64 // the shop's customer for buyers it does not name

	toldLines string // JSON: of orders that a program tells, or its file; those of other files are in their stage

	family map[int64]bool // of a mending import: the import it mends, and all that mend it

	orders  []*staged
	fresh   []*staged // not in the database
	changed []*staged // in it, and told otherwise by the file
	waiting []*staged // told in part so far; in none of the others
	figures figures
}

// figures are what a batch adds to its import.
type figures struct {
	upTo                               int64
	inserted, updated, unchanged       int64
	withoutCustomer, rounded, quantity int64
	orders, cancellations, customers   int64
	made, consents                     int64 // of a file of customers
	members, actions                   int64 // of a file of members
	ordersAdded, cancellationsAdded    int64 // of a mending import: what the file it mends had not counted
	customersAdded                     int64
}

// importID is the import of the batch; nil: a program tells its orders.
func (b *batch) importID() *int64 {
	if b.imp.ID == 0 {
		return nil
	}
	return &b.imp.ID
}

// run applies the batch behind b.imp.AppliedTo in b.tx. upTo is unchanged when
// nothing is left.
func (b *batch) run(ctx context.Context) error {
	b.figures.upTo = b.imp.AppliedTo
	if err := customer.Together(ctx, b.tx); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		b.inLargeLots, b.load, b.loadFamily, b.compose, b.compare, b.stageComposed, b.assign, b.insertKeys, b.markMended, b.tallyHalves, b.insertOrders, b.shareOrders, b.insertLines, b.change, b.noteDoubts, b.count,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return b.follow(ctx)
}

// inLargeLots lets the index that names are searched in take new entries in large
// lots, which is far cheaper.
func (b *batch) inLargeLots(ctx context.Context) error {
	_, err := b.tx.ExecContext(ctx, "SET LOCAL work_mem = '64MB'; SET LOCAL gin_pending_list_limit = '16MB'")
	return db.Fault(err)
}

// load takes the next orders from the stage.
func (b *batch) load(ctx context.Context) (err error) {
	b.orders, b.figures.upTo, err = b.ahead.next(ctx, b.imp.AppliedTo)
	return err
}

// who is what the order says about its buyer, once it is put together.
func (o *staged) who(shop *db.Shop) customer.Evidence {
	if o.evidence != nil {
		return *o.evidence
	}
	return customer.NewEvidence(shop.ID, mall.Mall(shop.Mall), o.order.Buyer, o.order.OrderedAt)
}

// read takes what the order's first run says of it.
func (o *staged) read(content []byte, divided bool) error {
	if !divided {
		return json.Unmarshal(content, &o.order)
	}
	o.half = new(half)
	return json.Unmarshal(content, &o.half.told)
}

// join adds a later run of the same order. What the order as a whole says is
// taken from its first run.
func (o *staged) join(run staged, head, base int64) {
	o.heads, o.bases = append(o.heads, head), append(o.bases, base)
	o.keyed = o.keyed || run.keyed
	o.places += run.places
	o.lines += run.lines
	o.sums.quantity += run.sums.quantity
	o.sums.amount += run.sums.amount
	o.rounded += run.rounded
	both := sha256.Sum256(slices.Concat(o.hash, run.hash))
	o.hash = both[:]
}

// compare finds out which orders are new and which are told otherwise than
// before, and locks the latter until the batch commits.
func (b *batch) compare(ctx context.Context) error {
	numbers := make([]string, len(b.orders))
	byNo := make(map[string]*staged, len(b.orders))
	for i, o := range b.orders {
		numbers[i], byNo[o.no] = o.no, o
	}
	var known []struct {
		OrderNo             string
		CustomerID, OrderID int64
		ContentHash         []byte
	}
	err := b.tx.NewRaw(`SELECT k.order_no, k.customer_id, k.order_id, o.content_hash
		FROM order_keys k JOIN orders o ON o.customer_id = k.customer_id AND o.id = k.order_id
		WHERE k.shop_id = ? AND k.order_no = ANY (?::text[])`, b.shop.ID, pgdialect.Array(numbers)).Scan(ctx, &known)
	if err != nil {
		return db.Fault(err)
	}
	var changed []string
	for _, k := range known {
		o := byNo[k.OrderNo]
		o.customerID, o.orderID = k.CustomerID, k.OrderID
		if bytes.Equal(k.ContentHash, o.hash) {
			o.same = true
			continue
		}
		changed = append(changed, k.OrderNo)
	}
	for _, o := range b.orders {
		if o.orderID == 0 {
			b.fresh = append(b.fresh, o)
		}
	}
	return b.lockChanged(ctx, changed, byNo)
}

func (b *batch) lockChanged(ctx context.Context, numbers []string, byNo map[string]*staged) error {
	if len(numbers) == 0 {
		return nil
	}
	slices.Sort(numbers)
	var keys []db.OrderKey
	err := b.tx.NewRaw(`SELECT shop_id, order_no, customer_id, order_id FROM order_keys
		WHERE shop_id = ? AND order_no = ANY (?::text[]) ORDER BY order_no FOR UPDATE`, b.shop.ID, pgdialect.Array(numbers)).Scan(ctx, &keys)
	if err != nil {
		return db.Fault(err)
	}
	refs := make([]order.Ref, len(keys))
	for i, k := range keys {
		refs[i] = order.Ref{CustomerID: k.CustomerID, ID: k.OrderID}
	}
	befores, err := order.ByRefs(ctx, b.tx, refs)
	if err != nil {
		return err
	}
	for i, k := range keys {
		o := byNo[k.OrderNo]
		before, there := befores[refs[i]]
		if !there {
			return fault.New(fault.Internal, "order %d has a number but is not there", k.OrderID)
		}
		o.customerID, o.orderID, o.before = k.CustomerID, k.OrderID, &before
		o.late = b.family != nil && o.half == nil && before.ImportID != nil && *before.ImportID > *b.imp.MendsID && !b.family[*before.ImportID]
		b.changed = append(b.changed, o)
	}
	return nil
}

// assign finds the customer of each new order, and of changed ones that were a
// stranger's so far.
func (b *batch) assign(ctx context.Context) error {
	var err error
	if b.anonymous, err = customer.Anonymous(ctx, b.tx, b.shop.ID, b.now); err != nil {
		return err
	}
	erased, err := b.s.hooks.erased(ctx, b.tx)
	if err != nil {
		return err
	}
	var orders []*staged
	var evidence []customer.Evidence
	for _, o := range b.orders {
		e := o.who(b.shop)
		if at, gone := erased(o.order.Buyer.Mail); gone && !e.SeenAt.After(at) {
			e = customer.Evidence{Shop: b.shop.ID, SeenAt: e.SeenAt} // an old file must not bring anybody back
		}
		o.knownBy = e.KnownBy()
		if len(e.Keys) == 0 && !b.remembered(o) {
			b.figures.withoutCustomer += o.lines
		}
		switch {
		case o.orderID != 0 && (o.before == nil || o.late || o.customerID != b.anonymous):
			continue
		case o.named != 0:
			o.customerID = o.named
		case len(e.Keys) == 0:
			o.customerID = b.anonymous
		default:
			orders, evidence = append(orders, o), append(evidence, e)
		}
	}
	assigned, _, err := customer.Assign(ctx, b.tx, b.imp.ID, evidence, b.now)
	if err != nil {
		return err
	}
	for i, o := range orders {
		o.customerID = assigned[i]
	}
	return nil
}

// insertKeys claims the order numbers, in their order. Another import that
// claimed one meanwhile makes this batch start again.
func (b *batch) insertKeys(ctx context.Context) error {
	if len(b.fresh) == 0 {
		return nil
	}
	var ids []int64
	err := b.tx.NewRaw("SELECT nextval(seq) FROM (SELECT pg_get_serial_sequence('orders', 'id')::regclass AS seq OFFSET 0) s, generate_series(1, ?)", len(b.fresh)).Scan(ctx, &ids)
	if err != nil {
		return db.Fault(err)
	}
	for i, o := range b.fresh {
		o.orderID = ids[i]
	}
	sorted := slices.SortedFunc(slices.Values(b.fresh), func(x, y *staged) int { return strings.Compare(x.no, y.no) })
	numbers, customers, orders := make([]string, len(sorted)), make([]int64, len(sorted)), make([]int64, len(sorted))
	for i, o := range sorted {
		numbers[i], customers[i], orders[i] = o.no, o.customerID, o.orderID
	}
	res, err := b.tx.NewRaw(`INSERT INTO order_keys (shop_id, order_no, customer_id, order_id)
		SELECT ?, * FROM unnest(?::text[], ?::bigint[], ?::bigint[]) ON CONFLICT DO NOTHING`,
		b.shop.ID, pgdialect.Array(numbers), pgdialect.Array(customers), pgdialect.Array(orders)).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	if n, err := res.RowsAffected(); err != nil || n != int64(len(sorted)) {
		return errors.Join(customer.ErrRace, err)
	}
	return nil
}

var orderColumns = []string{
	"customer_id", "id", "shop_id", "order_no", "kind", "status", "ordered_at", "shipped_at", "cancelled_at", "currency",
	"goods_amount", "shipping_amount", "fee_amount", "tax_amount", "tax_breakdown", "shop_coupon", "mall_coupon", "points_used",
	"total_amount", "net_sales", "quantity", "coupon_codes", "gift", "content_hash", "known_by", "import_id", "created_at", "updated_at",
}

func (b *batch) insertOrders(ctx context.Context) error {
	return b.tx.Pgx(func(tx pgx.Tx) error {
		_, err := tx.CopyFrom(ctx, pgx.Identifier{"orders"}, orderColumns, pgx.CopyFromSlice(len(b.fresh), func(i int) ([]any, error) {
			o, err := b.fresh[i].row(b, b.fresh[i].sums)
			return []any{
				o.CustomerID, o.ID, o.ShopID, o.OrderNo, o.Kind, o.Status, o.OrderedAt, o.ShippedAt, o.CancelledAt, o.Currency,
				o.GoodsAmount, o.ShippingAmount, o.FeeAmount, o.TaxAmount, o.TaxBreakdown, o.ShopCoupon, o.MallCoupon, o.PointsUsed,
				o.TotalAmount, o.NetSales, o.Quantity, o.CouponCodes, o.Gift, o.ContentHash, o.KnownBy, o.ImportID, o.CreatedAt, o.UpdatedAt,
			}, err
		}))
		if err != nil || b.importID() == nil {
			return err
		}
		_, err = tx.CopyFrom(ctx, pgx.Identifier{"import_orders"}, []string{"import_id", "order_id"},
			pgx.CopyFromSlice(len(b.fresh), func(i int) ([]any, error) { return []any{b.imp.ID, b.fresh[i].orderID}, nil }))
		return err
	})
}

// told is how many rows of the file tell of an order: of one that mends another
// only the rows it brings, not the order's good lines that come along. Rows of
// halves are counted by tallyHalves.
func (b *batch) told(o *staged) int64 {
	if o.half != nil {
		return 0
	}
	if b.imp.MendsID != nil {
		return o.mended
	}
	return o.lines
}

// count adds up what the batch brought, whatever became of its orders.
func (b *batch) count(ctx context.Context) error {
	f := &b.figures
	var customers []int64
	for _, o := range b.orders {
		if o.half == nil {
			f.quantity += o.sums.quantity
		}
		f.rounded += o.rounded
		if o.same {
			f.unchanged += b.told(o)
		}
		if o.order.Kind == mall.Return || o.order.Status == mall.Cancelled {
			f.cancellations++
			f.cancellationsAdded += b.added(o)
		} else {
			f.orders++
			f.ordersAdded += b.added(o)
		}
		if o.customerID != b.anonymous {
			customers = append(customers, o.customerID)
		}
	}
	err := b.tx.NewRaw(`WITH told AS (
			INSERT INTO `+customersTable(b.imp.ID)+` AS c (customer_id, told) SELECT DISTINCT unnest(?::bigint[]), true
			ON CONFLICT (customer_id) DO UPDATE SET told = true WHERE NOT c.told RETURNING xmax = 0 AS added)
		SELECT count(*), count(*) FILTER (WHERE added) FROM told`, pgdialect.Array(customers)).Scan(ctx, &f.customers, &f.customersAdded)
	if b.imp.MendsID == nil {
		f.customersAdded = 0
	}
	return db.Fault(err)
}

// added is 1 for an order of a mending import of which all rows were refused so
// far: nobody has counted it yet.
func (b *batch) added(o *staged) int64 {
	rows := o.lines
	if o.half != nil {
		rows = o.half.rows
	}
	if b.imp.MendsID == nil || o.mended == 0 || rows > o.mended {
		return 0
	}
	return 1
}
