package property

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Canonical is SQL for the value of a row v of property_values as JSON.
const Canonical = "coalesce(to_jsonb(v.text), to_jsonb(trim_scale(v.number)), to_jsonb(v.day), to_jsonb(v.flag), to_jsonb(v.choices))"

// Held are the values of one customer by the ids of properties; what is not
// known is not there.
type Held map[int64]json.RawMessage

// Of are the values of customers; who has none is left out.
func (s *Service) Of(ctx context.Context, customerIDs []int64) (map[int64]Held, error) {
	return Of(ctx, s.db, customerIDs)
}

// Of is as Service.Of.
func Of(ctx context.Context, idb bun.IDB, customerIDs []int64) (map[int64]Held, error) {
	var rows []struct {
		CustomerID, PropertyID int64
		Value                  json.RawMessage
	}
	err := idb.NewRaw("SELECT v.customer_id, v.property_id, "+Canonical+" AS value FROM property_values v WHERE v.customer_id = ANY (?::bigint[])",
		pgdialect.Array(customerIDs)).Scan(ctx, &rows)
	found := make(map[int64]Held, len(customerIDs))
	for _, r := range rows {
		if found[r.CustomerID] == nil {
			found[r.CustomerID] = Held{}
		}
		found[r.CustomerID][r.PropertyID] = r.Value
	}
	return found, db.Fault(err)
}

// Write is one value to write.
type Write struct {
	CustomerID int64
	Property   Definition
	Value      json.RawMessage // canonical; Nothing takes what is there away
}

// Set writes values of one customer, by the keys of properties; what is not
// named stays. It answers with the keys whose values changed.
// Errors: fault.NotFound; those of Check; fault.Invalid NO_SUCH_PROPERTY;
// fault.Precondition ANONYMOUS_CUSTOMER.
func (s *Service) Set(ctx context.Context, customerID int64, values map[string]json.RawMessage) (changed []string, err error) {
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := Holdable(ctx, tx, customerID); err != nil {
			return err
		}
		changed, err = s.SetIn(ctx, tx, customerID, values)
		return err
	})
	return changed, err
}

// SetIn is Set for a customer whom the transaction holds or has just made.
func (s *Service) SetIn(ctx context.Context, tx db.Tx, customerID int64, values map[string]json.RawMessage) (changed []string, err error) {
	all, err := List(ctx, tx, false)
	if err != nil {
		return nil, err
	}
	held, err := Of(ctx, tx, []int64{customerID})
	if err != nil {
		return nil, err
	}
	writes, changed, err := prepare(all, customerID, values, held[customerID])
	if err != nil || len(writes) == 0 {
		return nil, err
	}
	if err := Put(ctx, tx, writes, s.clock.Now(), 0); err != nil {
		return nil, err
	}
	return changed, access.Audit(ctx, tx, access.Entry{
		Action: "customer.properties", ObjectKind: "Customer", ObjectID: customerID, Detail: map[string]any{"properties": strings.Join(changed, ", ")},
	})
}

// FillIn writes, of what a customer told a while ago, that of which nothing is
// known yet, in a transaction that holds him. A property that went out of use
// since, or a choice that is no longer offered, is left out.
func (s *Service) FillIn(ctx context.Context, tx db.Tx, customerID int64, values map[string]json.RawMessage) error {
	if len(values) == 0 {
		return nil
	}
	all, err := List(ctx, tx, false)
	if err != nil {
		return err
	}
	held, err := Of(ctx, tx, []int64{customerID})
	if err != nil {
		return err
	}
	left := map[string]json.RawMessage{}
	for _, d := range all {
		value, told := values[d.Key]
		if !told || Known(held[customerID][d.ID]) {
			continue
		}
		if value, err := d.Check(value, nil); err == nil {
			left[d.Key] = value
		}
	}
	_, err = s.SetIn(ctx, tx, customerID, left)
	return err
}

