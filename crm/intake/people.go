package intake

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// peoplePerBatch bounds one transaction of a file of customers.
const peoplePerBatch = 5_000

// personFormat is how an import of customers is read, as it was when it began.
func personFormat(imp *db.Import) (mall.PersonFormat, error) {
	if len(imp.Mapping) > 0 && string(imp.Mapping) != "null" {
		m, err := mall.ParseMapping(imp.Mapping)
		return mall.MappingCustomers{Mapping: m}, err
	}
	f, ok := mall.PersonFormatByName(imp.Format)
	if !ok {
		return nil, fault.New(fault.Invalid, "there is no format %s", imp.Format).WithCode("UNKNOWN_FORMAT")
	}
	return f, nil
}

// readPeople fills the stage of a file of customers: one row per person.
// splice is as in read.
func (s *Service) readPeople(ctx context.Context, imp *db.Import, shop *db.Shop, up *db.Upload, format mall.PersonFormat, sp *splice, p *progress) (readCounts, error) {
	records, err := s.openRecords(ctx, up)
	if err != nil {
		return readCounts{}, err
	}
	defer records.Close()
	dec, err := format.BindPeople(records.columns)
	if err != nil {
		return readCounts{}, err
	}
	r := &reading{
		s: s, importID: imp.ID, records: records, progress: p, splice: sp,
		counts: readCounts{header: records.columns, delimiter: string(records.delim)},
	}
	if r.values, err = s.valueColumns(ctx, format, records.columns); err != nil {
		return readCounts{}, err
	}
	if r.known, err = s.knownNames(ctx, imp, shop); err != nil {
		return readCounts{}, err
	}
	into := newTableWriter(ctx, s.db, peopleTable(imp.ID), "line bigint NOT NULL, content text NOT NULL")
	if err := into.close(r.people(ctx, into, dec)); err != nil {
		return readCounts{}, err
	}
	if err := r.known.ensureMonths(ctx, s.db); err != nil {
		return readCounts{}, err
	}
	_, err = s.db.Pool.Exec(ctx, "CREATE UNIQUE INDEX ON "+peopleTable(imp.ID)+" (line)")
	return r.counts, db.Fault(err)
}

