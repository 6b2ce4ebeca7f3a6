package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/spreadsheet"
	"github.com/meguri-crm/meguri/db"
)

// The codes of rows of a mending file that cannot be told to be of any refused row.
const (
	noLineNumber        = "NO_LINE_NUMBER"
	unknownLineNumber   = "UNKNOWN_LINE_NUMBER"
	duplicateLineNumber = "DUPLICATE_LINE_NUMBER"
)

// lineColumn heads the column of a downloaded quarantine that says which row of
// which import each is. It names the import, so that a mended file is known for
// what it is wherever it is dropped.
func lineColumn(importID int64) string { return fmt.Sprintf("行番号(取り込み%d)", importID) }

// reasonColumn heads the column that says why a row was refused.
const reasonColumn = "理由"

var lineColumnName = regexp.MustCompile(`^行番号\(取り込み(\d+)\)$`)

// mendedImport finds which import a file brings rows of, and in which column
// their line numbers stand; 0 for a file that is no mended quarantine.
func mendedImport(header []string) (importID int64, column int) {
	for i, name := range header {
		m := lineColumnName.FindStringSubmatch(strings.ReplaceAll(norm.NFKC.String(name), " ", ""))
		if m == nil {
			continue
		}
		if id, err := strconv.ParseInt(m[1], 10, 64); err == nil {
			return id, i
		}
	}
	return 0, -1
}

// Mend begins to take in the refused rows of an import that an upload brings
// back mended: a downloaded quarantine, whatever columns were added to it. Rows
// that are right now go in, in their orders, and leave the quarantine; the rest
// stay in it with their reason. The same file again changes nothing.
// Errors: fault.NotFound; fault.Invalid NO_LINE_COLUMN, OTHER_IMPORT when the
// file is no quarantine of this import; fault.Precondition IMPORT_NOT_DONE,
// IMPORT_UNDONE, MEND_EXPIRED when the file it was refused in is swept, and
// SHOP_ARCHIVED; fault.Conflict IMPORTS_MENDING_KEY while another file is mending it.
func (s *Service) Mend(ctx context.Context, importID, uploadID int64) (*db.Import, error) {
	root, err := s.mendable(ctx, importID)
	if err != nil {
		return nil, err
	}
	up := new(db.Upload)
	if err := s.db.NewSelect().Model(up).Where("id = ?", uploadID).Scan(ctx); err != nil {
		return nil, missing(err, "uploadId", "there is no such upload")
	}
	header, err := s.headerOf(ctx, up)
	if err != nil {
		return nil, err
	}
	switch id, _ := mendedImport(header); id {
	case root.ID:
	case 0:
		return nil, fault.New(fault.Invalid, "the file has no column %s", lineColumn(root.ID)).WithCode("NO_LINE_COLUMN").At("uploadId")
	default:
		return nil, fault.New(fault.Invalid, "the file holds refused rows of another import").WithCode("OTHER_IMPORT").At("uploadId")
	}
	return s.beginMend(ctx, root, up)
}

func (s *Service) beginMend(ctx context.Context, root *db.Import, up *db.Upload) (*db.Import, error) {
	imp := &db.Import{
		ShopID: root.ShopID, UploadID: up.ID, FileName: up.Name, Format: root.Format, Kind: root.Kind, Mapping: root.Mapping,
		ConsentWording: root.ConsentWording, MendsID: &root.ID, BytesTotal: up.Size,
		CreatedAt: s.clock.Now(), CreatedBy: access.From(ctx).StaffID(),
	}
	imp.Fingerprint = fingerprint(up, imp)
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(imp).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if err := live.Notify(ctx, tx, live.Import, root.ID); err != nil {
			return db.Fault(err)
		}
		return s.wake(ctx, tx, imp.ID, "import.mend")
	})
	return imp, err
}

