package inbox

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

const (
	maxFolders = 50
	maxName    = 100 // bytes of a folder's name
	maxWording = 2000
	// shownFiles is how many files a folder's overview tells of.
	shownFiles = 10
)

// Draft is what an owner enters of a folder.
type Draft struct {
	Folder         string // its name below the root; it is made where it is not there
	ShopID         int64
	Mapping        string // its name; "": files are told by their header row
	ConsentWording string
	WithoutMembers bool
	Stopped        bool // it is not looked into
}

// Overview is a folder with what lay in it lately.
type Overview struct {
	db.Inbox
	Path    string // where it is on the server
	Waiting int    // files that lie there
	Failed  int    // files in failed that are still there
	Files   []File // the newest first, at most shownFiles
}

// File is a file with the imports it became.
type File struct {
	db.InboxFile `bun:",extend"`

	Imports []int64 `bun:",array"`
}

// List is all folders by name.
func (s *Service) List(ctx context.Context) ([]Overview, error) {
	var rows []db.Inbox
	if err := s.DB.NewSelect().Model(&rows).Order("folder").Limit(maxFolders).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	all := make([]Overview, len(rows))
	for i := range rows {
		var err error
		if all[i], err = s.overview(ctx, &rows[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Look is the overview of one folder, and an error as it is.
func (s *Service) Look(ctx context.Context, row *db.Inbox, err error) (Overview, error) {
	if err != nil {
		return Overview{}, err
	}
	return s.overview(ctx, row)
}

func (s *Service) overview(ctx context.Context, row *db.Inbox) (Overview, error) {
	o := Overview{Inbox: *row, Path: filepath.Join(s.Root, row.Folder)}
	err := s.DB.NewRaw(`SELECT count(*) FILTER (WHERE status IN ('SEEN', 'TAKEN')), count(*) FILTER (WHERE status = 'FAILED' AND cleared_at IS NULL)
		FROM inbox_files WHERE inbox_id = ? AND (status <> 'DONE')`, row.ID).Scan(ctx, &o.Waiting, &o.Failed)
	if err != nil {
		return o, db.Fault(err)
	}
	err = s.DB.NewRaw(`SELECT f.*, ARRAY(SELECT i.id FROM imports i WHERE i.inbox_file_id = f.id AND i.mends_id IS NULL ORDER BY i.id) AS imports
		FROM inbox_files f WHERE f.inbox_id = ? ORDER BY f.id DESC LIMIT ?`, row.ID, shownFiles).Scan(ctx, &o.Files)
	return o, db.Fault(err)
}

// Create watches a folder, which it makes where it is not there. Owners only:
// what lies in it comes in without anybody's leave.
// Errors: fault.Forbidden OWNERS_ONLY; fault.Invalid FOLDER_NAME, WORDING_TOO_LONG;
// fault.NotFound (shop, mapping); fault.Conflict INBOXES_FOLDER_KEY;
// fault.Precondition SHOP_ARCHIVED, FOLDER_REFUSED (the system does not let it be made).
func (s *Service) Create(ctx context.Context, d Draft) (*db.Inbox, error) {
	if err := access.OwnersOnly(ctx); err != nil {
		return nil, err
	}
	row := &db.Inbox{CreatedAt: s.Clock.Now(), CreatedBy: access.From(ctx).StaffID()}
	if err := s.fill(ctx, row, d); err != nil {
		return nil, err
	}
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return s.changed(ctx, tx, row.ID, "watchedFolder.create")
	})
	return row, err
}

// Update changes what was entered; the folder itself stays.
// Errors: as Create.
func (s *Service) Update(ctx context.Context, id int64, d Draft) (*db.Inbox, error) {
	return s.change(ctx, id, "watchedFolder.update", func(row *db.Inbox) error {
		d.Folder = row.Folder
		return s.fill(ctx, row, d)
	})
}

// LookNow does not wait for the next turn. Errors: fault.NotFound.
func (s *Service) LookNow(ctx context.Context, id int64) (*db.Inbox, error) {
	return s.change(ctx, id, "watchedFolder.look", func(row *db.Inbox) error {
		row.NextAt = s.Clock.Now()
		return nil
	})
}

// Remove ends the watching; the folder and what lies in it stay, and so does
// what came in. Errors: fault.NotFound; fault.Forbidden OWNERS_ONLY.
func (s *Service) Remove(ctx context.Context, id int64) error {
	if err := access.OwnersOnly(ctx); err != nil {
		return err
	}
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if _, err := tx.NewDelete().Model(row).WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return s.changed(ctx, tx, id, "watchedFolder.delete")
	})
}