// prepare checks values and leaves out what is there already.
func prepare(all []Definition, customerID int64, values map[string]json.RawMessage, held Held) (writes []Write, changed []string, err error) {
	for key := range values {
		if !slices.ContainsFunc(all, func(d Definition) bool { return d.Key == key }) {
			return nil, nil, fault.New(fault.Invalid, "there is no such property in use").WithCode("NO_SUCH_PROPERTY").At("values." + key)
		}
	}
	for _, d := range all {
		value, told := values[d.Key]
		if !told {
			continue
		}
		value, err := d.Check(value, held[d.ID])
		if err != nil {
			return nil, nil, err
		}
		was, there := held[d.ID]
		if !there {
			was = Nothing
		}
		if Same(was, value) {
			continue
		}
		writes, changed = append(writes, Write{customerID, d, value}), append(changed, d.Key)
	}
	return writes, changed, nil
}

// Same reports whether two canonical values are one; Postgres writes spaces into
// lists.
func Same(a, b json.RawMessage) bool {
	var x, y bytes.Buffer
	return json.Compact(&x, a) == nil && json.Compact(&y, b) == nil && bytes.Equal(x.Bytes(), y.Bytes())
}

// Holdable locks a customer who may have values.
// Errors: fault.NotFound, also of one merged away; fault.Precondition ANONYMOUS_CUSTOMER.
func Holdable(ctx context.Context, tx bun.IDB, customerID int64) error {
	var anonymous bool
	err := tx.NewRaw("SELECT anonymous FROM customers WHERE id = ? AND merged_into IS NULL FOR NO KEY UPDATE", customerID).Scan(ctx, &anonymous)
	if err = db.Fault(err); fault.Is(err, fault.NotFound) {
		return fault.New(fault.NotFound, "there is no such customer").At("customerId")
	}
	if err == nil && anonymous {
		return fault.New(fault.Precondition, "this customer stands for all buyers a shop does not name").WithCode("ANONYMOUS_CUSTOMER").At("customerId")
	}
	return err
}

// Put writes checked values, at most one per customer and property, in tx.
// importID is the file that told them, 0: none; what it overwrites is kept for
// its undo.
func Put(ctx context.Context, tx bun.IDB, writes []Write, now time.Time, importID int64) error {
	_, err := Tell(ctx, tx, writes, now, importID)
	return err
}

