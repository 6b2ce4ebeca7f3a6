package customer

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// oneHome is the condition that a person has said of a pair e that the two are
// of one household, and nobody anything else since.
const oneHome = "(e.status = 'HOUSEHOLD' OR e.status = 'OPEN' AND e.decided_as = 'HOUSEHOLD')"

// regroup works the households of these customers out anew from what was said
// of pairs: those whom pairs connect are one household. A customer of whom no
// pair says so is in none.
func regroup(ctx context.Context, idb bun.IDB, now time.Time, ids ...int64) error {
	const walk = `WITH RECURSIVE concerned AS (
			SELECT unnest(?0::bigint[]) AS id
			UNION SELECT o.customer_id FROM household_members m JOIN household_members o USING (household_id) WHERE m.customer_id = ANY (?0::bigint[])),
		edges AS NOT MATERIALIZED (
			SELECT customer_id AS a, other_id AS b FROM identity_candidates e WHERE ` + oneHome + `
			UNION ALL SELECT other_id, customer_id FROM identity_candidates e WHERE ` + oneHome + `),
		walk (start, at) AS (SELECT id, id FROM concerned UNION SELECT w.start, e.b FROM walk w JOIN edges e ON e.a = w.at),
		homes AS (SELECT start, min(at) AS home FROM walk GROUP BY start HAVING count(*) > 1),
		members AS (SELECT DISTINCT w.at AS customer_id, h.home FROM walk w JOIN homes h USING (start)) `
	_, err := idb.NewRaw(walk+`DELETE FROM household_members WHERE customer_id IN (SELECT id FROM concerned) AND customer_id NOT IN (SELECT customer_id FROM members)`,
		pgdialect.Array(ids)).Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	_, err = idb.NewRaw(walk+`INSERT INTO household_members AS m (customer_id, household_id, since) SELECT customer_id, home, ?1 FROM members
		ON CONFLICT (customer_id) DO UPDATE SET household_id = excluded.household_id WHERE m.household_id <> excluded.household_id`,
		pgdialect.Array(ids), now).Exec(ctx)
	return db.Fault(err)
}

// Housemates are the other customers of the customer's household, at most limit.
func (s *Service) Housemates(ctx context.Context, customerID int64, limit int) (ids []int64, err error) {
	err = s.db.NewRaw(`SELECT o.customer_id FROM household_members m JOIN household_members o USING (household_id)
		WHERE m.customer_id = ?0 AND o.customer_id <> ?0 ORDER BY o.customer_id LIMIT ?1`, customerID, limit).Scan(ctx, &ids)
	return ids, db.Fault(err)
}
