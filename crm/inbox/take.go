package inbox

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/db"
)

// unreadable is why a file is not taken that the system does not let us read.
const unreadable = "UNREADABLE"

// errGrowing ends the taking of a file that is written to after all.
var errGrowing = errors.New("inbox: the file is still written to")

// take begins the imports of a file, or notes why it does not.
func (w *worker) take(ctx context.Context, dir *os.Root, row *db.InboxFile) error {
	f, err := dir.Open(row.Name)
	if gone(err) {
		return nil
	}
	if err != nil {
		return w.refuse(ctx, dir, row, unreadable, "")
	}
	defer func() { _ = f.Close() }()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return w.refuse(ctx, dir, row, unreadable, "")
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return w.refuse(ctx, dir, row, unreadable, "")
	}
	row.SHA256 = hash.Sum(nil)
	first, err := w.first(ctx, row)
	if err != nil {
		return err
	}
	if first != nil && !first.Undone {
		row.SameAs = &first.ID
		return w.noteAndSettle(ctx, dir, row)
	}
	err = w.begin(ctx, row, first, f)
	var refused *fault.Error
	switch {
	case errors.Is(err, errGrowing):
		row.SHA256 = nil
		w.open++
		return w.restart(ctx, row)
	case errors.As(err, &refused) && refused.Kind != fault.Unavailable && refused.Kind != fault.Internal:
		row.SHA256 = nil
		columns, _ := refused.Params["columns"].([]string)
		return w.refuse(ctx, dir, row, refused.CodeOrKind(), strings.Join(columns, ", "))
	case err == nil:
		row.Status = taken
		w.open++
	}
	return err
}

// earlier is the file of the same content that was taken before.
type earlier struct {
	ID     int64
	Undone bool // all of its imports were, or are being
}

// first is the file of the same content that was taken before; nil: there is none.
func (w *worker) first(ctx context.Context, row *db.InboxFile) (*earlier, error) {
	var rows []earlier
	err := w.s.DB.NewRaw(`SELECT f.id, NOT EXISTS (SELECT FROM imports i WHERE i.inbox_file_id = f.id AND i.mode <> 'UNDO') AS undone
		FROM inbox_files f WHERE f.inbox_id = ? AND f.sha256 = ? AND f.same_as IS NULL AND f.status IN ('TAKEN', 'DONE')`, w.row.ID, row.SHA256).Scan(ctx, &rows)
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err)
	}
	return &rows[0], nil
}

// begin begins the imports of a file in the transaction that notes it as taken,
// unless it is written to meanwhile. Where the imports of an earlier one of the
// same content were undone, this one is the first from now on.
func (w *worker) begin(ctx context.Context, row *db.InboxFile, before *earlier, content io.Reader) error {
	hash := sha256.New()
	all := io.TeeReader(content, hash)
	laid := intake.Laid{
		FileID: row.ID, ShopID: w.row.ShopID, Mapping: w.row.Mapping, ConsentWording: w.row.ConsentWording, WithoutMembers: w.row.WithoutMembers,
		Name: row.Name, Content: all,
	}
	return w.s.Intake.TakeLaid(ctx, laid, func(ctx context.Context, tx db.Tx) error {
		if _, err := io.Copy(io.Discard, all); err != nil {
			return errGrowing
		}
		if !bytes.Equal(hash.Sum(nil), row.SHA256) {
			return errGrowing
		}
		if err := w.hold(ctx, tx); err != nil {
			return err
		}
		if before != nil {
			if _, err := tx.NewRaw("UPDATE inbox_files SET sha256 = NULL WHERE id = ?", before.ID).Exec(ctx); err != nil {
				return db.Fault(err)
			}
		}
		_, err := tx.NewRaw("UPDATE inbox_files SET status = 'TAKEN', sha256 = ? WHERE id = ?", row.SHA256, row.ID).Exec(ctx)
		return db.Fault(err)
	})
}

// restart has a file wait anew until it is written to no more.
func (w *worker) restart(ctx context.Context, row *db.InboxFile) error {
	_, err := w.s.DB.NewRaw("UPDATE inbox_files SET seen_at = ? WHERE id = ?", w.s.Clock.Now(), row.ID).Exec(ctx)
	return db.Fault(err)
}

// refuse notes why a file does not come in, and moves it away.
func (w *worker) refuse(ctx context.Context, dir *os.Root, row *db.InboxFile, code, detail string) error {
	row.Code, row.Detail = &code, detail
	return w.noteAndSettle(ctx, dir, row)
}

// noteAndSettle notes that no import of a file begins before it is moved away, so
// that a kill in between forgets neither.
func (w *worker) noteAndSettle(ctx context.Context, dir *os.Root, row *db.InboxFile) error {
	row.Status = taken
	err := db.RunInTx(ctx, w.s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := w.hold(ctx, tx); err != nil {
			return err
		}
		_, err := tx.NewUpdate().Model(row).WherePK().Column("status", "sha256", "same_as", "code", "detail").Exec(ctx)
		return db.Fault(err)
	})
	if err != nil {
		return err
	}
	return w.settle(ctx, dir, row)
}
