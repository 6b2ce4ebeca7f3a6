package intake

import (
	"context"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// begin is an import about to begin.
type begin struct {
	upload         *db.Upload
	shopID         int64
	mapping        *mall.Mapping // nil: told by the header row
	wording        string        // of a file of customers: what they agreed to
	withoutMembers bool          // of one that says since when they are members
	noted          bool          // in the audit log by whoever began it, or no act of staff
	pullID         *int64        // of what was pulled from a mall's service; nil: a file
	inboxFileID    *int64        // of what lay in a watched folder; nil: another file
}

// start begins one import, or two that are companions, and answers the first.
func (s *Service) start(ctx context.Context, begins ...begin) (*db.Import, error) {
	imports, err := s.prepareAll(ctx, begins)
	if err != nil {
		return nil, err
	}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error { return s.keep(ctx, tx, begins, imports) })
	return imports[0], err
}

// keep writes imports that are prepared, and tells workers of them.
func (s *Service) keep(ctx context.Context, tx db.Tx, begins []begin, imports []*db.Import) error {
	if err := keepImports(ctx, tx, imports); err != nil {
		return err
	}
	for i, imp := range imports {
		action := "import.start"
		if begins[i].noted {
			action = ""
		}
		if err := s.wake(ctx, tx, imp.ID, action); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) prepareAll(ctx context.Context, begins []begin) ([]*db.Import, error) {
	imports := make([]*db.Import, len(begins))
	for i, b := range begins {
		var err error
		if imports[i], err = s.prepare(ctx, b); err != nil {
			return nil, err
		}
	}
	return imports, nil
}

// keepImports writes one import, or two that are companions.
func keepImports(ctx context.Context, tx db.Tx, imports []*db.Import) error {
	for _, imp := range imports {
		if _, err := tx.NewInsert().Model(imp).Exec(ctx); err != nil {
			return db.Fault(err)
		}
	}
	if len(imports) == 1 {
		return nil
	}
	imports[0].CompanionID, imports[1].CompanionID = &imports[1].ID, &imports[0].ID
	_, err := tx.NewUpdate().Model(&imports).Column("companion_id").Bulk().Exec(ctx)
	return db.Fault(err)
}
