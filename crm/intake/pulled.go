package intake

import (
	"context"
	"io"

	"github.com/meguri-crm/meguri/db"
)

// Pulled is what was fetched from a mall's service, written as the mall's own
// files: one, or two that tell one half of the same orders each.
type Pulled struct {
	ShopID, PullID int64
	Files          []PulledFile
}

// PulledFile is UTF-8, with the header of a built-in format.
type PulledFile struct {
	Name    string
	Content io.Reader
}

// TakePulled begins the imports of what was pulled, and does in the same
// transaction what then does: the imports exist exactly when that is done, too.
// They are no act of staff and not in the audit log.
// Errors: as Upload and Start.
func (s *Service) TakePulled(ctx context.Context, p Pulled, then func(ctx context.Context, tx db.Tx) error) error {
	begins := make([]begin, len(p.Files))
	for i, f := range p.Files {
		up, err := s.Upload(ctx, f.Name, f.Content, 0)
		if err != nil {
			return err
		}
		begins[i] = begin{upload: up, shopID: p.ShopID, noted: true, pullID: &p.PullID}
	}
	imports, err := s.prepareAll(ctx, begins)
	if err != nil {
		return err
	}
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		if err := s.keep(ctx, tx, begins, imports); err != nil {
			return err
		}
		return then(ctx, tx)
	})
}
