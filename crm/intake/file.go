package intake

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// File is a file that a command takes in and waits for.
type File struct {
	Name    string
	Content io.Reader
	ShopID  int64
	Mapping *mall.Mapping // nil: told by the header row
	// Noted says that the audit log tells of what the file is a part of: it gets
	// no entry of its own.
	Noted bool
}

// followEvery is how often the command looks how far an import is.
const followEvery = 500 * time.Millisecond

// awayFor is how long a command waits for a database that does not answer.
const awayFor = 60 * time.Second

// TakeFile takes a file in and returns when that is done, working itself
// unless another worker is at it. A file of which an import is unfinished (the
// command was killed, say) goes on where it stopped. watch, if not nil, is
// shown how far it is about twice a second.
// Errors: as Upload and Start, and fault.Precondition when staff stopped it or it failed.
func (s *Service) TakeFile(ctx context.Context, f File, watch func(*db.Import)) (*db.Import, error) {
	return s.takeFile(ctx, f, nil, watch)
}

func (s *Service) takeFile(ctx context.Context, f File, t *turn, watch func(*db.Import)) (*db.Import, error) {
	begun := time.Now()
	b := begin{shopID: f.ShopID, mapping: f.Mapping, noted: f.Noted}
	var err error
	if b.upload, err = s.Upload(ctx, f.Name, f.Content, 0); err != nil {
		return nil, err
	}
	imp, err := s.unfinished(ctx, b)
	if err != nil {
		return nil, err
	}
	if imp == nil {
		if imp, err = s.start(ctx, b); err != nil {
			return nil, err
		}
	}
	if err := s.addBusy(ctx, imp.ID, time.Since(begun)); err != nil {
		return nil, err
	}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	if watch != nil {
		go s.follow(watching, imp.ID, watch)
	}
	return s.drive(ctx, imp.ID, t)
}

// unfinished is the import of the same content that has not ended, or nil; the
// new upload is then dropped.
func (s *Service) unfinished(ctx context.Context, b begin) (*db.Import, error) {
	var rows []db.Import
	probe, err := s.prepare(ctx, b)
	if err != nil {
		return nil, err
	}
	err = s.db.NewSelect().Model(&rows).Where("fingerprint = ? AND status <> 'DONE' AND mode = 'IMPORT'", probe.Fingerprint).OrderExpr("id DESC").Limit(1).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err)
	}
	if _, err := s.db.NewDelete().Model(b.upload).WherePK().Exec(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return s.Resume(ctx, rows[0].ID)
}

func (s *Service) addBusy(ctx context.Context, id int64, d time.Duration) error {
	_, err := s.db.NewRaw("UPDATE imports SET busy_ms = busy_ms + ? WHERE id = ?", d.Milliseconds(), id).Exec(ctx)
	return db.Fault(err)
}

// drive works on the import, or waits for whoever does, until it has ended.
func (s *Service) drive(ctx context.Context, id int64, t *turn) (*db.Import, error) {
	answered := time.Now()
	for {
		imp, err := s.attempt(ctx, id, t)
		switch {
		case err == nil && ended(imp):
			return imp, endFault(imp)
		case err == nil:
			answered = time.Now()
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !fault.Is(err, fault.Unavailable) || time.Since(answered) > awayFor:
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(followEvery):
		}
	}
}

func (s *Service) attempt(ctx context.Context, id int64, t *turn) (*db.Import, error) {
	imp, err := s.claim(ctx, id)
	if err == nil && imp != nil {
		err = s.take(ctx, imp, t)
	}
	if err != nil {
		return nil, err
	}
	return s.Find(ctx, id)
}

// follow shows how far the import is until ctx ends.
func (s *Service) follow(ctx context.Context, id int64, watch func(*db.Import)) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if imp, err := s.Find(ctx, id); err == nil {
			watch(imp)
		}
	}
}

// endFault says why an import ended without being done.
func endFault(imp *db.Import) error {
	switch {
	case imp.Status == stopped:
		return fault.New(fault.Precondition, "the import was stopped; the same command goes on with it").WithCode("IMPORT_STOPPED")
	case imp.Status == failed && *imp.ErrorCode == missingColumns && imp.ErrorDetail != nil:
		return fault.New(fault.Precondition, "the header has no column %s", *imp.ErrorDetail).WithCode(missingColumns)
	case imp.Status == failed && imp.ErrorDetail != nil && *imp.ErrorDetail != "":
		return fault.New(fault.Precondition, "%s", *imp.ErrorDetail).WithCode(*imp.ErrorCode)
	case imp.Status == failed:
		return fault.Wrap(fault.Internal, errors.New("see the log"), "the import failed").WithCode(*imp.ErrorCode)
	}
	return nil
}
