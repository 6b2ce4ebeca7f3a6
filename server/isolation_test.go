package server

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/referral"
	"github.com/meguri-crm/meguri/graph"
)

// What a shopper can ask, generated from the schema so that a new field or
// argument cannot be forgotten: every root field of scope me with everything it
// can select, each of its arguments being what belongs to somebody else. Nothing
// of the other is seen, and nothing of his is changed.
func TestAShopperReachesNobodyElseByAnyArgument(t *testing.T) {
	s := newSite(t)
	staff := s.signIn()
	mine, other := s.newShopper("佐藤"), s.newShopper("鈴木")
	for w, name := range map[shopper]string{mine: "MINE", other: "OTHERS"} {
		s.onStage(w.row)
		s.orderOf(w.row, "OWN_SITE", "NO-"+name)
		s.data(staff, fmt.Sprintf(`mutation { grantPoints(input: {customerId: %q, amount: 500, note: "for %s", idempotencyKey: "g-%d"}) { userErrors { code } } }`, w.id, name, w.row))
		offer := s.insert(`INSERT INTO offers (mall, kind, name, value, proof, starts_at, ends_at, for_members) VALUES ('OWN_SITE', 'COUPON_AMOUNT', '会員の特典', 100, 'CODE_POOL', now(), '2099-01-01', true) RETURNING id`)
		s.insert(`INSERT INTO offer_codes (offer_id, code, customer_id, issued_at) VALUES ($1, $2, $3, now()) RETURNING offer_id`, offer, "CODE-"+name, w.row)
		s.insert(`INSERT INTO member_offers (customer_id, offer_id, code, issued_at, seen_at) VALUES ($1, $2, $3, now(), now()) RETURNING offer_id`, w.row, offer, "CODE-"+name)
	}
	if err := s.app.Referrals.ChangeSettings(t.Context(), referral.Settings{Enabled: true, UseWithin: 365, OrderWithin: 1}); err != nil {
		t.Fatal(err)
	}
	for _, w := range []shopper{mine, other} { // who have brought each other
		s.insert(`INSERT INTO referrals (customer_id, referrer_id, code, way, referred_at, order_by, min_amount, wait_days, first_order, changed_at)
			VALUES ($1, $2, 'X', 'APP', now(), now(), 0, 0, true, now()) RETURNING id`, w.row, mine.row+other.row-w.row)
	}
	foreign := s.thingsOf(other)
	before := s.rowsOf(other.row)

	q := &asker{schema: graph.NewSchema(&graph.Resolver{}).Schema()}
	himself, asked := false, 0
	for _, root := range []*ast.Definition{q.schema.Query, q.schema.Mutation} {
		for _, field := range root.Fields {
			if auth := field.Directives.ForName("auth"); auth == nil || auth.Arguments.ForName("scope").Value.Raw != string(access.ScopeMe) {
				continue
			}
			for _, value := range slices.Sorted(maps.Keys(foreign)) {
				for at, places := -1, 0; at < places; at++ { // first without what is another's
					q.begin(at, value)
					r := s.graphql(mine.token, strings.ToLower(root.Name)+" { "+q.field(field, 0)+" }")
					for _, e := range r.Errors {
						if code := e.Extensions.Code; code == "GRAPHQL_VALIDATION_FAILED" || code == "INTERNAL" {
							t.Fatalf("%s with %s: %+v", field.Name, foreign[value], e)
						}
					}
					places, asked = q.places, asked+1
					answer := strings.ReplaceAll(string(r.Data), value, "") // what one says oneself may come back
					himself = himself || strings.Contains(answer, "NO-MINE")
					if strings.Contains(answer, "鈴木") || strings.Contains(answer, "OTHERS") {
						t.Errorf("%s with %s of another shows him: %s", field.Name, foreign[value], answer)
					}
				}
			}
		}
	}
	if !himself || asked < 100 {
		t.Fatalf("%d documents, himself seen: %t; the reader has lost its way", asked, himself)
	}
	for table, rows := range s.rowsOf(other.row) {
		if before[table] != rows {
			t.Errorf("%s of another was changed", table)
		}
	}
}

