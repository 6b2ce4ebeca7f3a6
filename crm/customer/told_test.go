package customer_test

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestTakenBackFromSeveralWhoAreOne: whichever of them was a member before the
// file, that he was stays.
func TestTakenBackFromSeveralWhoAreOne(t *testing.T) {
	told, before := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, was := range []int64{1, 2} {
		d := dbtest.New(t)
		if _, err := d.Pool.Exec(t.Context(), `INSERT INTO customers (id, member_since, member_via) OVERRIDING SYSTEM VALUE
			SELECT n, CASE n WHEN $1::bigint THEN $2::timestamptz END, CASE n WHEN $1::bigint THEN 'SITE' END FROM generate_series(1, 2) n`, was, before); err != nil {
			t.Fatal(err)
		}
		do := func(work func(ctx context.Context, tx db.Tx) error) {
			t.Helper()
			if err := db.RunInTx(t.Context(), d, work); err != nil {
				t.Fatal(err)
			}
		}
		do(func(ctx context.Context, tx db.Tx) error {
			_, err := customer.EnrollTold(ctx, tx, 7, []customer.Joined{{CustomerID: 1, At: told, Via: "APP"}, {CustomerID: 2, At: told, Via: "APP"}}, before)
			return err
		})
		do(func(ctx context.Context, tx db.Tx) error {
			_, err := tx.NewRaw("UPDATE customers SET merged_into = 2 WHERE id = 1").Exec(ctx)
			return db.Fault(err)
		})
		do(func(ctx context.Context, tx db.Tx) error {
			_, err := customer.TakeBackEnrollment(ctx, tx, 7, []int64{1, 2}, before)
			return err
		})
		var since *time.Time
		if err := d.Pool.QueryRow(t.Context(), "SELECT member_since FROM customers WHERE id = 2").Scan(&since); err != nil || since == nil || !since.Equal(before) {
			t.Errorf("customer %d was a member before: the survivor is one since %v (%v), want %v", was, since, err, before)
		}
	}
}