func (r *reading) people(ctx context.Context, into *tableWriter, dec mall.PersonDecoder) error {
	for {
		rec, err := r.records.next()
		if errors.Is(err, io.EOF) {
			r.progress.bytes.Store(r.records.read())
			return r.flushRefused(ctx)
		}
		if err != nil {
			return err
		}
		if r.counts.rows++; r.counts.rows&0x3FF == 0 {
			r.progress.bytes.Store(r.records.read())
			r.progress.rows.Store(r.counts.rows)
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if r.splice != nil {
			if rec, err = r.splice.put(ctx, rec); err != nil {
				return err
			}
			if !r.splice.at.mine {
				continue // what this file does not mend is in already, or stays refused
			}
		}
		if err := r.person(ctx, rec, into, dec); err != nil {
			return err
		}
	}
}

// person stages one record or refuses it.
func (r *reading) person(ctx context.Context, rec record, into *tableWriter, dec mall.PersonDecoder) error {
	if rec.code != "" {
		return r.refuse(ctx, rec, &mall.Problem{Code: rec.code, Detail: rec.detail})
	}
	staged, err := r.readPerson(rec.fields, dec)
	if err != nil {
		return r.refuseFor(ctx, rec, err, func(rec []string) error {
			_, err := r.readPerson(rec, dec)
			return err
		})
	}
	content, err := json.Marshal(staged)
	if err != nil {
		return err
	}
	return into.int(rec.line).text(string(content)).end()
}

func (r *reading) readPerson(rec []string, dec mall.PersonDecoder) (stagedPerson, error) {
	p, err := dec.Person(rec)
	if err == nil {
		err = r.known.check(p)
	}
	if err != nil {
		return stagedPerson{}, err
	}
	values, err := r.values.read(rec)
	return stagedPerson{p, values}, err
}

// stagedPerson is a person on the way into the database, with the values of
// custom properties by their rows.
type stagedPerson struct {
	mall.Person
	Values map[int64]json.RawMessage `json:",omitempty"`
}

// peopleBatch is the work of one transaction of a file of customers.
type peopleBatch struct {
	*batch
	*peopleLot
	people  *readAhead[*peopleLot]
	known   *knownNames
	who     []int64 // whose row each is
	new     []int64 // customers it made
	made    map[int64]bool
	touched map[int64]bool // of others, those whom a row told something new

	enrolled []int64 // of a file of members: whom it made members, or earlier ones
}

// run applies the rows behind imp.AppliedTo.
func (b *peopleBatch) run(ctx context.Context) error {
	b.figures.upTo = b.imp.AppliedTo
	if err := customer.Together(ctx, b.tx); err != nil {
		return err
	}
	if err := b.inLargeLots(ctx); err != nil {
		return err
	}
	var err error
	if b.peopleLot, b.figures.upTo, err = b.people.next(ctx, b.imp.AppliedTo); err != nil || len(b.lines) == 0 {
		return err
	}
	for _, step := range []func(context.Context) error{
		b.assign, b.compare, b.tellValues, b.record, b.recordTold, b.keep, b.enroll, b.bookPoints, b.followMembers, b.suppress, b.markMended,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	b.count()
	return nil
}

// assign finds or makes the customer of each row.
func (b *peopleBatch) assign(ctx context.Context) error {
	var err error
	b.who, b.new, err = customer.Assign(ctx, b.tx, b.imp.ID, b.evidence, b.now)
	b.made = make(map[int64]bool, len(b.new))
	for _, id := range b.new {
		b.made[id] = true
	}
	return err
}

// compare finds out who, of those whom this transaction did not make, gained
// something in it: a field of the profile, or a key to be known by.
func (b *peopleBatch) compare(ctx context.Context) error {
	b.touched = map[int64]bool{}
	var old, rows []int64
	for _, id := range b.who {
		if !b.made[id] {
			old = append(old, id)
		}
	}
	if len(old) == 0 {
		return nil
	}
	err := b.tx.NewRaw(`SELECT id FROM customers WHERE id = ANY (?0::bigint[]) AND xmin = pg_current_xact_id()::xid
		UNION SELECT customer_id FROM identity_keys WHERE customer_id = ANY (?0::bigint[]) AND xmin = pg_current_xact_id()::xid`,
		pgdialect.Array(old)).Scan(ctx, &rows)
	for _, id := range rows {
		b.touched[id] = true
	}
	return db.Fault(err)
}

// record takes down what the rows say about being written to. Without the
// words that were agreed to there is no consent, so that only refusals count.
func (b *peopleBatch) record(ctx context.Context) error {
	var told []customer.ImportedWord
	for i, words := range b.words {
		for _, w := range words {
			if !w.Given || b.imp.ConsentWording != "" {
				told = append(told, customer.ImportedWord{CustomerID: b.who[i], Channel: w.Channel, Given: w.Given, At: w.At, Line: b.lines[i]})
			}
		}
	}
	said, err := customer.RecordImported(ctx, b.tx, customer.Imported{
		ImportID: b.imp.ID, ShopID: b.shop.ID, Wording: b.imp.ConsentWording, At: b.imp.CreatedAt,
	}, told)
	for _, id := range said {
		b.touched[id] = true
	}
	b.figures.consents += int64(len(said))
	return err
}

// keep notes whom the import made or told something new, so that it can be undone.
func (b *peopleBatch) keep(ctx context.Context) error {
	var told []int64
	for id := range b.touched {
		if !b.made[id] {
			told = append(told, id)
		}
	}
	return b.tx.Pgx(func(tx pgx.Tx) error {
		var err error
		b.figures.made, err = tx.CopyFrom(ctx, pgx.Identifier{"import_customers"}, []string{"import_id", "customer_id"},
			pgx.CopyFromSlice(len(b.new), func(i int) ([]any, error) { return []any{b.imp.ID, b.new[i]}, nil }))
		if err != nil {
			return err
		}
		noted, err := tx.Exec(ctx, `INSERT INTO import_customers (import_id, customer_id) SELECT $1, unnest($2::bigint[]) ON CONFLICT DO NOTHING`, b.imp.ID, told)
		b.figures.customers = b.figures.made + noted.RowsAffected()
		return err
	})
}

// markMended takes the rows of a mending file out of the quarantine they were in.
func (b *peopleBatch) markMended(ctx context.Context) error {
	if b.imp.MendsID == nil {
		return nil
	}
	if err := b.s.markRowsMended(ctx, b.tx, b.imp, b.lines, b.now); err != nil {
		return err
	}
	return b.countAdded(ctx)
}

// countAdded counts whom neither the file that is mended nor another mend of it
// has made or told something new.
func (b *peopleBatch) countAdded(ctx context.Context) error {
	var all int64
	err := b.tx.NewRaw(`SELECT count(*) FROM import_customers i WHERE i.import_id = ?0 AND NOT EXISTS (
			SELECT FROM import_customers o JOIN imports m ON m.id = o.import_id
			WHERE o.customer_id = i.customer_id AND m.id <> ?0 AND ?1 IN (m.id, m.mends_id))`, b.imp.ID, *b.imp.MendsID).Scan(ctx, &all)
	b.figures.customersAdded = all - b.imp.CustomersAdded
	return db.Fault(err)
}

// count sorts the rows: the first of a customer it made, those that told
// something new of another, and the rest.
func (b *peopleBatch) count() {
	seen := map[int64]bool{}
	for _, id := range b.who {
		switch {
		case b.made[id] && !seen[id]:
			b.figures.inserted++
		case b.touched[id] && !b.made[id]:
			b.figures.updated++
		default:
			b.figures.unchanged++
		}
		seen[id] = true
	}
}
