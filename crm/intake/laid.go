package intake

import (
	"context"
	"io"

	"github.com/meguri-crm/meguri/db"
)

// Laid is a file that another program laid into a watched folder.
type Laid struct {
	FileID         int64 // of inbox_files
	ShopID         int64
	Mapping        string // its name; "": told by the header row
	ConsentWording string
	WithoutMembers bool
	Name           string
	Content        io.Reader
}

// TakeLaid begins the import of a file, or of each file of a zip, and does in
// the same transaction what then does: the imports exist exactly when that is
// done, too. Of a zip all begin or none. They are no act of staff and not in the
// audit log. Errors: as Upload and Start.
func (s *Service) TakeLaid(ctx context.Context, l Laid, then func(ctx context.Context, tx db.Tx) error) error {
	b := begin{shopID: l.ShopID, wording: l.ConsentWording, withoutMembers: l.WithoutMembers, noted: true, inboxFileID: &l.FileID}
	if l.Mapping != "" {
		found, err := s.FindMapping(ctx, l.Mapping)
		if err != nil {
			return err
		}
		b.mapping = &found
	}
	var begins []begin
	err := Unpack(l.Name, l.Content, func(name string, content io.Reader) error {
		one := b
		var err error
		if one.upload, err = s.Upload(ctx, name, content, 0); err == nil {
			begins = append(begins, one)
		}
		return err
	})
	if err != nil {
		return err
	}
	imports, err := s.prepareAll(ctx, begins)
	if err != nil {
		return err
	}
	return db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		for i := range begins { // each alone: files of one zip are no halves of each other
			if err := s.keep(ctx, tx, begins[i:i+1], imports[i:i+1]); err != nil {
				return err
			}
		}
		return then(ctx, tx)
	})
}
