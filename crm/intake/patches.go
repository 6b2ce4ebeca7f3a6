package intake

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/spreadsheet"
	"github.com/meguri-crm/meguri/db"
)

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

// settlePatches gives the rows of a mending file to the refused rows behind a
// line that they mend. It can be done again: rows that went in already keep what
// went in.
func (s *Service) settlePatches(ctx context.Context, imp *db.Import, behind int64, counts *readCounts) error {
	patches := patchesTable(imp.ID)
	return pgx.BeginFunc(ctx, s.db.Pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE import_quarantine SET patch = NULL, patched_by = NULL
			WHERE import_id = $1 AND patched_by = $2 AND mended_at IS NULL AND line_no > $3`, *imp.MendsID, imp.ID, behind)
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
			WHERE q.import_id = $1 AND q.line_no = p.line AND q.mended_at IS NULL AND q.line_no > $3`, *imp.MendsID, imp.ID, behind)
		if err != nil {
			return db.Fault(err)
		}
		_, err = tx.Exec(ctx, "DROP TABLE "+patches)
		return db.Fault(err)
	})
}
