package intake

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// maxMappingName is in characters.
const maxMappingName = 100

// EnsureBuiltIn keeps the mappings that ship with the product as rows, so that
// they have ids and are listed beside the merchant's own.
func (s *Service) EnsureBuiltIn(ctx context.Context) error {
	mappings, err := mall.BuiltInMappings()
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(mappings)) {
		definition, err := json.Marshal(mappings[name])
		if err != nil {
			return err
		}
		_, err = s.db.NewRaw(`INSERT INTO import_mappings AS m (name, definition, built_in, updated_at) VALUES (?, ?::jsonb, true, ?)
			ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, built_in = true, updated_at = excluded.updated_at
			WHERE m.definition <> excluded.definition OR NOT m.built_in`, name, string(definition), s.clock.Now()).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
	}
	return nil
}

// Mappings lists the mappings by name.
func (s *Service) Mappings(ctx context.Context) ([]db.ImportMapping, error) {
	var rows []db.ImportMapping
	err := s.db.NewSelect().Model(&rows).OrderExpr("name").Scan(ctx)
	return rows, db.Fault(err)
}

// FindMapping is the mapping called name. Errors: fault.NotFound.
func (s *Service) FindMapping(ctx context.Context, name string) (mall.Mapping, error) {
	row := new(db.ImportMapping)
	if err := s.db.NewSelect().Model(row).Where("name = ?", name).Scan(ctx); err != nil {
		return mall.Mapping{}, missing(err, "mapping", "there is no such mapping")
	}
	return mall.ParseMapping(row.Definition)
}

// SaveMapping keeps a mapping under its name, replacing an older one. Imports
// that have begun keep the one they began with.
// Errors: fault.Invalid BAD_MAPPING; fault.Precondition for names of built-in mappings.
func (s *Service) SaveMapping(ctx context.Context, name string, definition []byte) (*db.ImportMapping, error) {
	m, err := mall.ParseMapping(definition)
	if err != nil {
		return nil, err
	}
	if name == "" || utf8.RuneCountInString(name) > maxMappingName {
		return nil, fault.New(fault.Invalid, "a mapping's name has 1 to %d letters", maxMappingName).At("name")
	}
	m.Name = name
	canonical, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	var rows []db.ImportMapping
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		err := tx.NewRaw(`INSERT INTO import_mappings AS m (name, definition, updated_at) VALUES (?, ?::jsonb, ?)
			ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, updated_at = excluded.updated_at
			WHERE NOT m.built_in RETURNING *`, name, string(canonical), s.clock.Now()).Scan(ctx, &rows)
		if err != nil {
			return db.Fault(err)
		}
		if len(rows) == 0 {
			return fault.New(fault.Precondition, "this mapping comes with Meguri and cannot be changed; save it under another name").
				WithCode("BUILT_IN_MAPPING").At("name")
		}
		return access.Audit(ctx, tx, access.Entry{Action: "importMapping.save", ObjectKind: "ImportMapping", ObjectID: rows[0].ID})
	})
	if err != nil {
		return nil, err
	}
	return &rows[0], nil
}

// RenameMapping gives a mapping another name; imports that used it keep the one
// they began with. Errors: fault.NotFound; fault.Invalid; fault.Precondition
// BUILT_IN_MAPPING; fault.Conflict when the name is taken.
func (s *Service) RenameMapping(ctx context.Context, id int64, name string) (*db.ImportMapping, error) {
	if name = strings.TrimSpace(name); name == "" || utf8.RuneCountInString(name) > maxMappingName {
		return nil, fault.New(fault.Invalid, "a mapping's name has 1 to %d letters", maxMappingName).WithCode("NAME_REQUIRED").At("name")
	}
	return s.changeMapping(ctx, id, "importMapping.rename",
		"UPDATE import_mappings SET name = ?1, definition = jsonb_set(definition, '{name}', to_jsonb(?1::text)), updated_at = ?2 WHERE id = ?0 RETURNING *", id, name, s.clock.Now())
}

// RemoveMapping removes a mapping; imports that used it can still be mended and
// resumed. Errors: fault.NotFound; fault.Precondition BUILT_IN_MAPPING.
func (s *Service) RemoveMapping(ctx context.Context, id int64) (*db.ImportMapping, error) {
	return s.changeMapping(ctx, id, "importMapping.remove", "DELETE FROM import_mappings WHERE id = ?0 RETURNING *", id)
}

