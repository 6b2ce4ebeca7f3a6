package campaign

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db"
)

// StageSource tells where members stand on the ladder; who is no member is left
// out.
type StageSource interface {
	Stages(ctx context.Context, idb bun.IDB, customerIDs []int64) (map[int64]message.Stage, error)
}

// Directory is People over the customers' rows, their point accounts and, where
// there is one, the ladder.
type Directory struct {
	Stages StageSource
}

// People reads what is filled in for customers: two statements for a batch of
// any size. Unknown ids are left out.
func (d Directory) People(ctx context.Context, idb bun.IDB, ids []int64) (map[int64]message.Person, error) {
	var rows []struct {
		ID                    int64
		FamilyName, GivenName string
		Available, Expiring   int64
		ExpiringOn            *time.Time
	}
	err := idb.NewRaw(`
		SELECT c.id, c.family_name, c.given_name, coalesce(a.available, 0) AS available,
		       coalesce(a.expiring_next_amount, 0) AS expiring, a.expiring_next_on AS expiring_on
		FROM customers c LEFT JOIN point_accounts a ON a.customer_id = c.id
		WHERE c.id = ANY(?::bigint[])`, pgdialect.Array(ids)).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	stages := map[int64]message.Stage{}
	if d.Stages != nil {
		if stages, err = d.Stages.Stages(ctx, idb, ids); err != nil {
			return nil, err
		}
	}
	people := make(map[int64]message.Person, len(rows))
	for _, r := range rows {
		p := message.Person{
			FamilyName: r.FamilyName, GivenName: r.GivenName, Stage: stages[r.ID],
			Points: message.Points{Available: r.Available, Expiring: r.Expiring},
		}
		if r.ExpiringOn != nil {
			p.Points.ExpiringOn = *r.ExpiringOn
		}
		people[r.ID] = p
	}
	return people, nil
}
