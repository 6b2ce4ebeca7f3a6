package campaign

import (
	"context"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/check"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
)

// quiet reports whether a delivery rests because its channel is quiet. When it
// begins to rest, and when it goes on, those who watch are told.
func (e *Engine) quiet(ctx context.Context, d delivery) (bool, error) {
	var until *time.Time
	if !d.IgnoresQuiet {
		end, err := e.Gate.QuietUntil(ctx, e.DB, mail)
		if err != nil {
			return false, err
		}
		if !end.IsZero() {
			until = &end
		}
	}
	if until == nil && d.QuietUntil == nil || until != nil && d.QuietUntil != nil && until.Equal(*d.QuietUntil) {
		return until != nil, nil
	}
	return until != nil, db.RunInTx(ctx, e.DB, func(ctx context.Context, tx db.Tx) error {
		// Other lanes see the same at the same time: the first tells.
		changed, err := tx.NewRaw(`UPDATE deliveries SET quiet_until = ?0 WHERE id = ?1 AND quiet_until IS DISTINCT FROM ?0`, until, d.ID).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if n, err := changed.RowsAffected(); n == 0 || err != nil {
			return err
		}
		return live.Notify(ctx, tx, live.Campaign, d.CampaignID)
	})
}

// QuietUntil is when mails would really begin to go out if sending began at an
// instant (now, when it is zero); nil where they would at once.
func (s *Service) QuietUntil(ctx context.Context, row *db.Campaign, at time.Time) (*time.Time, error) {
	if row.IgnoresQuiet {
		return nil, nil //nolint:nilnil // nil is no wait
	}
	if at.IsZero() {
		at = s.Clock.Now()
	}
	end, err := s.Gate.QuietAt(ctx, s.DB, mail, at)
	if err != nil || end.IsZero() {
		return nil, err
	}
	return &end, nil
}

// checkReason keeps the audit log free of addresses.
func checkReason(reason string) error {
	if strings.Contains(reason, "@") {
		return fault.New(fault.Invalid, "an address has no place in the audit log").WithCode("NO_PERSONAL_DATA").At("reason")
	}
	return nil
}

// Exemption is what a campaign is let off, and why.
type Exemption struct {
	Caps   bool   // how much people got of late does not matter
	Quiet  bool   // is sent in quiet hours, too
	Reason string `field:"reason" validate:"required,max=500"` // for the audit log
}

// Exempt lets a campaign off caps and quiet hours, or binds it again, also while
// it is being sent. Who may say so is the edge's to see to.
// Errors: fault.NotFound; fault.Invalid (REQUIRED, TOO_LONG, NO_PERSONAL_DATA)
// at reason; fault.Precondition
// (ALREADY_SENT) when nothing is left to send.
func (s *Service) Exempt(ctx context.Context, id int64, e Exemption) (*db.Campaign, error) {
	e.Reason = strings.TrimSpace(e.Reason)
	if err := check.Struct(e); err != nil {
		return nil, err
	}
	if err := checkReason(e.Reason); err != nil {
		return nil, err
	}
	row := new(db.Campaign)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := lock(ctx, tx, row, id); err != nil {
			return err
		}
		if err := mustBeOpen(row); err != nil {
			return err
		}
		row.IgnoresCaps, row.IgnoresQuiet, row.UpdatedAt = e.Caps, e.Quiet, s.Clock.Now()
		if _, err := tx.NewUpdate().Model(row).Column("ignores_caps", "ignores_quiet", "updated_at").WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if err := live.Notify(ctx, tx, live.Campaign, id); err != nil {
			return err
		}
		if err := s.Queue.Enqueue(ctx, tx, Wake{}); err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "campaign.exempt", ObjectKind: "Campaign", ObjectID: id, Detail: map[string]any{
			"caps": e.Caps, "quietHours": e.Quiet, "reason": e.Reason,
		}})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}
