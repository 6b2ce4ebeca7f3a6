package campaign

import (
	"context"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db"
)

// mayTest reports whether the caller may send tests to the addresses: they are
// those of active staff, none is suppressed, and he has not sent too many within
// the hour. His next test waits until tx is over, so that none slips through
// beside another. Errors: see Send.
func mayTest(ctx context.Context, tx db.Tx, to []string) error {
	caller := access.From(ctx)
	if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(hashtextextended('campaign.test_mail', ?))", caller.ID).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	hashes := make([][]byte, len(to))
	for i, address := range to {
		hashes[i] = message.AddressHash(address)
	}
	var found struct {
		Strangers, Suppressed bool
		Sent                  int // in the last hour, by the clock that the audit log goes by
	}
	err := tx.NewRaw(`
		SELECT EXISTS (SELECT FROM unnest(?0::bytea[]) AS asked (hash) WHERE NOT EXISTS (
		           SELECT FROM staff WHERE disabled_at IS NULL AND sha256(convert_to(lower(btrim(email)), 'UTF8')) = asked.hash)) AS strangers,
		       EXISTS (SELECT FROM suppressions WHERE channel = 'MAIL' AND value_hash = ANY (?0::bytea[])) AS suppressed,
		       (SELECT coalesce(sum((detail->>'addresses')::int), 0) FROM audit_log
		        WHERE actor_kind = ?1 AND actor_id = ?2 AND action = 'campaign.test_mail' AND at > now() - make_interval(secs => ?3)) AS sent`,
		pgdialect.Array(hashes), string(caller.Kind), caller.ID, time.Hour.Seconds()).Scan(ctx, &found)
	switch {
	case err != nil:
		return db.Fault(err)
	case found.Strangers:
		return fault.New(fault.Invalid, "tests go to addresses of active staff only").WithCode("NOT_STAFF").At("to")
	case found.Suppressed:
		return fault.New(fault.Invalid, "an address is suppressed").WithCode("SUPPRESSED").At("to")
	case found.Sent+len(to) > maxTestsPerHour:
		return fault.New(fault.Precondition, "at most %d test mails per hour", maxTestsPerHour).WithCode("TOO_MANY_TESTS").With("max", maxTestsPerHour)
	}
	return nil
}
