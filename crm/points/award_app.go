package points

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// oneApp is the reference of APP_INSTALL in the books, whatever the device: it earns
// once per person, by the rules of when it was first told.
const oneApp = "app"

// appSince notes that somebody, whose account is locked, has the merchant's app on a
// device, and answers since when it is known that he has it on any. Of his further
// devices nothing is kept.
// Errors: fault.Precondition DEVICE_TAKEN for a device that was told of somebody else.
func appSince(ctx context.Context, q querier, customer int64, device string, now time.Time) (since time.Time, err error) {
	err = q.QueryRow(ctx, `SELECT at FROM app_installs WHERE customer_id = $1 ORDER BY at LIMIT 1`, customer).Scan(&since)
	if !errors.Is(err, pgx.ErrNoRows) {
		return since, db.Fault(err)
	}
	digest := sha256.Sum256([]byte(device))
	tag, err := q.Exec(ctx, `INSERT INTO app_installs (customer_id, device, at) VALUES ($1, $2, $3) ON CONFLICT ON CONSTRAINT app_installs_device_key DO NOTHING`,
		customer, digest[:], now)
	if err == nil && tag.RowsAffected() == 0 {
		err = fault.New(fault.Precondition, "somebody else has had the app on this device").WithCode("DEVICE_TAKEN").At("reference")
	}
	return now, db.Fault(err)
}
