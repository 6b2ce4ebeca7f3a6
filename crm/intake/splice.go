package intake

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// splice puts mended rows in the place of those a file was refused, while the
// file is read once more.
//
// A mended row is never applied by itself: it is one line of an order whose
// other lines are in already, and where lines are known by their place, or
// where only an order's first row tells its totals, it says too little alone.
// With the whole file before it, reading gives exactly the order, and the
// hash, that a file without the fault would have given.
type splice struct {
	s       *Service
	root    int64 // whose rows were refused
	mend    int64 // whose file brings them back
	width   int
	delim   byte
	ahead   []patch // the next of them, by line
	asked   int64   // line up to which ahead was read
	drained bool
	at      patch // of the record put last; line 0: it stood as it was
	again   []patched
	counts  *readCounts
}

// patch is a mended row.
type patch struct {
	line  int64
	cells []*string // by the file's header; nil: as it stood
	mine  bool      // brought by this mend, not by one before
}

// patched is a mended row that was refused again.
type patched struct {
	line   int64
	raw    string
	faults []*mall.Problem
}

// patchPage is how many mended rows are read at once.
const patchPage = 500

// put is rec, or the mended row that stands in for it. The file's records come
// by line.
func (s *splice) put(ctx context.Context, rec record) (record, error) {
	s.at = patch{}
	for {
		if len(s.ahead) == 0 && !s.drained {
			if err := s.look(ctx); err != nil {
				return rec, err
			}
		}
		if len(s.ahead) == 0 || s.ahead[0].line > rec.line {
			return rec, nil
		}
		p := s.ahead[0]
		s.ahead = s.ahead[1:]
		if p.line == rec.line {
			s.at = p
			return s.mended(rec, p), nil
		}
	}
}

// look reads the next mended rows.
func (s *splice) look(ctx context.Context) error {
	rows, err := s.s.db.Pool.Query(ctx, `SELECT line_no, patch, patched_by = $1 FROM import_quarantine
		WHERE import_id = $2 AND patch IS NOT NULL AND line_no > $3 ORDER BY line_no LIMIT $4`, s.mend, s.root, s.asked, patchPage)
	if err != nil {
		return db.Fault(err)
	}
	s.ahead, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (p patch, err error) {
		var cells []byte
		if err := row.Scan(&p.line, &cells, &p.mine); err != nil {
			return p, err
		}
		return p, json.Unmarshal(cells, &p.cells)
	})
	if n := len(s.ahead); n > 0 {
		s.asked = s.ahead[n-1].line
	}
	s.drained = len(s.ahead) < patchPage
	return db.Fault(err)
}

// mended is the record with the patch's cells.
func (s *splice) mended(rec record, p patch) record {
	fields := make([]string, s.width)
	for i := range fields {
		stood := ""
		if i < len(rec.fields) {
			stood = rec.fields[i]
		}
		fields[i] = stood
		if i < len(p.cells) && p.cells[i] != nil {
			fields[i] = unspoilt(stood, *p.cells[i])
		}
	}
	return record{line: rec.line, fields: fields, raw: joinCells(fields, s.delim)}
}

// refuse notes that a mended row is still wrong. Rows that were refused before
// and are not of this mend stay as they are.
func (s *splice) refuse(ctx context.Context, rec record, faults []*mall.Problem) error {
	if s.at.line == 0 || !s.at.mine {
		return nil
	}
	s.counts.quarantined++
	s.again = append(s.again, patched{rec.line, rec.raw, faults})
	if len(s.again) < quarantineBatch {
		return nil
	}
	return s.flush(ctx)
}

// flush writes the reasons of rows that were refused again.
func (s *splice) flush(ctx context.Context) error {
	again := s.again
	s.again = nil
	return s.refuseAgain(ctx, s.s.db, again)
}

// refuseAgain writes why mended rows were refused again, with the text that was
// sent, so that the next download shows where the mending stands.
func (s *splice) refuseAgain(ctx context.Context, idb bun.IDB, again []patched) error {
	if len(again) == 0 {
		return nil
	}
	var lines []int64
	var codes, fields, details, more, raws []string
	for _, a := range again {
		first := a.faults[0]
		further, err := json.Marshal(furtherFaults(a.faults))
		if err != nil {
			return err
		}
		lines, raws = append(lines, a.line), append(raws, rawText([]byte(a.raw)))
		codes, fields, details, more = append(codes, first.Code), append(fields, first.Column), append(details, first.Detail), append(more, string(further))
	}
	_, err := idb.NewRaw(`UPDATE import_quarantine q
		SET code = f.code, field = f.field, detail = f.detail, more = f.more::jsonb, raw = f.raw, patch = NULL, patched_by = NULL
		FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) AS f (line_no, code, field, detail, more, raw)
		WHERE q.import_id = ? AND q.line_no = f.line_no AND q.patched_by = ? AND q.mended_at IS NULL`,
		pgdialect.Array(lines), pgdialect.Array(codes), pgdialect.Array(fields), pgdialect.Array(details), pgdialect.Array(more), pgdialect.Array(raws), s.root, s.mend).Exec(ctx)
	return db.Fault(err)
}

// keepMended leaves in the stage of a mending import only the orders that it
// mends: the file may be old, and others may have changed since. Whose the others
// are is noted, because they are counted already.
func keepMended(ctx context.Context, tx pgx.Tx, imp *db.Import) error {
	heads, lines := headsTable(imp.ID), linesTable(imp.ID)
	_, err := tx.Exec(ctx, `INSERT INTO `+customersTable(imp.ID)+`
		SELECT DISTINCT c.id, false FROM `+lines+` l JOIN `+heads+` h ON h.head = l.head
			JOIN order_keys k ON k.shop_id = $3 AND k.order_no = h.order_no JOIN customers c ON c.id = k.customer_id AND NOT c.anonymous
		WHERE NOT EXISTS (SELECT FROM import_quarantine q WHERE q.import_id = $1 AND q.line_no = l.line AND q.patched_by = $2)`,
		*imp.MendsID, imp.ID, imp.ShopID)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM `+heads+` WHERE order_no NOT IN (
		SELECT h.order_no FROM import_quarantine q JOIN `+lines+` l ON l.line = q.line_no JOIN `+heads+` h ON h.head = l.head
		WHERE q.import_id = $1 AND q.patched_by = $2)`, *imp.MendsID, imp.ID)
	return err
}

// joinCells writes cells as a row of a file.
func joinCells(cells []string, delim byte) string {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(delim)
		}
		writeCell(&b, c, delim)
	}
	return b.String()
}

// writeCell quotes a cell where it must be. Tab-separated files know no quotes.
func writeCell(b *strings.Builder, cell string, delim byte) {
	if delim == '\t' {
		b.WriteString(strings.NewReplacer("\t", " ", "\n", " ", "\r", "").Replace(cell))
		return
	}
	if !strings.ContainsAny(cell, "\"\r\n"+string(delim)) {
		b.WriteString(cell)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(cell, `"`, `""`))
	b.WriteByte('"')
}
