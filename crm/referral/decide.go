package referral

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// maxNote is how long the reason of a decision may be, in characters.
const maxNote = 500

// Approve says that the flags of a referral mean nothing: it goes on, and is not
// flagged again. Saying so twice changes nothing.
// Errors: fault.NotFound; fault.Precondition NOT_FLAGGED; fault.Invalid TOO_LONG.
func (s *Service) Approve(ctx context.Context, id int64, note string) (*db.Referral, error) {
	return s.decide(ctx, id, note, Qualified)
}

// Refuse says that a referral brings no points, for a reason. It may be said until it
// is rewarded. Saying so twice changes nothing.
// Errors: fault.NotFound; fault.Precondition REFERRAL_CLOSED; fault.Invalid REQUIRED, TOO_LONG.
func (s *Service) Refuse(ctx context.Context, id int64, reason string) (*db.Referral, error) {
	return s.decide(ctx, id, reason, Refused)
}

func (s *Service) decide(ctx context.Context, id int64, note string, to Status) (*db.Referral, error) {
	note = strings.TrimSpace(note)
	switch {
	case to == Refused && note == "":
		return nil, fault.New(fault.Invalid, "say why").WithCode("REQUIRED").At("note")
	case utf8.RuneCountInString(note) > maxNote:
		return nil, fault.New(fault.Invalid, "it is longer than %d characters", maxNote).WithCode("TOO_LONG").At("note").With("max", maxNote)
	}
	row := new(db.Referral)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock_shared(?)", int64(db.PeopleLock)).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		if to == Refused && Status(row.Status) == Refused || to == Qualified && row.ApprovedAt != nil {
			return nil
		}
		if err := decidable(Status(row.Status), to); err != nil {
			return err
		}
		now := s.Clock.Now()
		row.Status, row.Reason, row.ChangedAt, row.DecidedAt, row.DecidedBy, row.DecisionNote = string(to), "", now, &now, access.From(ctx).StaffID(), note
		kind, action := "referral.refused", "referral.refuse"
		if to == Qualified {
			row.ApprovedAt, kind, action = &now, "referral.approved", "referral.approve"
		}
		if _, err := tx.NewUpdate().Model(row).WherePK().Column("status", "reason", "changed_at", "decided_at", "decided_by", "decision_note", "approved_at").Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if err := tellBoth(ctx, tx, now, kind, kind, row); err != nil {
			return err
		}
		if err := s.Queue.Enqueue(ctx, tx, AdvanceJob{}); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{
			Action: action, ObjectKind: "Customer", ObjectID: row.CustomerID,
			Detail: map[string]any{"referral": row.ID, "referrer": row.ReferrerID, "flags": row.Flags},
		})
	})
	if err != nil {
		return nil, db.Fault(err)
	}
	return row, nil
}

// decidable: staff may bring a referral from where it stands to where they want it.
func decidable(from, to Status) error {
	switch {
	case to == Qualified && from != Flagged:
		return fault.New(fault.Precondition, "nothing has to be decided here").WithCode("NOT_FLAGGED").At("id")
	case to == Refused && from.closed():
		return fault.New(fault.Precondition, "this referral is closed").WithCode("REFERRAL_CLOSED").At("id")
	}
	return nil
}