// changeMapping changes a mapping of the merchant's own.
func (s *Service) changeMapping(ctx context.Context, id int64, action, sql string, args ...any) (*db.ImportMapping, error) {
	row := new(db.ImportMapping)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return missing(err, "id", "there is no such mapping")
		}
		if row.BuiltIn {
			return fault.New(fault.Precondition, "this mapping comes with Meguri and cannot be changed").WithCode("BUILT_IN_MAPPING").At("id")
		}
		if err := tx.NewRaw(sql, args...).Scan(ctx, row); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "ImportMapping", ObjectID: id})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Inspection is what a file turned out to be.
type Inspection struct {
	Format    string // "" when no mall writes these columns
	Mall      mall.Mall
	Companion *mall.Companion // of files that tell one half of their orders
	ToldBy    []string        // columns of the file by which its format was told; empty when it is of none
	Nearly    string          // the format it would be of with the columns in Missing; "" when it is of one, or of none
	Missing   []mall.Lack
	Encoding  Encoding
	Delimiter string // comma, tab or semicolon
	Header    []string
	Sample    [][]string
	Fitting   []db.ImportMapping // mappings whose columns are all there
	// JoinedColumn says since when people are members, of a format of customers; "": none does.
	JoinedColumn string
	MendsID      int64 // of refused rows that come back mended, the import they were refused in; 0: something else
}

// sampleRows is how many rows an inspection shows.
const sampleRows = 20

// Inspect looks into an upload. Errors: fault.NotFound; fault.Invalid when it is no table.
func (s *Service) Inspect(ctx context.Context, uploadID int64) (*Inspection, error) {
	up, err := s.findUpload(ctx, uploadID, "uploadId")
	if err != nil {
		return nil, err
	}
	mappings, err := s.Mappings(ctx)
	if err != nil {
		return nil, err
	}
	records, err := s.openRecords(ctx, up)
	if err != nil {
		return nil, err
	}
	defer records.Close()
	in := &Inspection{Encoding: Encoding(up.Encoding), Delimiter: delimiterNames[records.delim], Header: records.columns}
	in.detect()
	in.MendsID, _ = mendedImport(in.Header)
	for _, row := range mappings {
		m, err := mall.ParseMapping(row.Definition)
		if err != nil {
			return nil, err
		}
		if fits(m, in.Header) {
			in.Fitting = append(in.Fitting, row)
		}
	}
	if mall.Loose(in.Format) && slices.ContainsFunc(in.Fitting, func(m db.ImportMapping) bool { return !m.BuiltIn }) {
		in.Format, in.ToldBy = "", nil
	}
	for len(in.Sample) < sampleRows {
		rec, err := records.next()
		if err != nil {
			break // the end, or a file that was cut off; the import itself will say
		}
		if rec.code == "" {
			in.Sample = append(in.Sample, rec.fields)
		}
	}
	return in, nil
}

// detect tells by the header which mall's file it is, or nearly is, and by which
// of its columns.
func (in *Inspection) detect() {
	if f, err := mall.Detect(in.Header); err == nil {
		in.Format, in.Mall = f.Name(), f.Mall()
		if dec, err := f.Bind(in.Header); err == nil {
			in.Companion = companionOf(dec)
		}
		in.ToldBy = mall.ToldBy(in.Header, func(header []string) error { _, err := f.Bind(header); return err })
		return
	}
	if f, ok := mall.DetectPeople(in.Header); ok {
		in.Format, in.Mall, in.JoinedColumn = f.Name(), f.Mall(), joinedColumn(f, in.Header)
		in.ToldBy = mall.ToldBy(in.Header, func(header []string) error { _, err := f.BindPeople(header); return err })
		return
	}
	if f, ok := mall.DetectTable(in.Header); ok {
		in.Format = f.Name()
		in.ToldBy = mall.ToldBy(in.Header, func(header []string) error { _, err := f.BindTable(header); return err })
		return
	}
	if near, missing := mall.Nearly(in.Header); near != nil {
		in.Nearly, in.Missing = near.Name(), missing
	}
}

// fits says that a file has the columns of a mapping.
func fits(m mall.Mapping, header []string) bool {
	if m.Kind == mall.CustomersKind {
		_, err := mall.MappingCustomers{Mapping: m}.BindPeople(header)
		return err == nil
	}
	_, err := mall.MappingOrders{Mapping: m}.Bind(header)
	return err == nil
}

func companionOf(dec mall.Decoder) *mall.Companion {
	half, ok := dec.(mall.Half)
	if !ok {
		return nil
	}
	c := half.Companion()
	if c.Format == "" {
		return nil
	}
	return &c
}

var delimiterNames = map[byte]string{',': "comma", '\t': "tab", ';': "semicolon"}
