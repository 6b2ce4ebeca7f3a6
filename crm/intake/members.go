package intake

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/partition"
)

// Points takes over the points of a former system.
type Points interface {
	BookTold(ctx context.Context, tx db.Tx, importID int64, told []points.Told, also []int64) (booked int64, whose []int64, err error)
	UndoTold(ctx context.Context, tx db.Tx, importID int64, customers []int64) error
	UndoAwards(ctx context.Context, tx db.Tx, importID int64, customers []int64) error
}

// Ranks takes over the stages of a former system.
type Ranks interface {
	TakeTold(ctx context.Context, tx db.Tx, importID int64, told []stage.Told) error
	ForgetTold(ctx context.Context, tx db.Tx, importID int64, customers []int64) ([]stage.Forgotten, error)
	DropTold(ctx context.Context, tx db.Tx, forgotten []stage.Forgotten) error
	Codes(ctx context.Context) ([]string, error)
}

// Suppressions takes over the addresses that a former system did not write to.
type Suppressions interface {
	TakeTold(ctx context.Context, tx db.Tx, importID int64, told []message.ToldSuppression) error
}

// The codes of lines that name what is not there.
const (
	unknownShop  = "UNKNOWN_SHOP"
	erasedPerson = "ERASED_PERSON"
	unknownStage = "UNKNOWN_STAGE"
)

// knownNames is what a file of customers may name, and what it has told so far.
type knownNames struct {
	shop        *db.Shop // of the import
	shops       map[string]*db.Shop
	stages      []string
	begun       time.Time // of the import; what has happened lies before it
	first, last time.Time // of what the file tells
	erased      func(address string) (time.Time, bool)
}

func (s *Service) knownNames(ctx context.Context, imp *db.Import, shop *db.Shop) (*knownNames, error) {
	k := &knownNames{shop: shop, shops: map[string]*db.Shop{}, begun: imp.CreatedAt}
	if imp.Kind != customersKind {
		return k, nil
	}
	var err error
	if k.erased, err = s.hooks.erased(ctx, s.db); err != nil {
		return nil, err
	}
	var rows []*db.Shop
	if err := s.db.NewSelect().Model(&rows).Where("archived_at IS NULL").Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	for _, row := range rows {
		k.shops[row.Code] = row
	}
	if s.hooks.Ranks != nil {
		k.stages, err = s.hooks.Ranks.Codes(ctx)
	}
	return k, err
}

// shopOf is the shop that a member's number and profile are of.
func (k *knownNames) shopOf(m *mall.Member) *db.Shop {
	if m == nil || m.Shop == "" {
		return k.shop
	}
	return k.shops[m.Shop]
}

// check refuses a person whom nothing names, and one of whom the file tells what
// cannot be. The error is a *mall.Problem.
func (k *knownNames) check(p mall.Person) error {
	if err := k.checkMember(p.Member); err != nil {
		return err
	}
	if _, gone := k.erased(p.Buyer.Mail); gone {
		return &mall.Problem{Code: erasedPerson}
	}
	on := k.shopOf(p.Member)
	if customer.Knowable(mall.Mall(on.Mall), p.Buyer) || p.Member != nil && len(k.evidence(p, k.begun).Keys) > 0 {
		return nil
	}
	return &mall.Problem{Code: mall.Nobody}
}

func (k *knownNames) checkMember(m *mall.Member) error {
	if m == nil {
		return nil
	}
	named := map[string]string{"shop": m.Shop}
	for i, id := range m.Identities {
		named[fmt.Sprintf("identities[%d].shop", i)] = id.Shop
	}
	for i, w := range m.Consents {
		named[fmt.Sprintf("consents[%d].shop", i)] = w.Shop
	}
	for field, code := range named {
		if code != "" && k.shops[code] == nil {
			return &mall.Problem{Code: unknownShop, Column: field, Detail: code}
		}
	}
	if m.Stage != nil && !slices.Contains(k.stages, m.Stage.Code) {
		return &mall.Problem{Code: unknownStage, Column: "stage.code", Detail: m.Stage.Code}
	}
	first, last := m.Span()
	if last.After(k.begun) {
		return &mall.Problem{Code: mall.InFuture, Detail: last.Format(time.RFC3339)}
	}
	if !first.IsZero() && (k.first.IsZero() || first.Before(k.first)) {
		k.first = first
	}
	if last.After(k.last) {
		k.last = last
	}
	return nil
}

