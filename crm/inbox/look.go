package inbox

import (
	"cmp"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// maxFiles is how many files may lie in a folder: so many are looked at.
const maxFiles = 5_000

// look settles what was taken, takes what has stopped growing, and notes the rest.
func (w *worker) look(ctx context.Context) error {
	dir, err := os.OpenRoot(filepath.Join(w.s.Root, w.row.Folder))
	if err != nil {
		return &trouble{folderGone, err}
	}
	defer func() { _ = dir.Close() }()
	there, err := list(dir)
	if err != nil {
		return err
	}
	rows, err := w.openFiles(ctx)
	if err != nil {
		return err
	}
	if err := w.clear(ctx, dir); err != nil {
		return err
	}
	for _, row := range rows {
		if row.Status == taken {
			if err := w.settle(ctx, dir, row); err != nil {
				return err
			}
			delete(there, row.Name) // what lies there under its name now is seen by the next look
		}
	}
	for _, info := range inOrder(there) {
		if err := w.see(ctx, dir, rows[info.Name()], info); err != nil {
			return err
		}
	}
	return w.forget(ctx, rows, there)
}

// list is what lies in a folder and may be an import: files that are not hidden
// and not named as unfinished ones are.
func list(dir *os.Root) (map[string]fs.FileInfo, error) {
	top, err := dir.Open(".")
	if err != nil {
		return nil, &trouble{folderGone, err}
	}
	defer func() { _ = top.Close() }()
	entries, err := top.ReadDir(-1)
	if err != nil {
		return nil, &trouble{folderGone, err}
	}
	there := map[string]fs.FileInfo{}
	for _, e := range entries {
		if !e.Type().IsRegular() || unfinished(e.Name()) {
			continue
		}
		info, err := e.Info()
		if gone(err) {
			continue
		}
		if err != nil {
			return nil, &trouble{folderGone, err}
		}
		if there[e.Name()] = info; len(there) > maxFiles {
			return nil, &trouble{tooMany, fs.ErrInvalid}
		}
	}
	return there, nil
}

// unfinished says that a name is one that programs give to what they still write.
func unfinished(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasSuffix(name, "~") ||
		slices.Contains([]string{".tmp", ".part", ".partial", ".filepart", ".crdownload", ".writing", ".lock"}, strings.ToLower(filepath.Ext(name)))
}

// inOrder are files from the oldest to the newest.
func inOrder(there map[string]fs.FileInfo) []fs.FileInfo {
	files := make([]fs.FileInfo, 0, len(there))
	for _, info := range there {
		files = append(files, info)
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), strings.Compare(a.Name(), b.Name()))
	})
	return files
}

// openFiles are the files that are not settled, by name.
func (w *worker) openFiles(ctx context.Context) (map[string]*db.InboxFile, error) {
	var rows []*db.InboxFile
	err := w.s.DB.NewSelect().Model(&rows).Where("inbox_id = ? AND status IN ('SEEN', 'TAKEN')", w.row.ID).Order("id").Scan(ctx)
	by := map[string]*db.InboxFile{}
	for _, r := range rows {
		by[r.Name] = r
	}
	return by, db.Fault(err)
}

// see notes a file that is new or has changed, and takes one that has not for a while.
func (w *worker) see(ctx context.Context, dir *os.Root, row *db.InboxFile, info fs.FileInfo) error {
	now := w.s.Clock.Now()
	if row == nil {
		row = &db.InboxFile{InboxID: w.row.ID, Name: info.Name(), Size: info.Size(), ModifiedAt: stamp(info), SeenAt: now, Status: seen}
		_, err := w.s.DB.NewInsert().Model(row).Exec(ctx)
		w.open++
		return db.Fault(err)
	}
	if !unchanged(row, info) {
		return w.grew(ctx, row, info)
	}
	if now.Sub(row.SeenAt) < Settled {
		w.open++
		return nil
	}
	return w.take(ctx, dir, row)
}

// grew notes that a file is another than it was.
func (w *worker) grew(ctx context.Context, row *db.InboxFile, info fs.FileInfo) error {
	w.open++
	row.Size, row.ModifiedAt, row.SeenAt = info.Size(), stamp(info), w.s.Clock.Now()
	_, err := w.s.DB.NewUpdate().Model(row).WherePK().Column("size", "modified_at", "seen_at").Exec(ctx)
	return db.Fault(err)
}

// stamp is a file's time as the database keeps it.
func stamp(info fs.FileInfo) time.Time { return info.ModTime().Truncate(time.Microsecond) }

func unchanged(row *db.InboxFile, info fs.FileInfo) bool {
	return row.Size == info.Size() && row.ModifiedAt.Equal(stamp(info))
}

// forget drops what was seen and is no longer there.
func (w *worker) forget(ctx context.Context, rows map[string]*db.InboxFile, there map[string]fs.FileInfo) error {
	var lost []int64
	for name, row := range rows {
		if _, ok := there[name]; !ok && row.Status == seen {
			lost = append(lost, row.ID)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	_, err := w.s.DB.NewRaw("DELETE FROM inbox_files WHERE id = ANY (?::bigint[]) AND status = 'SEEN'", pgdialect.Array(lost)).Exec(ctx)
	return db.Fault(err)
}

// clear notes which files staff has taken out of failed.
func (w *worker) clear(ctx context.Context, dir *os.Root) error {
	var rows []*db.InboxFile
	err := w.s.DB.NewSelect().Model(&rows).Where("inbox_id = ? AND status = 'FAILED' AND cleared_at IS NULL", w.row.ID).Order("id").Limit(maxFiles).Scan(ctx)
	if err != nil {
		return db.Fault(err)
	}
	var cleared []int64
	for _, r := range rows {
		if _, err := dir.Stat(filepath.Join(failedDir, r.MovedTo)); r.MovedTo == "" || gone(err) {
			cleared = append(cleared, r.ID)
		}
	}
	if len(cleared) == 0 {
		return nil
	}
	if _, err := w.s.DB.NewRaw("UPDATE inbox_files SET cleared_at = ? WHERE id = ANY (?::bigint[])", w.s.Clock.Now(), pgdialect.Array(cleared)).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	return w.alarm(ctx)
}