// MendableUntil is until when refused rows of an import can come back mended;
// nil when none can.
func MendableUntil(imp *db.Import) *time.Time {
	if imp.MendsID != nil || imp.Mode == undoing || imp.Status != done || imp.Header == nil || imp.RowsQuarantined == imp.RowsMended || isTable(imp.Kind) {
		return nil
	}
	until := imp.CreatedAt.Add(keepContentFor)
	return &until
}

// MendedRow is a refused row that was corrected on screen.
type MendedRow struct {
	Line  int64
	Cells []string // by the import's header
}

// maxMendedRows bounds what is corrected on screen at once.
const maxMendedRows = 100

// MendRows is Mend for rows that were corrected on screen. They take the way of
// a file, so that there is one way.
// Errors: as Mend; fault.Invalid when a row has not a cell for each column.
func (s *Service) MendRows(ctx context.Context, importID int64, rows []MendedRow) (*db.Import, error) {
	root, err := s.mendable(ctx, importID)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || len(rows) > maxMendedRows {
		return nil, fault.New(fault.Invalid, "mend 1 to %d rows at once", maxMendedRows).At("rows")
	}
	var b strings.Builder
	b.WriteString(joinCells(append([]string{lineColumn(root.ID)}, root.Header...), ',') + "\n")
	for _, row := range rows {
		if len(row.Cells) != len(root.Header) {
			return nil, fault.New(fault.Invalid, "a row has %d cells, one for each column", len(root.Header)).At("rows")
		}
		b.WriteString(joinCells(append([]string{strconv.FormatInt(row.Line, 10)}, row.Cells...), ',') + "\n")
	}
	var by int64
	if staff := access.From(ctx).StaffID(); staff != nil {
		by = *staff
	}
	up, err := s.Upload(ctx, root.FileName, strings.NewReader(b.String()), by)
	if err != nil {
		return nil, err
	}
	return s.beginMend(ctx, root, up)
}

// mendable is the import whose refused rows may come back: of one that mends
// another, that other.
func (s *Service) mendable(ctx context.Context, importID int64) (*db.Import, error) {
	root, err := s.Find(ctx, importID)
	if err != nil {
		return nil, err
	}
	if root.MendsID != nil {
		return s.mendable(ctx, *root.MendsID)
	}
	var archived, there bool
	err = s.db.NewRaw(`SELECT (SELECT archived_at IS NOT NULL FROM shops WHERE id = ?), EXISTS (SELECT FROM upload_chunks WHERE upload_id = ?)`,
		root.ShopID, root.UploadID).Scan(ctx, &archived, &there)
	switch {
	case err != nil:
		return nil, db.Fault(err)
	case root.Mode == undoing:
		return nil, fault.New(fault.Precondition, "the import was undone").WithCode("IMPORT_UNDONE").At("id")
	case root.Status != done:
		return nil, fault.New(fault.Precondition, "the import is not done yet").WithCode("IMPORT_NOT_DONE").At("id")
	case archived:
		return nil, fault.New(fault.Precondition, "the shop is archived").WithCode("SHOP_ARCHIVED").At("id")
	case root.Header == nil || !there:
		return nil, fault.New(fault.Precondition, "the file is no longer kept; export it anew").WithCode("MEND_EXPIRED").At("id")
	}
	return root, nil
}

// readMend reads a file of mended rows, and then once more the file that they
// were refused in, with them in their places.
func (s *Service) readMend(ctx context.Context, imp *db.Import, up *db.Upload, again reader, p *progress) (readCounts, error) {
	root, err := s.Find(ctx, *imp.MendsID)
	if err != nil {
		return readCounts{}, err
	}
	counts, err := s.readPatches(ctx, imp, up, root, p)
	if err != nil {
		return readCounts{}, err
	}
	if err := s.settlePatches(ctx, imp, &counts); err != nil {
		return readCounts{}, err
	}
	original := new(db.Upload)
	if err := s.db.NewSelect().Model(original).Where("id = ?", root.UploadID).Scan(ctx); err != nil {
		return readCounts{}, db.Fault(err)
	}
	sp := &splice{s: s, root: root.ID, mend: imp.ID, width: len(root.Header), delim: root.Delimiter[0], counts: &counts}
	reread, err := again(ctx, original, sp, new(progress))
	if err != nil {
		return readCounts{}, err
	}
	if err := sp.flush(ctx); err != nil {
		return readCounts{}, err
	}
	counts.quarantined += reread.quarantined
	return counts, nil
}