// Tell is Put that answers with the customers of whom something is known now
// that was not, or otherwise.
func Tell(ctx context.Context, tx bun.IDB, writes []Write, now time.Time, importID int64) (changed []int64, err error) {
	var customers, properties []int64
	var values []string
	for _, w := range writes {
		customers, properties = append(customers, w.CustomerID), append(properties, w.Property.ID)
		values = append(values, string(w.Value))
	}
	args := []any{pgdialect.Array(customers), pgdialect.Array(properties), pgdialect.Array(values), now, importID}
	const told = "WITH told AS (SELECT customer_id, property_id, value::jsonb FROM unnest(?0::bigint[], ?1::bigint[], ?2::text[]) AS t (customer_id, property_id, value)) "
	if importID != 0 {
		_, err := tx.NewRaw(told+`INSERT INTO import_property_values (import_id, customer_id, property_id, before)
			SELECT ?4, t.customer_id, t.property_id, `+Canonical+` FROM told t LEFT JOIN property_values v USING (customer_id, property_id)
			ON CONFLICT DO NOTHING`, args...).Exec(ctx)
		if err != nil {
			return nil, db.Fault(err)
		}
	}
	_, err = tx.NewRaw(told+`DELETE FROM property_values v USING told t
		WHERE v.customer_id = t.customer_id AND v.property_id = t.property_id AND t.value = 'null'::jsonb`, args...).Exec(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	err = tx.NewRaw(told+upsert("told t", "nullif(?4, 0)")+" RETURNING v.customer_id", args...).Scan(ctx, &changed)
	slices.Sort(changed)
	return slices.Compact(changed), db.Fault(err)
}

// upsert is SQL that writes rows t of customer_id, property_id and a value that
// says something; ?3 is now. What is there already is not touched.
func upsert(rows, importID string) string {
	return `INSERT INTO property_values AS v (customer_id, property_id, text, number, day, flag, choices, import_id, updated_at)
	SELECT t.customer_id, p.id,
		CASE WHEN p.type IN ('TEXT','CHOICE') THEN t.value #>> '{}' END,
		CASE WHEN p.type = 'NUMBER' THEN (t.value #>> '{}')::numeric END,
		CASE WHEN p.type = 'DATE' THEN (t.value #>> '{}')::date END,
		CASE WHEN p.type = 'BOOLEAN' THEN (t.value #>> '{}')::boolean END,
		CASE WHEN p.type = 'CHOICES' THEN ARRAY(SELECT jsonb_array_elements_text(t.value)) END,
		` + importID + `, ?3
	FROM ` + rows + ` JOIN properties p ON p.id = t.property_id WHERE t.value <> 'null'::jsonb
	ON CONFLICT (customer_id, property_id) DO UPDATE SET text = excluded.text, number = excluded.number, day = excluded.day,
		flag = excluded.flag, choices = excluded.choices, import_id = excluded.import_id, updated_at = excluded.updated_at
	WHERE (v.text, v.number, v.day, v.flag, v.choices) IS DISTINCT FROM (excluded.text, excluded.number, excluded.day, excluded.flag, excluded.choices)`
}

// TakeBack undoes what an import wrote of these customers, or of whom they were
// merged into, where it is still what is there.
func TakeBack(ctx context.Context, tx bun.IDB, importID int64, customerIDs []int64, now time.Time) error {
	const who = `WITH RECURSIVE who (id, customer_id) AS (SELECT unnest(?0::bigint[]), unnest(?0::bigint[])
			UNION SELECT w.id, c.merged_into FROM who w JOIN customers c ON c.id = w.customer_id WHERE c.merged_into IS NOT NULL),
		mine AS (SELECT DISTINCT ON (v.customer_id, v.property_id) v.customer_id, v.property_id, i.before AS value
			FROM who w JOIN import_property_values i ON i.import_id = ?4 AND i.customer_id = w.id
			JOIN property_values v ON v.customer_id = w.customer_id AND v.property_id = i.property_id AND v.import_id = ?4
			ORDER BY v.customer_id, v.property_id, i.customer_id) `
	args := []any{pgdialect.Array(customerIDs), nil, nil, now, importID}
	_, err := tx.NewRaw(who+`DELETE FROM property_values v USING mine t
		WHERE v.customer_id = t.customer_id AND v.property_id = t.property_id AND t.value IS NULL`, args...).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	// The value that was there is nobody's import now: an earlier undo has had its turn.
	if _, err = tx.NewRaw(who+upsert("mine t", "NULL"), args...).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	_, err = tx.NewRaw("DELETE FROM import_property_values WHERE import_id = ? AND customer_id = ANY (?::bigint[])", importID, pgdialect.Array(customerIDs)).Exec(ctx)
	return db.Fault(err)
}

// WouldTakeBack is how many values TakeBack would put back, as things stand.
func WouldTakeBack(ctx context.Context, idb bun.IDB, importID int64) (values int64, err error) {
	err = idb.NewRaw(`SELECT count(*) FROM import_property_values i JOIN property_values v
		ON (v.customer_id, v.property_id, v.import_id) = (survivor_of(i.customer_id), i.property_id, i.import_id) WHERE i.import_id = ?`, importID).Scan(ctx, &values)
	return values, db.Fault(err)
}

// usesSQL counts the values of properties kind by kind: each kind has an index
// that begins with the property, while no index has them all.
const usesSQL = `
SELECT p.id AS property_id,
       (SELECT count(*) FROM property_values v WHERE v.property_id = p.id AND v.text IS NOT NULL)
     + (SELECT count(*) FROM property_values v WHERE v.property_id = p.id AND v.number IS NOT NULL)
     + (SELECT count(*) FROM property_values v WHERE v.property_id = p.id AND v.day IS NOT NULL)
     + (SELECT count(*) FROM property_values v WHERE v.property_id = p.id AND v.flag IS NOT NULL)
     + (SELECT count(*) FROM property_values v WHERE v.property_id = p.id AND v.choices IS NOT NULL) AS people
FROM properties p WHERE p.id = ANY (?::bigint[])`

// Uses is how many customers have a value of each property.
func (s *Service) Uses(ctx context.Context, ids []int64) (map[int64]int, error) {
	var rows []struct {
		PropertyID int64
		People     int
	}
	err := s.db.NewRaw(usesSQL, pgdialect.Array(ids)).Scan(ctx, &rows)
	found := make(map[int64]int, len(rows))
	for _, r := range rows {
		found[r.PropertyID] = r.People
	}
	return found, db.Fault(err)
}
