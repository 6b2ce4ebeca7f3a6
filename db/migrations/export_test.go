package migrations

import (
	"context"

	"github.com/meguri-crm/meguri/db"
)

// RunUpTo applies the product's migrations up to the one of that number.
func RunUpTo(ctx context.Context, d *db.DB, number string) error {
	m, err := migrator(d)
	if err != nil {
		return err
	}
	if err := m.Init(ctx); err != nil {
		return err
	}
	all, err := m.MigrationsWithStatus(ctx)
	if err != nil {
		return err
	}
	for _, each := range all.Unapplied() {
		if each.Name > number {
			break
		}
		if err := m.RunMigration(ctx, each.Name); err != nil {
			return err
		}
	}
	return nil
}
