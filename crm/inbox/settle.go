package inbox

import (
	"context"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/db"
)

// importFailed is why a file failed whose import did not say.
const importFailed = "IMPORT_FAILED"

// settle moves a file away whose imports have ended, and notes how.
func (w *worker) settle(ctx context.Context, dir *os.Root, row *db.InboxFile) error {
	if row.Code == nil && row.SameAs == nil {
		ended, err := w.verdict(ctx, row)
		if err != nil || !ended {
			return err
		}
	}
	row.Status = done
	if row.Code != nil {
		row.Status = failed
	}
	var err error
	if row.MovedTo, err = w.move(dir, row); err != nil {
		return &trouble{notWritable, err}
	}
	return w.settled(ctx, row)
}

// verdict is how the imports of a file ended: into row where one failed.
func (w *worker) verdict(ctx context.Context, row *db.InboxFile) (ended bool, err error) {
	var imports []db.Import
	err = w.s.DB.NewSelect().Model(&imports).Column("id", "status", "mode", "error_code", "error_detail").
		Where("inbox_file_id = ? AND mends_id IS NULL", row.ID).Order("id").Scan(ctx)
	if err != nil {
		return false, db.Fault(err)
	}
	for _, imp := range imports {
		switch {
		case imp.Mode == "UNDO", imp.Status == "DONE":
		case imp.Status == "FAILED":
			code := importFailed
			if imp.ErrorCode != nil {
				code = *imp.ErrorCode
			}
			row.Code = &code
			if imp.ErrorDetail != nil {
				row.Detail = *imp.ErrorDetail
			}
		case imp.Status == "STOPPED": // by staff, who may let it go on days later
			return false, nil
		default:
			w.open++
			return false, nil
		}
	}
	return true, nil
}

// settled notes what became of a file.
func (w *worker) settled(ctx context.Context, row *db.InboxFile) error {
	now := w.s.Clock.Now()
	row.SettledAt = &now
	err := db.RunInTx(ctx, w.s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := w.hold(ctx, tx); err != nil {
			return err
		}
		_, err := tx.NewUpdate().Model(row).WherePK().Column("status", "code", "detail", "moved_to", "settled_at").Exec(ctx)
		return db.Fault(err)
	})
	if err != nil || row.Status != failed {
		return err
	}
	w.s.Log.WarnContext(ctx, "watched folder: a file failed", "folder", w.row.ID, "file", row.ID, "code", *row.Code)
	return w.alarm(ctx)
}

// move puts a file into done or failed, with the reason beside it, and answers
// its name there; "" where it is no longer there, or another is under its name.
// What a worker moved that was killed before it could note it is found again.
func (w *worker) move(dir *os.Root, row *db.InboxFile) (string, error) {
	to := doneDir
	if row.Status == failed {
		to = failedDir
	}
	info, err := dir.Lstat(row.Name)
	if gone(err) {
		return movedBefore(dir, to, row), nil
	}
	if err != nil {
		return "", err
	}
	if !unchanged(row, info) {
		w.open++
		return "", nil
	}
	if err := dir.MkdirAll(to, 0o770); err != nil {
		return "", err
	}
	name := row.Name
	if _, err := dir.Lstat(path.Join(to, name)); !gone(err) {
		name = numbered(row)
	}
	if row.Code != nil {
		if err := dir.WriteFile(path.Join(to, name+".reason.txt"), []byte(reason(row)), 0o660); err != nil {
			return "", err
		}
	}
	return name, dir.Rename(row.Name, path.Join(to, name))
}

// numbered is the name of a file beside one of its name.
func numbered(row *db.InboxFile) string {
	ext := path.Ext(row.Name)
	return strings.TrimSuffix(row.Name, ext) + "-" + strconv.FormatInt(row.ID, 10) + ext
}

func movedBefore(dir *os.Root, to string, row *db.InboxFile) string {
	for _, name := range []string{numbered(row), row.Name} {
		if _, err := dir.Lstat(path.Join(to, name)); err == nil {
			return name
		}
	}
	return ""
}
