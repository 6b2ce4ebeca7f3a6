package intake

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
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
	if imp.MendsID != nil || imp.Mode == undoing || imp.Status != done || imp.Header == nil || imp.RowsQuarantined == imp.RowsMended {
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
	var counts readCounts
	sp, original, err := s.openMend(ctx, imp, up, 0, &counts, p)
	if err != nil {
		return readCounts{}, err
	}
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

// openMend reads a file of mended rows and gives them to the refused rows that
// stand behind a line. It answers with what puts them in the place of those, and
// with the file that they were refused in.
func (s *Service) openMend(ctx context.Context, imp *db.Import, up *db.Upload, behind int64, counts *readCounts, p *progress) (*splice, *db.Upload, error) {
	root, err := s.Find(ctx, *imp.MendsID)
	if err != nil {
		return nil, nil, err
	}
	if *counts, err = s.readPatches(ctx, imp, up, root, p); err != nil {
		return nil, nil, err
	}
	if err := s.settlePatches(ctx, imp, behind, counts); err != nil {
		return nil, nil, err
	}
	original := new(db.Upload)
	if err := s.db.NewSelect().Model(original).Where("id = ?", root.UploadID).Scan(ctx); err != nil {
		return nil, nil, db.Fault(err)
	}
	return &splice{s: s, root: root.ID, mend: imp.ID, width: len(root.Header), delim: root.Delimiter[0], counts: counts}, original, nil
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

// markRowsMended takes rows that a file mended out of the quarantine they were in.
func (s *Service) markRowsMended(ctx context.Context, tx db.Tx, imp *db.Import, lines []int64, now time.Time) error {
	if imp.MendsID == nil || len(lines) == 0 {
		return nil
	}
	_, err := tx.NewRaw(`UPDATE import_quarantine SET mended_at = ? WHERE import_id = ? AND patched_by = ? AND line_no = ANY (?::bigint[])`,
		now, *imp.MendsID, imp.ID, pgdialect.Array(lines)).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	return s.countMended(ctx, tx, *imp.MendsID)
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
	members, err := familyOf(ctx, b.tx, b.imp)
	b.family = map[int64]bool{}
	for _, id := range members {
		b.family[id] = true
	}
	return err
}

// familyOf are the imports of rows of the same file: the first one, and those
// that brought refused rows of it back mended.
func familyOf(ctx context.Context, idb bun.IDB, imp *db.Import) ([]int64, error) {
	root := imp.ID
	if imp.MendsID != nil {
		root = *imp.MendsID
	}
	var members []int64
	err := idb.NewRaw("SELECT id FROM imports WHERE ?0 IN (id, mends_id)", root).Scan(ctx, &members)
	return members, db.Fault(err)
}
