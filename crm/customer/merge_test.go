package customer_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// world is a database with a shop on each of three malls and what brings orders
// to them as an import does.
type world struct {
	t      testing.TB
	d      *db.DB
	clock  clockAt
	people *customer.Service
	hooks  []func(ctx context.Context, tx db.Tx, orders, customers []int64) error
	shops  map[mall.Mall]int64
	orders int
}

type clockAt interface {
	Now() time.Time
	Advance(d time.Duration)
}

func newWorld(t testing.TB, d *db.DB, clock clockAt, people *customer.Service) *world {
	t.Helper()
	w := &world{t: t, d: d, clock: clock, people: people, shops: map[mall.Mall]int64{}}
	for _, m := range []mall.Mall{mall.OwnSite, mall.Rakuten, mall.Yahoo, mall.Amazon} {
		s, err := shop.New(d, clock).Create(t.Context(), shop.Draft{Code: fmt.Sprintf("shop-%d", len(w.shops)), Name: string(m), Mall: m, Currency: "JPY"})
		if err != nil {
			t.Fatal(err)
		}
		w.shops[m] = s.ID
	}
	return w
}

// bring takes an order of a buyer in, worth goods yen, and lets the sure joins
// happen. It answers with the customer it belongs to.
func (w *world) bring(m mall.Mall, b mall.Buyer, goods int64) int64 {
	w.t.Helper()
	w.orders++
	no, now := fmt.Sprintf("o-%d", w.orders), w.clock.Now()
	var owner int64
	err := db.RunInTx(w.t.Context(), w.d, func(ctx context.Context, tx db.Tx) error {
		if err := customer.Together(ctx, tx); err != nil {
			return err
		}
		e := customer.NewEvidence(w.shops[m], m, b, now)
		ids, _, err := customer.Assign(ctx, tx, 0, []customer.Evidence{e}, now)
		if err != nil {
			return err
		}
		owner = ids[0]
		var id int64
		err = tx.NewRaw(`INSERT INTO orders (customer_id, shop_id, order_no, status, ordered_at, shipped_at, currency, goods_amount, total_amount, net_sales, quantity, content_hash, known_by, created_at, updated_at)
			VALUES (?0, ?1, ?2, 'SHIPPED', ?3, ?3, 'JPY', ?4, ?4, ?4, 1, '', nullif(?5, 0), ?3, ?3) RETURNING id`, owner, w.shops[m], no, now, goods, e.KnownBy()).Scan(ctx, &id)
		if err != nil {
			return err
		}
		for _, sql := range []string{
			`INSERT INTO order_keys (shop_id, order_no, customer_id, order_id) SELECT shop_id, order_no, customer_id, id FROM orders WHERE id = ?`,
			`INSERT INTO order_lines (customer_id, order_id, line_key, unit_price, quantity, amount) SELECT customer_id, id, '1', goods_amount, 1, goods_amount FROM orders WHERE id = ?`,
		} {
			if _, err := tx.NewRaw(sql, id).Exec(ctx); err != nil {
				return err
			}
		}
		if err := order.Recompute(ctx, tx, []int64{owner}); err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{CustomerID: owner, OccurredAt: now, Kind: event.OrderPlaced, ShopID: w.shops[m], RefID: id}); err != nil {
			return err
		}
		for _, hook := range w.hooks {
			if err := hook(ctx, tx, []int64{id}, []int64{owner}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.people.Join(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	return w.now(owner)
}

// now is who a customer is today.
func (w *world) now(id int64) int64 {
	w.t.Helper()
	c, err := w.people.Find(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c.ID
}

func (w *world) merge(survivor, merged int64, accept ...customer.Fact) *db.Merge {
	w.t.Helper()
	m, err := w.people.Merge(w.t.Context(), customer.MergeRequest{SurvivorID: survivor, MergedID: merged, Accept: accept})
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func (w *world) undo(m *db.Merge, distinct bool) {
	w.t.Helper()
	if _, err := w.people.Undo(w.t.Context(), customer.UndoRequest{SurvivorID: m.CustomerID, MergeID: m.ID, Distinct: distinct}); err != nil {
		w.t.Fatal(err)
	}
}

// kept are the tables an undo must leave as they were, without the columns that
// only say when they were last touched (of a stage: since when one stands there)
// and the rows that only say what happened.
var kept = map[string]string{
	"customers":           "true",
	"orders":              "true",
	"order_lines":         "true",
	"order_keys":          "true",
	"identity_keys":       "true",
	"identities":          "true",
	"consents":            "true",
	"conversions":         "true",
	"trial_orders":        "true",
	"messages":            "true",
	"bounces":             "true",
	"suppressions":        "true",
	"offer_codes":         "true",
	"segment_members":     "true",
	"property_values":     "true",
	"customer_taggings":   "true",
	"customer_notes":      "true",
	"customer_note_pins":  "true",
	"identity_candidates": "true",
	"customer_stats":      "true",
	"customer_mall_stats": "true",
	"member_stages":       "true",
	"events":              "kind NOT LIKE 'customer.%' AND kind NOT LIKE 'points.%' AND kind NOT LIKE 'stage.%'",
	"point_holds":         "true",
	"(SELECT * FROM point_lots WHERE remaining > 0) AS open_lots":                                                                                 "true",
	"(SELECT customer_id, available, pending, held, debt FROM point_accounts WHERE (available, pending, held, debt) <> (0, 0, 0, 0)) AS accounts": "true",
}

// snapshot is every row of kept as JSON, sorted.
func (w *world) snapshot() map[string][]string {
	w.t.Helper()
	all := map[string][]string{}
	for table, where := range kept {
		var rows []string
		err := w.d.NewRaw(fmt.Sprintf(`SELECT (to_jsonb(r) - 'updated_at' - 'since')::text FROM (SELECT * FROM %s WHERE %s) r ORDER BY 1`, table, where)).Scan(w.t.Context(), &rows)
		if err != nil {
			w.t.Fatal(table, err)
		}
		all[table] = rows
	}
	return all
}

func compareSnapshots(t testing.TB, what string, want, got map[string][]string) {
	t.Helper()
	for _, table := range slices.Sorted(maps.Keys(want)) {
		for _, row := range want[table] {
			if !slices.Contains(got[table], row) {
				t.Errorf("%s: %s lost %s", what, table, row)
			}
		}
		for _, row := range got[table] {
			if !slices.Contains(want[table], row) {
				t.Errorf("%s: %s gained %s", what, table, row)
			}
		}
	}
}

// TestEveryTableOfCustomersIsThoughtOf holds the list of what moves with a merge
// against the schema: whoever adds a table with customers in it decides here.
// cameBy counts a customer's identities: its own, and those of merges by reason.
func (w *world) cameBy(id int64) (own int, came map[string]int) {
	w.t.Helper()
	found, err := w.people.Identities(w.t.Context(), []int64{id})
	if err != nil {
		w.t.Fatal(err)
	}
	came = map[string]int{}
	for _, i := range found[id] {
		if i.MergedAs == nil {
			own++
		} else {
			came[*i.MergedAs]++
		}
	}
	return own, came
}

func TestEveryTableOfCustomersIsThoughtOf(t *testing.T) {
	d := dbtest.New(t)
	follows := map[string]string{
		"customer_stats": "worked out by crm/order", "customer_mall_stats": "worked out by crm/order",
		"net_sales_coming": "worked out by crm/order",
		"point_accounts":   "crm/points", "point_bookings": "crm/points", "point_entries": "crm/points", "point_lots": "crm/points", "point_holds": "crm/points",
		"point_merges": "crm/points", "point_key_aliases": "crm/points", "point_reversals": "crm/points", "point_awards_undone": "crm/points",
		"member_stages": "crm/stage", "stage_changes": "crm/stage", "stage_merges": "crm/stage",
		"identity_keys": "moveKeys", "identity_candidates": "fold", "household_members": "fold",
		"customer_merges": "the record", "customer_merge_rows": "the record", "customer_merge_keys": "the record",
		"import_customers":       "whom a file made, whoever he is now",
		"point_adjustment_lines": "whom a file named; the books follow merges",
		"import_property_values": "of whom a file told, whoever he is now",
		"bulk_edit_customers":    "who was chosen, whoever he is now",
		"customer_behaviour":     "worked out by crm/event", "visitors": "followed when read",
		"delivery_audience": "whom it names is resolved when it is expanded",
		"member_cards":      "a number goes on finding who survived", "referral_codes": "as the number of a card", "member_watches": "crm/member follows",
		"customer_token_versions": "each id has tokens of its own: those of the survivor stand",
		"webhook_events":          "what was told, of whom it was told",
	}
	moved := customer.Belongings()
	for _, table := range tablesOfCustomers(t, d) {
		if !slices.Contains(moved, table) && follows[table] == "" {
			t.Errorf("what becomes of %s when customers are merged?", table)
		}
	}
}

// TestEveryTableOfCustomersIsThoughtOfWhenOneVanishes does the same for those of
// whom nothing is known: their rows go, or there can be none.
func TestEveryTableOfCustomersIsThoughtOfWhenOneVanishes(t *testing.T) {
	d := dbtest.New(t)
	const orders, sent, booked, merged, audited = "with an order", "with a message", "with a booking", "with a merge", "who is in the audit log"
	stays := map[string]string{ // with whom nobody vanishes, or why the row outlives him
		"orders": orders, "order_lines": orders, "order_keys": orders, "conversions": orders, "trial_orders": orders,
		"consents": "with a consent", "events": "with an event", "customer_behaviour": "with an event", "visitors": audited, "privacy_requests": audited, "sign_ups": "of whom an identity is known that no import brought",
		"messages": sent, "offer_codes": sent, "bounces": sent,
		"suppressions":   "outlives him: it is of the address, and of nobody in particular once he is gone",
		"point_bookings": booked, "point_entries": booked, "point_lots": booked, "point_holds": booked, "point_key_aliases": booked, "earn_uses": booked,
		"point_reversals": booked, "point_awards_undone": booked, "reward_exchanges": booked, "point_adjustment_lines": "outlives him: what the file asked for",
		"customer_merges": merged, "customer_merge_rows": merged, "customer_merge_keys": merged, "point_merges": merged, "stage_merges": merged,
		"stage_changes": "a member, and he who was told to be one",
		"member_cards":  "a member", "referral_codes": "a member", "referrals": "a member", "member_offers": "a member", "member_watches": "he who has a token, and it ends by itself",
		"customer_token_versions": audited, "webhook_events": "outlives him: what was told",
		"identity_candidates": "goes, from both sides", "import_customers": "outlives him: what the file did",
		"net_sales_coming": "worked out anew", "property_values": "with a value", "import_property_values": "outlives him: what the file did",
	}
	for table, why := range map[string]string{
		"customer_notes": audited, "customer_note_versions": audited, "customer_note_pins": audited,
		"customer_taggings": "with a tag", "bulk_edit_customers": "outlives him: what the edit did",
	} {
		stays[table] = why
	}
	for _, table := range tablesOfCustomers(t, d) {
		if slices.Contains(customer.Vanishing, table) == (stays[table] != "") {
			t.Errorf("what becomes of %s when a customer of whom nothing is known vanishes?", table)
		}
	}
}

// tablesOfCustomers are the tables that say whose their rows are.
func tablesOfCustomers(t *testing.T, d *db.DB) (tables []string) {
	t.Helper()
	err := d.NewRaw(`SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE a.attname = 'customer_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = 'public' ORDER BY 1`).Scan(t.Context(), &tables)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// know keeps a text of a customer.
func (w *world) know(id int64, key, text string) {
	w.t.Helper()
	_, err := w.d.NewRaw(`WITH p AS (INSERT INTO properties (key, name, type, position, created_at, updated_at) VALUES (?1, ?1, 'TEXT', 1, now(), now())
			ON CONFLICT (key) DO UPDATE SET name = excluded.name RETURNING id)
		INSERT INTO property_values (customer_id, property_id, text, updated_at) SELECT ?0, id, ?2, now() FROM p`, id, key, text).Exec(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
}

// mark tags a customer and writes a note, which may be pinned.
func (w *world) mark(id int64, text string, pinned bool) {
	w.t.Helper()
	for _, sql := range []string{
		"INSERT INTO customer_tags (name, created_at) VALUES (?1, now()) ON CONFLICT DO NOTHING",
		"INSERT INTO customer_taggings (customer_id, tag_id, tagged_at) SELECT ?0, id, now() FROM customer_tags WHERE name = ?1",
		`WITH n AS (INSERT INTO customer_notes (customer_id, body, written_at) VALUES (?0, ?1, now()) RETURNING id)
			INSERT INTO customer_note_pins (customer_id, note_id) SELECT ?0, id FROM n WHERE ?2 ON CONFLICT DO NOTHING`,
	} {
		if _, err := w.d.NewRaw(sql, id, text, pinned).Exec(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
}

// marks are the tags and notes of a customer.
func (w *world) marks(id int64) (texts []string) {
	w.t.Helper()
	err := w.d.NewRaw(`SELECT text FROM (SELECT 'tag ' || name AS text, 1 AS kind FROM customer_taggings JOIN customer_tags g ON g.id = tag_id WHERE customer_id = ?0
		UNION ALL SELECT 'note ' || body, 2 FROM customer_notes WHERE customer_id = ?0) all_of_it ORDER BY kind, text`, id).Scan(w.t.Context(), &texts)
	if err != nil {
		w.t.Fatal(err)
	}
	return texts
}

// known are the texts that are kept of a customer.
func (w *world) known(id int64) map[string]string {
	w.t.Helper()
	var rows []struct{ Key, Text string }
	if err := w.d.NewRaw("SELECT key, text FROM property_values JOIN properties p ON p.id = property_id WHERE customer_id = ?", id).Scan(w.t.Context(), &rows); err != nil {
		w.t.Fatal(err)
	}
	texts := map[string]string{}
	for _, r := range rows {
		texts[r.Key] = r.Text
	}
	return texts
}

func TestMergeMovesWhatHangsOnACustomerAndUndoPutsItBack(t *testing.T) {
	s, d, _ := newService(t)
	w := newWorld(t, d, now, s)
	a := w.bring(mall.Rakuten, mall.Buyer{Mail: "x@fw.rakuten.ne.jp", FamilyName: "佐藤", GivenName: "花子"}, 3000)
	b := w.bring(mall.Yahoo, mall.Buyer{Mail: "hanako@example.com", FamilyName: "佐藤", GivenName: "花子", Phone: "090-1234-5678", BirthDate: "1980/1/2"}, 5000)
	if a == b {
		t.Fatal("joined by a name alone")
	}
	if _, _, err := s.Record(t.Context(), customer.Word{CustomerID: b, Channel: "MAIL", State: customer.Given, OriginShopID: w.shops[mall.Yahoo], Method: "STAFF", Wording: "yes"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Enroll(t.Context(), b, "STAFF"); err != nil {
		t.Fatal(err)
	}
	w.know(a, "pet", "dog")
	w.know(b, "pet", "cat")
	w.know(b, "size", "small")
	w.mark(a, "both", false)
	w.mark(b, "both", true)
	w.mark(b, "one", true)
	before := w.snapshot()

	m := w.merge(a, b)
	if got := w.marks(a); !slices.Equal(got, []string{"tag both", "tag one", "note both", "note both", "note one"}) {
		t.Errorf("the survivor has %q", got)
	}
	// Where both knew something, the survivor's word holds; the other's waits.
	if got := w.known(a); got["pet"] != "dog" || got["size"] != "small" {
		t.Errorf("the survivor is known for %v", got)
	}
	if again := w.merge(a, b); again.ID != m.ID {
		t.Errorf("merged twice: %d and %d", m.ID, again.ID)
	}
	stay, err := s.Find(t.Context(), b)
	if err != nil || stay.ID != a || stay.Email != "hanako@example.com" || stay.BirthDate == nil || stay.MemberSince == nil {
		t.Errorf("the old id leads to %+v, %v", stay, err)
	}
	var orders int
	if err := d.NewRaw("SELECT orders_count FROM customer_stats WHERE customer_id = ?", a).Scan(t.Context(), &orders); err != nil || orders != 2 {
		t.Errorf("%d orders, %v", orders, err)
	}
	// Who was found for the survivor, and who came with the merge, as long as it stands.
	if own, came := w.cameBy(a); own != 1 || came["STAFF"] == 0 {
		t.Errorf("%d identities of its own, %v by merges", own, came)
	}
	w.undo(m, false)
	w.undo(m, false)
	if _, came := w.cameBy(a); len(came) != 0 {
		t.Errorf("%v identities by a merge that is undone", came)
	}
	compareSnapshots(t, "an undo at once", before, w.snapshot())

	// Known by the other's key: the order lands on the survivor, and leaves with the other.
	m = w.merge(a, b)
	now.Advance(time.Minute)
	if got := w.bring(mall.Yahoo, mall.Buyer{Mail: "hanako@example.com", Phone: "03-1111-2222", FamilyName: "佐藤", GivenName: "花子"}, 700); got != a {
		t.Errorf("an order by the merged customer's mail went to %d", got)
	}
	w.undo(m, true)
	var later int64
	if err := d.NewRaw("SELECT customer_id FROM orders WHERE goods_amount = 700").Scan(t.Context(), &later); err != nil || later != b {
		t.Errorf("the order that came later belongs to %d, %v", later, err)
	}
	// What the later order taught is the other's, too; it does not join them again.
	w.bring(mall.Rakuten, mall.Buyer{Mail: "x@fw.rakuten.ne.jp", Phone: "03-1111-2222", FamilyName: "佐藤", GivenName: "花子"}, 100)
	if w.now(a) != a || w.now(b) != b {
		t.Error("told apart, and joined by itself all the same")
	}
}
