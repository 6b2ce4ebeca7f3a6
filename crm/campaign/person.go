package campaign

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
)

// Ledger tells how the point accounts of customers stand.
type Ledger interface {
	Balances(ctx context.Context, customers []int64) ([]db.PointAccount, error)
}

// Ladder tells where members stand on the ladder; who is no member is left out.
type Ladder interface {
	Places(ctx context.Context, customers []int64) ([]*stage.Place, error)
}

// Directory is People from the customers' rows, the ledger and the ladder.
type Directory struct {
	Ledger Ledger
	Ladder Ladder
}

// People reads what is filled in for customers: one round for a batch of any
// size. Unknown ids are left out.
func (d Directory) People(ctx context.Context, idb bun.IDB, ids []int64) (map[int64]message.Person, error) {
	people, err := names(ctx, idb, ids)
	if err != nil {
		return nil, err
	}
	accounts, err := d.Ledger.Balances(ctx, ids)
	if err != nil {
		return nil, err
	}
	places, err := d.Ladder.Places(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		if p := people[a.CustomerID]; p != nil {
			p.Points = message.Points{Available: a.Available, Expiring: a.ExpiringNextAmount}
			if a.ExpiringNextOn != nil {
				p.Points.ExpiringOn = *a.ExpiringNextOn
			}
		}
	}
	for _, at := range places {
		if p := people[at.CustomerID]; p != nil {
			p.Stage = stageOf(at)
		}
	}
	if err := known(ctx, idb, ids, people); err != nil {
		return nil, err
	}
	found := make(map[int64]message.Person, len(people))
	for id, p := range people {
		found[id] = *p
	}
	return found, nil
}

// known fills in what the merchant keeps of people. Of days templates want the
// day itself.
func known(ctx context.Context, idb bun.IDB, ids []int64, people map[int64]*message.Person) error {
	kept, err := property.List(ctx, idb, false)
	if err != nil || len(kept) == 0 {
		return err
	}
	held, err := property.Of(ctx, idb, ids)
	if err != nil {
		return err
	}
	for id, values := range held {
		p := people[id]
		if p == nil {
			continue
		}
		p.Properties = map[string]any{}
		for _, d := range kept {
			text := d.Shown(values[d.ID], "ja")
			if day, err := time.Parse(time.DateOnly, text); err == nil && d.Type == property.Date {
				p.Properties[d.Key] = day
			} else if text != "" {
				p.Properties[d.Key] = text
			}
		}
	}
	return nil
}

func names(ctx context.Context, idb bun.IDB, ids []int64) (map[int64]*message.Person, error) {
	type named struct {
		ID                    int64
		FamilyName, GivenName string
	}
	rows, err := db.Prepared(ctx, idb, pgx.RowToStructByPos[named], `SELECT id, family_name, given_name FROM customers WHERE id = ANY($1::bigint[])`, ids)
	if err != nil {
		return nil, err
	}
	people := make(map[int64]*message.Person, len(rows))
	for _, c := range rows {
		people[c.ID] = &message.Person{FamilyName: c.FamilyName, GivenName: c.GivenName}
	}
	return people, nil
}

func stageOf(p *stage.Place) message.Stage {
	s := message.Stage{Name: p.Stage.Name}
	if p.Next != nil {
		s.NextName, s.Missing, s.By = p.Next.Name, p.Missing.Spend, p.By
	}
	return s
}
