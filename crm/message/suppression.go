package message

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/db"
)

// Why an address is suppressed.
const (
	SuppressedOptOut = "OPT_OUT"
	SuppressedStaff  = "STAFF"
)

const maxReason = 500 // characters

// Suppressions is the list of addresses that mail must not go to. They are kept
// as hashes: a list of people who want nothing must not become one to write to.
type Suppressions struct {
	DB    *db.DB
	Clock clock.Clock
}

// SuppressionFilter narrows the list; the zero value takes all.
type SuppressionFilter struct {
	Reason  string
	Address string // only this one
}

// List is a page of the list, newest first: at most limit entries older than
// the entry before (0: from the newest).
func (s Suppressions) List(ctx context.Context, f SuppressionFilter, before int64, limit int) ([]*db.Suppression, error) {
	var rows []*db.Suppression
	q := s.DB.NewSelect().Model(&rows).Order("id DESC").Limit(int64(limit))
	if before > 0 {
		q = q.Where("id < ?", before)
	}
	if f.Reason != "" {
		q = q.Where("reason = ?", f.Reason)
	}
	if strings.TrimSpace(f.Address) != "" {
		q = q.Where("channel = 'MAIL' AND value_hash = ?", AddressHash(f.Address))
	}
	return rows, db.Fault(q.Scan(ctx))
}

// Find is one entry. Errors: fault.NotFound.
func (s Suppressions) Find(ctx context.Context, id int64) (*db.Suppression, error) {
	row := new(db.Suppression)
	return row, db.Fault(s.DB.NewSelect().Model(row).Where("id = ?", id).Scan(ctx))
}

// Counts is how many addresses are suppressed for each reason.
func (s Suppressions) Counts(ctx context.Context) (map[string]int64, error) {
	var rows []struct {
		Reason string
		N      int64
	}
	err := s.DB.NewRaw(`SELECT reason, count(*) AS n FROM suppressions GROUP BY reason`).Scan(ctx, &rows)
	counts := make(map[string]int64, len(rows))
	for _, r := range rows {
		counts[r.Reason] = r.N
	}
	return counts, db.Fault(err)
}

// Add suppresses an address by hand. One that is suppressed stays as it is; who
// opted out is kept out from now on even if he consents anew.
// Errors: fault.Invalid (INVALID_EMAIL, REQUIRED, TOO_LONG).
func (s Suppressions) Add(ctx context.Context, address, why string) (*db.Suppression, error) {
	address = strings.TrimSpace(address)
	if channel.Domain(address) == "" || strings.ContainsAny(address, " <>\r\n") {
		return nil, fault.New(fault.Invalid, "this is no mail address").WithCode("INVALID_EMAIL").At("address")
	}
	if err := checkReason(&why); err != nil {
		return nil, err
	}
	row := new(db.Suppression)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		var owner []int64
		err := tx.NewRaw(`SELECT id FROM customers WHERE lower(btrim(email)) = lower(?) AND email <> '' AND merged_into IS NULL ORDER BY id LIMIT 1`, address).Scan(ctx, &owner)
		if err != nil {
			return db.Fault(err)
		}
		entry := &db.Suppression{Channel: "MAIL", ValueHash: AddressHash(address), Reason: SuppressedStaff, At: s.Clock.Now(), Source: "staff"}
		if len(owner) > 0 {
			entry.CustomerID = &owner[0]
		}
		if _, err := tx.NewInsert().Model(entry).ExcludeColumn("id").Returning("NULL").
			On("CONFLICT (channel, value_hash) DO UPDATE").Set("reason = excluded.reason, at = excluded.at, source = excluded.source, import_id = NULL").
			Where("suppression.reason = ?", SuppressedOptOut).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if err := tx.NewSelect().Model(row).Where("channel = 'MAIL' AND value_hash = ?", entry.ValueHash).Scan(ctx); err != nil {
			return db.Fault(err)
		}
		return auditSuppression(ctx, tx, "suppression.add", row, why)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Lift takes back what a bounce, a complaint or staff said about an address. It
// may be written to again, unless it has opted out besides: then it answers the
// opt-out that remains, which only a later consent of the person himself lifts.
// The consents of its customer stay as they are. Errors: fault.NotFound;
// fault.Precondition (NEEDS_CONSENT); fault.Invalid (REQUIRED, TOO_LONG).
func (s Suppressions) Lift(ctx context.Context, id int64, why string) (*db.Suppression, error) {
	if err := checkReason(&why); err != nil {
		return nil, err
	}
	row := new(db.Suppression)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		if row.Reason == SuppressedOptOut {
			return fault.New(fault.Precondition, "who has opted out is written to again only after a new consent").WithCode("NEEDS_CONSENT")
		}
		if err := auditSuppression(ctx, tx, "suppression.lift", row, why); err != nil {
			return err
		}
		return lift(ctx, tx, row)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// lift removes the row, or leaves the opt-out of it.
func lift(ctx context.Context, tx bun.IDB, row *db.Suppression) error {
	if row.OptedOutAt == nil {
		_, err := tx.NewDelete().Model(row).Where("id = ?", row.ID).Exec(ctx)
		return db.Fault(err)
	}
	row.Reason, row.At, row.Source, row.Status = SuppressedOptOut, *row.OptedOutAt, "lift", ""
	row.ImportID = nil
	_, err := tx.NewUpdate().Model(row).Column("reason", "at", "source", "status", "import_id").Where("id = ?", row.ID).Exec(ctx)
	return db.Fault(err)
}

func checkReason(why *string) error {
	*why = strings.TrimSpace(*why)
	switch n := utf8.RuneCountInString(*why); {
	case n == 0:
		return fault.New(fault.Invalid, "a reason is needed").WithCode("REQUIRED").At("reason")
	case n > maxReason:
		return fault.New(fault.Invalid, "a reason has at most %d characters", maxReason).WithCode("TOO_LONG").At("reason")
	case strings.Contains(*why, "@"):
		return fault.New(fault.Invalid, "an address has no place in the audit log").WithCode("NO_PERSONAL_DATA").At("reason")
	}
	return nil
}

func auditSuppression(ctx context.Context, tx bun.IDB, action string, row *db.Suppression, why string) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Suppression", ObjectID: row.ID, Detail: map[string]any{
		"reason": row.Reason, "since": row.At.Format(time.RFC3339), "why": why,
	}})
}
