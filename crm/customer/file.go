package customer

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/spreadsheet"
	"github.com/meguri-crm/meguri/db"
)

// filePage is how many customers are read at a time.
const filePage = 1000

// Choice is some customers: those with the ids, or all that a filter leaves.
type Choice struct {
	IDs    []int64
	Filter *Filter
}

// MaxChosen is the most customers that are chosen by their ids.
const MaxChosen = 5000

// Chosen are the ids of a choice, in the order of the list. Who was merged away
// or stands for nobody in particular is left out of ids that are given.
// Errors: fault.Invalid for both ways or none, or too many ids; those of List;
// fault.Unavailable when it takes too long.
func (s *Service) Chosen(ctx context.Context, c Choice, by Sort, descending bool) ([]int64, error) {
	if (c.Filter == nil) == (len(c.IDs) == 0) {
		return nil, fault.New(fault.Invalid, "give customers by their ids or by a filter").WithCode("NOBODY_CHOSEN").At("customers")
	}
	if len(c.IDs) > MaxChosen {
		return nil, fault.New(fault.Invalid, "at most %d customers by their ids; give a filter for more", MaxChosen).
			WithCode("TOO_MANY_CHOSEN").At("customers").With("max", MaxChosen)
	}
	var f Filter
	if c.Filter != nil {
		f = *c.Filter
	}
	var ids []int64
	err := s.readAll(ctx, f, func(ctx context.Context, idb bun.IDB, n narrowing) error {
		q := n.of(idb, "s")
		if c.Filter == nil {
			q.Where("c.id = ANY (?::bigint[])", pgdialect.Array(c.IDs))
		}
		return ordered(q, by, descending, nil).ColumnExpr("s.customer_id").Scan(ctx, &ids)
	})
	return ids, err
}

// File is customers as a file for a spreadsheet.
type File struct {
	service *Service
	ids     []int64
	columns []fileColumn
	locale  string
	zone    *time.Location
}

// Order is which customers a file has, in which order, and what of them.
type Order struct {
	Choice     Choice
	By         Sort
	Descending bool
	Columns    []string // as the list names them; unknown ones are left out
	Locale     string   // ja or en, of the words
}

// Download prepares a file of customers as they stand in the list now. That it
// was taken is noted in the audit log: it is personal data leaving the house.
// Errors: those of Chosen.
func (s *Service) Download(ctx context.Context, o Order, zone *time.Location) (*File, error) {
	ids, err := s.Chosen(ctx, o.Choice, o.By, o.Descending)
	if err != nil {
		return nil, err
	}
	kept, err := property.List(ctx, s.db, false)
	if err != nil {
		return nil, err
	}
	f := &File{service: s, ids: ids, locale: o.Locale, zone: zone}
	for _, c := range slices.Concat(fileColumns, propertyColumns(kept)) {
		if c.list == "" || slices.Contains(o.Columns, c.list) {
			f.columns = append(f.columns, c)
		}
	}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		return access.Audit(ctx, tx, access.Entry{
			Action: "customer.download", ObjectKind: "Customer", Detail: map[string]any{"customers": len(ids), "columns": len(f.columns)},
		})
	})
	return f, err
}

// WriteTo streams the file. Amounts are in the minor unit of the base currency.
func (f *File) WriteTo(ctx context.Context, to io.Writer) error {
	w := spreadsheet.NewWriter(to)
	header := make([]string, len(f.columns))
	for i, c := range f.columns {
		header[i] = c.ja
		if f.locale == "en" {
			header[i] = c.en
		}
	}
	if err := w.Write(header); err != nil {
		return err
	}
	for ids := range slices.Chunk(f.ids, filePage) {
		if err := f.writePage(ctx, w, ids); err != nil {
			return err
		}
	}
	return w.Close()
}

func (f *File) writePage(ctx context.Context, w *spreadsheet.Writer, ids []int64) error {
	rows, err := f.service.listed(ctx, ids)
	if err != nil {
		return err
	}
	holdings, err := f.service.holdings(ctx, ids)
	if err != nil {
		return err
	}
	held, err := property.Of(ctx, f.service.db, ids)
	if err != nil {
		return err
	}
	tags, err := f.service.tagNames(ctx, ids)
	if err != nil {
		return err
	}
	cells := make([]string, len(f.columns))
	for _, row := range rows {
		line := fileLine{Listed: row, holding: holdings[row.ID], held: held[row.ID], tags: tags[row.ID], file: f}
		for i, c := range f.columns {
			cells[i] = c.cell(line)
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	return nil
}

// holding is what a member holds.
type holding struct {
	CustomerID  int64
	Stage       string
	Points      int64 // usable
	Outstanding int64 // usable, pending and held
}

// holdings are stage and points of members.
func (s *Service) holdings(ctx context.Context, ids []int64) (map[int64]holding, error) {
	var rows []holding
	err := s.db.NewRaw(`SELECT m.customer_id, g.name AS stage, coalesce(p.available, 0) AS points,
			coalesce(p.available + p.pending + p.held, 0) AS outstanding
		FROM member_stages m JOIN stages g ON g.id = m.stage_id LEFT JOIN point_accounts p ON p.customer_id = m.customer_id
		WHERE m.customer_id = ANY (?::bigint[])`, pgdialect.Array(ids)).Scan(ctx, &rows)
	found := make(map[int64]holding, len(rows))
	for _, r := range rows {
		found[r.CustomerID] = r
	}
	return found, db.Fault(err)
}

// tagNames are the tags of customers in one text each.
func (s *Service) tagNames(ctx context.Context, ids []int64) (map[int64]string, error) {
	var rows []struct {
		CustomerID int64
		Names      string
	}
	err := s.db.NewRaw(`SELECT t.customer_id, string_agg(g.name, '、' ORDER BY g.name) AS names FROM customer_taggings t JOIN customer_tags g ON g.id = t.tag_id
		WHERE t.customer_id = ANY (?::bigint[]) GROUP BY 1`, pgdialect.Array(ids)).Scan(ctx, &rows)
	found := make(map[int64]string, len(rows))
	for _, r := range rows {
		found[r.CustomerID] = r.Names
	}
	return found, db.Fault(err)
}
