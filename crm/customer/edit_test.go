package customer_test

import (
	"context"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// TestAnImportKeepsWhatStaffWrote lets staff change a name while an import adds
// to the same person.
func TestAnImportKeepsWhatStaffWrote(t *testing.T) {
	_, d, shopID := newService(t)
	ctx := t.Context()
	ev := func(b mall.Buyer) []customer.Evidence {
		return []customer.Evidence{customer.NewEvidence(shopID, mall.OwnSite, b, time.Now())}
	}
	var id int64
	do := func(b mall.Buyer) error {
		return db.RunInTx(ctx, d, func(ctx context.Context, tx db.Tx) error {
			ids, _, err := customer.Assign(ctx, tx, 0, ev(b), time.Now())
			if err == nil {
				id = ids[0]
			}
			return err
		})
	}
	if err := do(mall.Buyer{MemberID: "m1", FamilyName: "佐藤"}); err != nil {
		t.Fatal(err)
	}
	staff, err := d.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := staff.ExecContext(ctx, "UPDATE customers SET family_name = '鈴木' WHERE id = ?", id); err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() { done <- do(mall.Buyer{MemberID: "m1", FamilyName: "佐藤", Phone: "09012345678"}) }()
	for waiting := 0; waiting == 0; {
		if err := d.NewRaw("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(ctx, &waiting); err != nil {
			t.Fatal(err)
		}
	}
	if err := staff.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	var name, phone string
	if err := d.NewRaw("SELECT family_name, phone FROM customers WHERE id = ?", id).Scan(ctx, &name, &phone); err != nil {
		t.Fatal(err)
	}
	if name != "鈴木" || phone == "" {
		t.Errorf("name %s, phone %q: want what staff wrote and the phone of the import", name, phone)
	}
}