// fill checks a draft and writes it into row.
func (s *Service) fill(ctx context.Context, row *db.Inbox, d Draft) error {
	name := strings.TrimSpace(d.Folder)
	if !folderName(name) {
		return fault.New(fault.Invalid, "a folder's name has up to %d bytes and no /, and does not begin with a dot", maxName).WithCode("FOLDER_NAME").At("folder")
	}
	if len(d.ConsentWording) > maxWording {
		return fault.New(fault.Invalid, "the wording has at most %d bytes", maxWording).WithCode("WORDING_TOO_LONG").At("consentWording")
	}
	if err := s.checkShop(ctx, d.ShopID); err != nil {
		return err
	}
	if err := s.checkMapping(ctx, d.Mapping); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(s.Root, name), 0o770); err != nil { //nolint:gosec // programs of the same group lay files there
		return fault.Wrap(fault.Precondition, err, "the folder cannot be made").WithCode("FOLDER_REFUSED").At("folder")
	}
	row.Folder, row.ShopID, row.Mapping, row.ConsentWording, row.WithoutMembers = name, d.ShopID, d.Mapping, strings.TrimSpace(d.ConsentWording), d.WithoutMembers
	row.Status, row.NextAt = active, s.Clock.Now()
	if d.Stopped {
		row.Status = stopped
	}
	return nil
}

// folderName says that a name stays within the root on every system, and is
// none of those that files are moved into.
func folderName(name string) bool {
	return name != "" && len(name) <= maxName && !strings.HasPrefix(name, ".") && !strings.ContainsAny(name, `/\:*?"<>|`) &&
		!strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7F }) && filepath.IsLocal(name) && fs.ValidPath(name)
}

func (s *Service) checkShop(ctx context.Context, id int64) error {
	shop := new(db.Shop)
	if err := s.DB.NewSelect().Model(shop).Where("id = ?", id).Scan(ctx); err != nil {
		return notFound(err, "shopId", "there is no such shop")
	}
	if shop.ArchivedAt != nil {
		return fault.New(fault.Precondition, "the shop is archived").WithCode("SHOP_ARCHIVED").At("shopId")
	}
	return nil
}

func (s *Service) checkMapping(ctx context.Context, name string) error {
	if name == "" {
		return nil
	}
	err := s.DB.NewSelect().Model(new(db.ImportMapping)).Where("name = ?", name).Scan(ctx)
	return notFound(err, "mapping", "there is no such mapping")
}

// notFound is err, with a message of its own where the row is not there.
func notFound(err error, field, message string) error {
	if err = db.Fault(err); fault.Is(err, fault.NotFound) {
		return fault.New(fault.NotFound, "%s", message).At(field)
	}
	return err
}

// change changes a folder under a lock on its row.
func (s *Service) change(ctx context.Context, id int64, action string, do func(*db.Inbox) error) (*db.Inbox, error) {
	if err := access.OwnersOnly(ctx); err != nil {
		return nil, err
	}
	var row *db.Inbox
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) (err error) {
		if row, err = lock(ctx, tx, id); err != nil {
			return err
		}
		if err := do(row); err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model(row).WherePK().Column("shop_id", "mapping", "consent_wording", "without_members", "status", "next_at").Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return s.changed(ctx, tx, id, action)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

func lock(ctx context.Context, tx bun.IDB, id int64) (*db.Inbox, error) {
	row := new(db.Inbox)
	err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx)
	return row, db.Fault(err)
}

func (s *Service) changed(ctx context.Context, tx db.Tx, id int64, action string) error {
	if err := access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "WatchedFolder", ObjectID: id}); err != nil {
		return err
	}
	return s.Queue.Enqueue(ctx, tx, Job{})
}

// keepFilesFor is how long is kept what lay in a folder.
const keepFilesFor = 180 * 24 * time.Hour

// SweepJob removes what is no longer needed; its handler calls Service.Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "inbox.sweep" }

// Sweep forgets files of long ago. The content of one that comes again after
// that is taken in again, which changes nothing.
func (s *Service) Sweep(ctx context.Context) error {
	_, err := s.DB.NewRaw("DELETE FROM inbox_files WHERE settled_at < ?", s.Clock.Now().Add(-keepFilesFor)).Exec(ctx)
	return db.Fault(err)
}

// gone says that a path is not there.
func gone(err error) bool { return errors.Is(err, fs.ErrNotExist) }
