package intake

import (
	"context"
	"maps"
	"slices"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/imprint"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
)

// Thing is what the undoing of a file that is neither of orders nor of customers
// would change of one kind.
type Thing struct {
	Kind imprint.Kind
	imprint.Undone
}

// marks is what an import of such a file left; none for the others.
func (s *Service) marks(imp *db.Import) []imprint.Mark {
	if taker := s.hooks.Tables[imp.Kind]; taker != nil {
		return taker.Marks()
	}
	return nil
}

// totalLeft is how many rows of such a file there are to be taken back.
func (s *Service) totalLeft(ctx context.Context, idb bun.IDB, imp *db.Import) (total int64, err error) {
	for _, m := range s.marks(imp) {
		u, _, err := m.Preview(ctx, idb, imp.ID)
		if err != nil {
			return 0, err
		}
		total += u.Total()
	}
	return total, nil
}

// undoMarks takes back the next rows of such a file. People stay who they are
// meanwhile: behaviours are theirs.
func (w *worker) undoMarks(ctx context.Context) (more bool, err error) {
	before := *w.imp
	err = db.RunInTx(ctx, w.s.db, func(ctx context.Context, tx db.Tx) error {
		if err := customer.Together(ctx, tx); err != nil {
			return err
		}
		for _, m := range w.s.marks(w.imp) {
			u, err := m.TakeBack(ctx, tx, w.imp.ID, rowsPerBatch)
			if err != nil || u.Total() == 0 {
				if err != nil {
					return err
				}
				continue
			}
			more = true
			err = w.update(ctx, tx, "undo_removed = undo_removed + ?, undo_restored = undo_restored + ?, undo_kept = undo_kept + ?", u.Removed, u.Restored, u.Kept)
			if err != nil {
				return err
			}
			return db.Fault(live.Notify(ctx, tx, live.Import, w.imp.ID))
		}
		return nil
	})
	if err != nil {
		*w.imp = before
	}
	return more, err
}

// previewMarks says what would become of each kind of thing, and names the later
// imports that keep some.
func (s *Service) previewMarks(ctx context.Context, p *UndoPreview, imp *db.Import) error {
	blockers := map[int64]int64{}
	for _, m := range s.marks(imp) {
		u, later, err := m.Preview(ctx, s.db, imp.ID)
		if err != nil {
			return err
		}
		if u.Total() > 0 {
			p.Things = append(p.Things, Thing{m.Kind(), u})
		}
		for id, rows := range later {
			blockers[id] += rows
		}
	}
	if len(blockers) == 0 {
		return nil
	}
	ids := slices.Sorted(maps.Keys(blockers))
	slices.Reverse(ids)
	err := s.db.NewRaw("SELECT id AS import_id, file_name FROM imports WHERE id IN (?) ORDER BY id DESC", bun.List(ids[:min(len(ids), maxBlockers)])).Scan(ctx, &p.Later)
	for i, b := range p.Later {
		p.Later[i].Rows = blockers[b.ImportID]
	}
	return db.Fault(err)
}