// readPatches copies the rows of a mending file beside the stage. What cannot
// be taken apart, or has no line number, is refused as of the mending import.
func (s *Service) readPatches(ctx context.Context, imp *db.Import, up *db.Upload, root *db.Import, p *progress) (readCounts, error) {
	records, err := s.openRecords(ctx, up)
	if err != nil {
		return readCounts{}, err
	}
	defer records.Close()
	_, at := mendedImport(records.columns)
	r := &reading{s: s, importID: imp.ID, records: records, progress: p, counts: readCounts{header: records.columns, delimiter: string(records.delim)}}
	into := newTableWriter(ctx, s.db, patchesTable(imp.ID), "at bigint NOT NULL, line bigint NOT NULL, cells text NOT NULL, raw text NOT NULL")
	err = r.patches(ctx, into, at, places(root.Header, records.columns, at))
	return r.counts, into.close(err)
}

func (r *reading) patches(ctx context.Context, into *tableWriter, at int, places []int) error {
	for {
		rec, err := r.records.next()
		if errors.Is(err, io.EOF) {
			r.progress.bytes.Store(r.records.read())
			return r.flushRefused(ctx)
		}
		if err != nil {
			return err
		}
		r.counts.rows++
		if err := ctx.Err(); err != nil {
			return err
		}
		if rec.code != "" {
			if err := r.refuse(ctx, rec, &mall.Problem{Code: rec.code, Detail: rec.detail}); err != nil {
				return err
			}
			continue
		}
		line, err := strconv.ParseInt(strings.TrimSpace(norm.NFKC.String(rec.fields[at])), 10, 64)
		if err != nil {
			if err := r.refuse(ctx, rec, &mall.Problem{Code: noLineNumber, Column: reasonColumn}); err != nil {
				return err
			}
			continue
		}
		cells, err := json.Marshal(patchCells(rec.fields, places))
		if err != nil {
			return err
		}
		if err := into.int(rec.line).int(line).text(string(cells)).text(r.records.rawOf(rec)).end(); err != nil {
			return err
		}
	}
}

// places finds the columns of a file by name in another, where names may be
// shielded; of columns with one name the first is the first. -1: it has none.
func places(header, in []string, except int) []int {
	fold := func(s string) string { return strings.ToLower(strings.TrimSpace(norm.NFKC.String(s))) }
	byName := map[string][]int{}
	for i, name := range in {
		if i != except {
			byName[fold(name)] = append(byName[fold(name)], i)
		}
	}
	found := make([]int, len(header))
	for i, name := range header {
		found[i] = -1
		for _, name := range []string{fold(name), fold(spreadsheet.Shielded(name))} {
			if at := byName[name]; len(at) > 0 {
				found[i], byName[name] = at[0], at[1:]
				break
			}
		}
	}
	return found
}

func patchCells(fields []string, places []int) []*string {
	cells := make([]*string, len(places))
	for i, at := range places {
		if at >= 0 && at < len(fields) {
			cells[i] = &fields[at]
		}
	}
	return cells
}