// thingsOf are ids, codes and cursors of a shopper, with what each is of.
func (s *site) thingsOf(w shopper) map[string]string {
	s.t.Helper()
	things := map[string]string{w.id: "the id", "CODE-OTHERS": "the code", "NO-OTHERS": "the order number"}
	add := func(kind, sql string) {
		var ids []int64
		if err := s.app.DB.NewRaw(sql, w.row).Scan(context.Background(), &ids); err != nil {
			s.t.Fatal(err)
		}
		if len(ids) == 0 {
			s.t.Fatalf("the other has no %s", kind)
		}
		for _, id := range ids {
			things[gid.Encode(kind, id)], things[gid.EncodePair(kind, w.row, id)] = kind, kind+" of the other"
		}
	}
	add("Order", `SELECT id FROM orders WHERE customer_id = ?`)
	add("PointBooking", `SELECT id FROM point_bookings WHERE customer_id = ?`)
	add("PointLot", `SELECT id FROM point_lots WHERE customer_id = ?`)
	add("Offer", `SELECT offer_id FROM member_offers WHERE customer_id = ?`)
	var page struct {
		Me struct {
			Statement, Orders struct{ PageInfo struct{ EndCursor string } }
		}
	}
	if err := json.Unmarshal([]byte(s.data(w.token, `{ me { statement(first: 1) { pageInfo { endCursor } } orders(first: 1) { pageInfo { endCursor } } } }`)), &page); err != nil {
		s.t.Fatal(err)
	}
	things[page.Me.Statement.PageInfo.EndCursor] = "a cursor of the statement"
	things[page.Me.Orders.PageInfo.EndCursor] = "a cursor of the orders"
	return things
}

// rowsOf is what the database holds of a customer, by table.
func (s *site) rowsOf(customer int64) map[string]string {
	s.t.Helper()
	var tables []string
	if err := s.app.DB.NewRaw(`SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE a.attname = 'customer_id' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace`).Scan(context.Background(), &tables); err != nil {
		s.t.Fatal(err)
	}
	rows := map[string]string{}
	for _, table := range tables {
		var sum string
		if err := s.app.DB.NewRaw("SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM ? AS t WHERE customer_id = ?", bun.Ident(table), customer).Scan(context.Background(), &sum); err != nil {
			s.t.Fatal(err)
		}
		rows[table] = sum
	}
	return rows
}

// asker writes documents that ask for everything, one place of which holds what
// is another's.
type asker struct {
	schema *ast.Schema
	value  string // what is another's
	at     int    // the place it stands in
	places int    // so far in the document: where an id or a text may stand
}

func (q *asker) begin(at int, value string) { q.at, q.value, q.places = at, value, 0 }

// deepest bounds how far below a root field is selected; what a shopper sees goes
// no deeper.
const deepest = 6

func (q *asker) field(f *ast.FieldDefinition, depth int) string {
	var args []string
	for _, a := range f.Arguments {
		if value := q.input(a.Type); value != "" {
			args = append(args, a.Name+": "+value)
		}
	}
	text := f.Name
	if len(args) > 0 {
		text += "(" + strings.Join(args, ", ") + ")"
	}
	return text + q.selection(q.schema.Types[f.Type.Name()], depth+1)
}

func (q *asker) selection(def *ast.Definition, depth int) string {
	if def.IsLeafType() {
		return ""
	}
	parts := []string{"__typename"}
	for _, f := range def.Fields {
		below := q.schema.Types[f.Type.Name()]
		if strings.HasPrefix(f.Name, "__") || depth >= deepest && !below.IsLeafType() {
			continue
		}
		if auth := f.Directives.ForName("auth"); auth != nil && auth.Arguments.ForName("scope").Value.Raw != string(access.ScopeMe) {
			continue // of staff
		}
		parts = append(parts, q.field(f, depth))
	}
	return " { " + strings.Join(parts, " ") + " }"
}

// input is a value of the type, "" for one that can be left out: what is another's
// in its place, and something harmless elsewhere.
func (q *asker) input(of *ast.Type) string {
	text := of.Name() == "ID" || of.Name() == "String"
	here := text && q.places == q.at
	if text {
		q.places++
	}
	var value string
	switch def := q.schema.Types[of.Name()]; {
	case here:
		value = fmt.Sprintf("%q", q.value)
	case def.Kind == ast.InputObject:
		var parts []string
		for _, f := range def.Fields {
			if part := q.input(f.Type); part != "" {
				parts = append(parts, f.Name+": "+part)
			}
		}
		value = "{" + strings.Join(parts, ", ") + "}"
	case !of.NonNull:
		return ""
	case def.Kind == ast.Enum:
		value = def.EnumValues[0].Name
	case text:
		value = `"x"`
	case of.Name() == "Boolean":
		value = "true"
	default:
		value = "5"
	}
	if of.Elem != nil {
		return "[" + value + "]"
	}
	return value
}
