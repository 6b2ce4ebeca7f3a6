package intake

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// duplicateLine is the code of a line whose key its order has already.
const duplicateLine = "DUPLICATE_LINE"

// refuseRepeated moves lines whose key an earlier run of their order has into
// the quarantine: of the import itself, or back into that of the import it mends.
func refuseRepeated(ctx context.Context, tx pgx.Tx, imp *db.Import) (int64, error) {
	heads, lines := headsTable(imp.ID), linesTable(imp.ID)
	keep, args := `INSERT INTO import_quarantine (import_id, line_no, code, detail, raw)
		SELECT $1, line, '`+duplicateLine+`', 'line ' || first || ' has the same key', '' FROM gone`, []any{imp.ID}
	if imp.MendsID != nil {
		keep, args = `UPDATE import_quarantine q SET code = '`+duplicateLine+`', field = '', detail = 'line ' || first || ' has the same key',
			patch = NULL, patched_by = NULL
		FROM gone WHERE q.import_id = $2 AND q.line_no = gone.line AND q.patched_by = $1 AND q.mended_at IS NULL`, []any{imp.ID, *imp.MendsID}
	}
	tag, err := tx.Exec(ctx, `
		WITH ranked AS (
			SELECT l.line, min(l.line) OVER (PARTITION BY h.canon, l.line_key) AS first
			FROM `+heads+` h JOIN `+lines+` l USING (head)
			WHERE h.keyed AND l.line_key IS NOT NULL AND h.canon IN (SELECT canon FROM `+heads+` WHERE canon <> head)
		), gone AS (
			DELETE FROM `+lines+` l USING ranked r WHERE l.line = r.line AND r.line <> r.first
			RETURNING l.line, l.head, l.quantity, l.amount, r.first
		), less AS (
			UPDATE `+heads+` h SET lines = h.lines - g.lines, quantity = h.quantity - g.quantity, amount = h.amount - g.amount
			FROM (SELECT head, count(*) AS lines, sum(quantity) AS quantity, sum(amount) AS amount FROM gone GROUP BY head) g
			WHERE h.head = g.head
		)
		`+keep, args...)
	return tag.RowsAffected(), err
}

// fillRaw reads the file once more for the text of the rows that were found out
// to be duplicates only when all of it was staged.
func (s *Service) fillRaw(ctx context.Context, imp *db.Import, up *db.Upload) error {
	records, err := s.openRecords(ctx, up)
	if err != nil {
		return err
	}
	defer records.Close()
	for after := int64(0); ; {
		var lines []int64
		err := s.db.NewRaw(`SELECT line_no FROM import_quarantine WHERE import_id = ? AND line_no > ? AND code = ? AND raw = ''
			ORDER BY line_no LIMIT ?`, imp.ID, after, duplicateLine, quarantineBatch).Scan(ctx, &lines)
		if err != nil || len(lines) == 0 {
			return db.Fault(err)
		}
		after = lines[len(lines)-1]
		if err := s.fillRawOf(ctx, imp, records, lines); err != nil {
			return err
		}
	}
}

// fillRawOf reads on to the last of lines, which lie ahead in their order.
func (s *Service) fillRawOf(ctx context.Context, imp *db.Import, records *fileRecords, lines []int64) error {
	raws := make([]string, 0, len(lines))
	for len(raws) < len(lines) {
		rec, err := records.next()
		if err != nil {
			return err
		}
		if rec.line == lines[len(raws)] {
			raws = append(raws, records.rawOf(rec))
		}
	}
	_, err := s.db.NewRaw(`UPDATE import_quarantine q SET raw = f.raw FROM unnest(?::bigint[], ?::text[]) AS f (line_no, raw)
		WHERE q.import_id = ? AND q.line_no = f.line_no`, pgdialect.Array(lines), pgdialect.Array(raws), imp.ID).Exec(ctx)
	return db.Fault(err)
}