// ensureMonths makes the months of what the file tells in the stream of events.
func (k *knownNames) ensureMonths(ctx context.Context, d *db.DB) error {
	if k.first.IsZero() {
		return nil
	}
	return partition.Between(ctx, d, k.first, k.begun) // points of then may expire at any time since
}

// evidence is what a row says about who the person is.
func (k *knownNames) evidence(p mall.Person, seenAt time.Time) customer.Evidence {
	on := k.shopOf(p.Member)
	e := customer.NewEvidence(on.ID, mall.Mall(on.Mall), p.Buyer, seenAt)
	if p.Member != nil {
		for _, id := range p.Member.Identities {
			shop := k.shops[id.Shop]
			e = e.Also(shop.ID, mall.Mall(shop.Mall), customer.KeyKind(id.Kind), id.Value)
		}
	}
	return e
}

// each calls do for every row that tells of a member.
func (b *peopleBatch) each(do func(i int, m *mall.Member)) {
	for i, m := range b.members {
		if m != nil {
			do(i, m)
		}
	}
}

// recordTold takes down words of consent that have evidence of their own.
func (b *peopleBatch) recordTold(ctx context.Context) error {
	var told []customer.ToldWord
	b.each(func(i int, m *mall.Member) {
		for _, w := range m.Consents {
			origin := b.known.shopOf(m)
			if w.Shop != "" {
				origin = b.known.shops[w.Shop]
			}
			told = append(told, customer.ToldWord{
				CustomerID: b.who[i], ShopID: origin.ID, Channel: w.Channel, Purpose: w.Purpose, State: w.State,
				At: w.At, Method: w.Method, Wording: w.Wording, Line: b.lines[i],
			})
		}
	})
	said, err := customer.RecordTold(ctx, b.tx, b.imp.ID, told, b.now)
	b.touch(said)
	b.figures.consents += int64(len(said))
	return err
}

func (b *peopleBatch) touch(customers []int64) {
	for _, id := range customers {
		b.touched[id] = true
	}
}

// enroll makes members, on the stage they had.
func (b *peopleBatch) enroll(ctx context.Context) error {
	var joined []customer.Joined
	var held []stage.Told
	b.each(func(i int, m *mall.Member) {
		if m.JoinedAt.IsZero() || b.imp.WithoutMembers {
			return
		}
		joined = append(joined, customer.Joined{CustomerID: b.who[i], At: m.JoinedAt, Via: cmp.Or(m.JoinedVia, b.usualWay())})
		if m.Stage != nil {
			held = append(held, stage.Told{CustomerID: b.who[i], Code: m.Stage.Code, Since: m.Stage.Since, Until: m.Stage.Until})
		}
	})
	var err error
	if b.enrolled, err = customer.EnrollTold(ctx, b.tx, b.imp.ID, joined, b.now); err != nil {
		return err
	}
	for _, id := range b.enrolled {
		if !b.made[id] && !b.touched[id] {
			b.figures.customers++
		}
	}
	b.touch(b.enrolled)
	b.figures.members = int64(len(b.enrolled))
	if b.s.hooks.Ranks == nil {
		return nil
	}
	return b.s.hooks.Ranks.TakeTold(ctx, b.tx, b.imp.ID, held)
}

// usualWay is how people become members of a shop whose file does not say.
func (b *peopleBatch) usualWay() string {
	if mall.Mall(b.shop.Mall) == mall.Store {
		return "STORE_CARD"
	}
	return "SITE"
}

