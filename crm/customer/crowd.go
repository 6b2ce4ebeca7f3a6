package customer

import (
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/db"
)

// family is how many customers may have one phone or one home and be told apart
// by their names: of an office, a dormitory or a shop that writes its own number
// at the till, two may have the same.
const family = 8

// countSharing tells the index how many customers have the phones and homes by
// which the batch knows somebody already, or will within itself.
func (b *batch) countSharing() error {
	phones, homes := map[int64]int{}, map[int64]int{}
	for _, e := range b.evidence {
		phones[e.Hints.Phone]++
		homes[e.Hints.Address]++
		for _, k := range e.Keys {
			if _, known := b.index.owners[k]; known {
				phones[e.Hints.Phone] += one(k.Kind == PhoneName)
				homes[e.Hints.Address] += one(k.Kind == NameAddress)
			}
		}
	}
	if err := b.count("hint_phone", phones); err != nil {
		return err
	}
	return b.count("hint_address", homes)
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// count asks for those that are met more than once.
func (b *batch) count(column string, times map[int64]int) error {
	delete(times, 0)
	maps.DeleteFunc(times, func(_ int64, n int) bool { return n < 2 })
	if len(times) == 0 {
		return nil
	}
	return db.Fault(b.tx.Pgx(func(tx pgx.Tx) error {
		rows, err := tx.Query(b.ctx, `SELECT h, (SELECT count(*) FROM (
				SELECT FROM customers c WHERE c.`+column+` = h AND c.merged_into IS NULL LIMIT $2) n)
			FROM unnest($1::bigint[]) h`, pgx.QueryExecModeCacheStatement, slices.Sorted(maps.Keys(times)), family+1)
		if err != nil {
			return err
		}
		var shared int64
		var customers int
		_, err = pgx.ForEachRow(rows, []any{&shared, &customers}, func() error {
			b.index.Sharing(shared, customers)
			return nil
		})
		return err
	}))
}