// settlePatches gives the rows of a mending file to the refused rows they mend.
// It can be done again: rows that went in already keep what went in.
func (s *Service) settlePatches(ctx context.Context, imp *db.Import, counts *readCounts) error {
	patches := patchesTable(imp.ID)
	return pgx.BeginFunc(ctx, s.db.Pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE import_quarantine SET patch = NULL, patched_by = NULL
			WHERE import_id = $1 AND patched_by = $2 AND mended_at IS NULL`, *imp.MendsID, imp.ID)
		if err != nil {
			return db.Fault(err)
		}
		tag, err := tx.Exec(ctx, `WITH wrong AS (
				DELETE FROM `+patches+` p USING (
					SELECT n.at, CASE WHEN q.line_no IS NULL THEN '`+unknownLineNumber+`' ELSE '`+duplicateLineNumber+`' END AS code
					FROM (SELECT at, line, row_number() OVER (PARTITION BY line ORDER BY at) AS nth FROM `+patches+`) n
					LEFT JOIN import_quarantine q ON q.import_id = $1 AND q.line_no = n.line
					WHERE q.line_no IS NULL OR n.nth > 1) w
				WHERE w.at = p.at RETURNING p.at, p.line, p.raw, w.code)
			INSERT INTO import_quarantine (import_id, line_no, code, detail, raw) SELECT $2, at, code, line::text, raw FROM wrong`, *imp.MendsID, imp.ID)
		if err != nil {
			return db.Fault(err)
		}
		counts.quarantined += tag.RowsAffected()
		err = tx.QueryRow(ctx, `SELECT count(*) FROM `+patches+` p JOIN import_quarantine q ON q.import_id = $1 AND q.line_no = p.line
			WHERE q.mended_at IS NOT NULL AND q.patched_by <> $2`, *imp.MendsID, imp.ID).Scan(&counts.known)
		if err != nil {
			return db.Fault(err)
		}
		_, err = tx.Exec(ctx, `UPDATE import_quarantine q SET patch = p.cells::jsonb, patched_by = $2 FROM `+patches+` p
			WHERE q.import_id = $1 AND q.line_no = p.line AND q.mended_at IS NULL`, *imp.MendsID, imp.ID)
		if err != nil {
			return db.Fault(err)
		}
		_, err = tx.Exec(ctx, "DROP TABLE "+patches)
		return db.Fault(err)
	})
}

// markMended takes the rows that the batch brings out of the quarantine they
// were in, and counts them by order.
func (b *batch) markMended(ctx context.Context) error {
	orders := slices.Concat(b.orders, b.waiting)
	if b.imp.MendsID == nil || len(orders) == 0 {
		return nil
	}
	var rows []struct{ Head, Mended int64 }
	err := b.tx.NewRaw(`WITH marked AS (
			UPDATE import_quarantine q SET mended_at = ?, order_id = nullif(m.order_id, 0) FROM `+b.lineSource()+`
			WHERE q.import_id = ? AND q.line_no = l.line AND q.patched_by = ? AND q.mended_at IS NULL RETURNING m.head)
		SELECT head, count(*) AS mended FROM marked GROUP BY head`,
		slices.Concat([]any{b.now}, rowArgs(orders), []any{*b.imp.MendsID, b.imp.ID})...).Scan(ctx, &rows)
	if err != nil {
		return db.Fault(err)
	}
	mended := map[int64]int64{}
	for _, r := range rows {
		mended[r.Head] = r.Mended
	}
	for _, o := range orders {
		for _, head := range o.rowHeads() {
			o.mended += mended[head]
		}
	}
	return b.s.countMended(ctx, b.tx, *b.imp.MendsID)
}

// countMended brings the count of an import's mended rows up to date.
func (s *Service) countMended(ctx context.Context, tx db.Tx, importID int64) error {
	_, err := tx.NewRaw(`UPDATE imports SET rows_mended =
		(SELECT count(*) FROM import_quarantine WHERE import_id = ?0 AND mended_at IS NOT NULL) WHERE id = ?0`, importID).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	return db.Fault(live.Notify(ctx, tx, live.Import, importID))
}

// loadFamily finds the imports whose word on an order a mending import may replace.
func (b *batch) loadFamily(ctx context.Context) error {
	if b.imp.MendsID == nil {
		return nil
	}
	var members []int64
	err := b.tx.NewRaw("SELECT id FROM imports WHERE ?0 IN (id, mends_id)", *b.imp.MendsID).Scan(ctx, &members)
	b.family = map[int64]bool{}
	for _, id := range members {
		b.family[id] = true
	}
	return db.Fault(err)
}