// bookPoints takes over what happened to the members' points.
func (b *peopleBatch) bookPoints(ctx context.Context) error {
	var told []points.Told
	var rows []int
	b.each(func(i int, m *mall.Member) {
		if len(m.Points) > 0 {
			rows = append(rows, i)
		}
	})
	if b.s.hooks.Points == nil || len(rows) == 0 {
		return nil
	}
	known, err := customer.KeysOf(ctx, b.tx, pick(b.who, rows))
	if err != nil {
		return err
	}
	for _, i := range rows {
		names, others := b.evidence[i].Names(known[b.who[i]])
		for _, a := range b.members[i].Points {
			told = append(told, points.Told{CustomerID: b.who[i], Names: names, Known: others, Key: a.Key, Action: a, Line: b.lines[i]})
		}
	}
	booked, whose, err := b.s.hooks.Points.BookTold(ctx, b.tx, b.imp.ID, told, b.enrolled)
	if err != nil {
		return err
	}
	b.touch(whose)
	b.figures.actions = booked
	_, err = b.tx.NewRaw("INSERT INTO import_customers (import_id, customer_id) SELECT ?, unnest(?::bigint[]) ON CONFLICT DO NOTHING",
		b.imp.ID, pgdialect.Array(whose)).Exec(ctx)
	return db.Fault(err)
}

// pick is the values of these rows.
func pick(values []int64, rows []int) []int64 {
	picked := make([]int64, len(rows))
	for n, i := range rows {
		picked[n] = values[i]
	}
	return picked
}

// followMembers lets new members earn on the orders that are here already, and
// puts them on the ladder.
func (b *peopleBatch) followMembers(ctx context.Context) error {
	return b.s.hooks.membership(ctx, b.tx, b.enrolled)
}

// membership does what hangs on customers having become members, or none.
func (h Hooks) membership(ctx context.Context, tx db.Tx, customers []int64) error {
	if err := h.settle(ctx, tx, customers); err != nil {
		return err
	}
	return h.place(ctx, tx, customers)
}

// settle lets customers earn on their orders what they earn as who they are now.
func (h Hooks) settle(ctx context.Context, tx db.Tx, customers []int64) error {
	if h.Ledger == nil || len(customers) == 0 {
		return nil
	}
	var orders []int64
	err := tx.NewRaw("SELECT id FROM orders WHERE customer_id = ANY (?::bigint[]) ORDER BY id", pgdialect.Array(customers)).Scan(ctx, &orders)
	if err != nil {
		return db.Fault(err)
	}
	return h.Ledger.SettleOrders(ctx, tx, orders)
}

// place finds where customers stand on the ladder now.
func (h Hooks) place(ctx context.Context, tx db.Tx, customers []int64) error {
	if h.Stages == nil || len(customers) == 0 {
		return nil
	}
	return h.Stages.Recompute(ctx, tx, customers)
}

// suppress takes over which addresses are not written to.
func (b *peopleBatch) suppress(ctx context.Context) error {
	var told []message.ToldSuppression
	b.each(func(i int, m *mall.Member) {
		for _, s := range m.Suppressions {
			told = append(told, message.ToldSuppression{CustomerID: b.who[i], Address: b.evidence[i].Normal.Mail, Reason: s.Reason, At: s.At})
		}
	})
	if b.s.hooks.Suppressions == nil {
		return nil
	}
	return b.s.hooks.Suppressions.TakeTold(ctx, b.tx, b.imp.ID, told)
}

// undoMembers takes back what a file of members brought of these customers: their
// membership, by counter-bookings what it booked on their points, and the stages
// it told. What they keep they have by what is left of them.
func (w *worker) undoMembers(ctx context.Context, tx db.Tx, customers []int64) error {
	if w.imp.MembersCount+w.imp.ActionsCount == 0 {
		return nil
	}
	h := w.s.hooks
	changed, err := customer.TakeBackEnrollment(ctx, tx, w.imp.ID, customers, w.s.clock.Now())
	if err != nil {
		return err
	}
	if h.Points != nil {
		if err := h.Points.UndoTold(ctx, tx, w.imp.ID, customers); err != nil {
			return err
		}
	}
	if h.Ranks == nil {
		return h.membership(ctx, tx, changed)
	}
	forgotten, err := h.Ranks.ForgetTold(ctx, tx, w.imp.ID, customers)
	if err != nil {
		return err
	}
	for _, f := range forgotten {
		changed = append(changed, f.Holder)
	}
	slices.Sort(changed)
	changed = slices.Compact(changed)
	if err := h.settle(ctx, tx, changed); err != nil {
		return err
	}
	if err := h.Ranks.DropTold(ctx, tx, forgotten); err != nil {
		return err
	}
	return h.place(ctx, tx, changed)
}
