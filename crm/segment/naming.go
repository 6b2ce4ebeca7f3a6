package segment

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Naming are the names of saved segments whose rules hold an id. Ids are opaque
// and name their type, so that one is never part of another text of a rule.
func (s *Service) Naming(ctx context.Context, idb bun.IDB, id string) (names []string, err error) {
	if err := lockRules(ctx, idb); err != nil {
		return nil, err
	}
	err = idb.NewRaw(`SELECT name FROM segments WHERE archived_at IS NULL AND strpos(rule::text, to_jsonb(?0::text)::text) > 0 ORDER BY name`, id).Scan(ctx, &names)
	return names, db.Fault(err)
}

// Rename puts one id for another into the rules of all saved segments and of the
// views of lists.
func (s *Service) Rename(ctx context.Context, tx bun.IDB, from, to string) error {
	if err := lockRules(ctx, tx); err != nil {
		return err
	}
	for _, at := range []struct{ table, column string }{{"segments", "rule"}, {"saved_views", "search"}} {
		_, err := tx.NewRaw(`UPDATE ?0 SET ?1 = replace(?1::text, to_jsonb(?2::text)::text, to_jsonb(?3::text)::text)::jsonb WHERE strpos(?1::text, to_jsonb(?2::text)::text) > 0`,
			bun.Ident(at.table), bun.Ident(at.column), from, to).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
	}
	s.catalog.forget()
	return nil
}
