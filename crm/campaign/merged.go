package campaign

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/message/response"
	"github.com/meguri-crm/meguri/db"
)

// followMerges puts facts about customers who were merged since the mail went
// out on the messages as they lie now: with the survivor, unless he had a message
// of the same delivery himself, beside which the other's stays where it was.
func followMerges(ctx context.Context, tx bun.IDB, facts []response.Fact) ([]response.Fact, error) {
	n := len(facts)
	customers, deliveries, months := make([]int64, n), make([]int64, n), make([]time.Time, n)
	for i, f := range facts {
		customers[i], deliveries[i], months[i] = f.CustomerID, f.DeliveryID, f.DeliveryMonth
	}
	var moved []struct {
		CustomerID, DeliveryID, SurvivorID int64
	}
	err := tx.NewRaw(`SELECT DISTINCT q.customer_id, q.delivery_id, survivor_of(q.customer_id) AS survivor_id
		FROM unnest(?::bigint[], ?::bigint[], ?::date[]) AS q (customer_id, delivery_id, delivery_month)
		JOIN customers c ON c.id = q.customer_id AND c.merged_into IS NOT NULL
		WHERE NOT EXISTS (SELECT FROM messages m WHERE (m.customer_id, m.delivery_id, m.delivery_month) = (q.customer_id, q.delivery_id, q.delivery_month))`,
		pgdialect.Array(customers), pgdialect.Array(deliveries), pgdialect.Array(months)).Scan(ctx, &moved)
	if err != nil || len(moved) == 0 {
		return facts, db.Fault(err)
	}
	type place struct{ customer, delivery int64 }
	to := make(map[place]int64, len(moved))
	for _, m := range moved {
		to[place{m.CustomerID, m.DeliveryID}] = m.SurvivorID
	}
	followed := make([]response.Fact, n)
	for i, f := range facts {
		if survivor, ok := to[place{f.CustomerID, f.DeliveryID}]; ok {
			f.CustomerID = survivor
		}
		followed[i] = f
	}
	return followed, nil
}

// survivors are the members of an audience as they are now: one who was merged
// since it was taken is whoever he was merged into, once.
func survivors(ctx context.Context, tx bun.IDB, members []member) ([]member, error) {
	var merged []struct{ ID, SurvivorID int64 }
	err := tx.NewRaw(`SELECT id, survivor_of(id) AS survivor_id FROM customers WHERE id = ANY (?::bigint[]) AND merged_into IS NOT NULL`,
		pgdialect.Array(idsOf(members))).Scan(ctx, &merged)
	if err != nil || len(merged) == 0 {
		return members, db.Fault(err)
	}
	to := make(map[int64]int64, len(merged))
	for _, m := range merged {
		to[m.ID] = m.SurvivorID
	}
	seen, kept := map[int64]bool{}, make([]member, 0, len(members))
	for _, m := range members {
		if survivor, ok := to[m.CustomerID]; ok {
			m.CustomerID = survivor
		}
		if !seen[m.CustomerID] {
			seen[m.CustomerID] = true
			kept = append(kept, m)
		}
	}
	return kept, nil
}
