package campaign

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Starter begins the campaigns whose instant has come.
type Starter interface {
	// StartDue reports whether it began, or refused, any. Any number of
	// processes may call it at the same time: each campaign begins once.
	StartDue(ctx context.Context) (worked bool, err error)
}

var _ Starter = (*Service)(nil)

// Bounds of a schedule.
const (
	farthest = 366 * 24 * time.Hour
	// latest is how long after its instant a campaign still begins by itself. A
	// server that was away for longer must not send in the middle of the night
	// what was meant for the morning.
	latest = 6 * time.Hour
)

// reasonTooLate says that nothing could begin the campaign within latest.
const reasonTooLate = "SCHEDULE_TOO_LATE"

// Schedule lets a draft begin by itself at an instant. Its findings are asked
// for now and again when it begins; until then it cannot be changed.
// Errors: fault.NotFound; fault.Conflict (STALE_VERSION); fault.Precondition
// (NOT_DRAFT), or FINDINGS_BLOCK with the codes of the findings; fault.Invalid
// (PAST, TOO_FAR) at scheduledAt.
func (s *Service) Schedule(ctx context.Context, id int64, version int, at time.Time) (*db.Campaign, error) {
	row := new(db.Campaign)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := lock(ctx, tx, row, id); err != nil {
			return err
		}
		if err := mustBeDraft(row, version); err != nil {
			return err
		}
		now := s.Clock.Now()
		if err := checkInstant(at, now); err != nil {
			return err
		}
		p, err := s.loadPlan(ctx, tx, row)
		if err != nil {
			return err
		}
		findings, err := s.check(ctx, p)
		if err != nil {
			return err
		}
		if policy.Blocks(findings) {
			return blocked(findings)
		}
		row.Status, row.ScheduledAt, row.ScheduledBy = string(StatusScheduled), &at, staffID(ctx)
		row.MissedAt, row.MissedBecause = nil, nil
		if err := saveState(ctx, tx, row, now); err != nil {
			return err
		}
		return audit(ctx, tx, "campaign.schedule", id, map[string]any{"at": at.UTC().Format(time.RFC3339)})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

func checkInstant(at, now time.Time) error {
	switch {
	case !at.After(now):
		return fault.New(fault.Invalid, "the instant has passed").WithCode("PAST").At("scheduledAt")
	case at.Sub(now) > farthest:
		return fault.New(fault.Invalid, "more than a year ahead").WithCode("TOO_FAR").At("scheduledAt")
	}
	return nil
}

// Unschedule makes a scheduled campaign a draft again. A draft stays one.
// Errors: fault.NotFound, fault.Precondition (NOT_SCHEDULED).
func (s *Service) Unschedule(ctx context.Context, id int64) (*db.Campaign, error) {
	return s.turn(ctx, id, "campaign.unschedule", turn{to: StatusDraft, from: []Status{StatusScheduled}, refusal: "NOT_SCHEDULED"})
}

// StartDue begins every campaign whose instant has come, or takes it out of the
// schedule and says why. One that fails for another reason stays, is tried
// again, and holds no other up.
func (s *Service) StartDue(ctx context.Context) (worked bool, err error) {
	var ids []int64
	now := s.Clock.Now()
	if err := s.DB.NewRaw(`SELECT id FROM campaigns WHERE status = 'SCHEDULED' AND scheduled_at <= ? ORDER BY scheduled_at, id`, now).Scan(ctx, &ids); err != nil {
		return false, db.Fault(err)
	}
	var failed []error
	for _, id := range ids {
		began, err := s.startDue(ctx, id, now)
		if err != nil {
			failed = append(failed, fmt.Errorf("scheduled campaign %d: %w", id, err))
		}
		worked = worked || began
	}
	return worked, errors.Join(failed...)
}

// startDue begins one campaign in one transaction that holds its row, so that a
// process killed in it leaves it as it was, and no second begins it.
func (s *Service) startDue(ctx context.Context, id int64, now time.Time) (began bool, err error) {
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		var rows []*db.Campaign
		err := tx.NewSelect().Model(&rows).Where("id = ? AND status = 'SCHEDULED' AND scheduled_at <= ?", id, now).For("UPDATE SKIP LOCKED").Scan(ctx)
		if err != nil || len(rows) == 0 {
			return db.Fault(err)
		}
		began = true
		row := rows[0]
		if now.Sub(*row.ScheduledAt) > latest {
			return s.miss(ctx, tx, row, []string{reasonTooLate})
		}
		p, err := s.loadPlan(ctx, tx, row)
		if err != nil {
			return err
		}
		findings, err := s.check(ctx, p)
		if err != nil {
			return err
		}
		if policy.Blocks(findings) {
			return s.miss(ctx, tx, row, blocking(findings))
		}
		return s.beginPlan(ctx, tx, p, fmt.Sprint("schedule-", row.Version))
	})
	return began && err == nil, err
}

// miss makes a scheduled campaign a draft again and keeps why it did not go.
func (s *Service) miss(ctx context.Context, tx db.Tx, row *db.Campaign, because []string) error {
	now := s.Clock.Now()
	row.Status, row.ScheduledAt, row.ScheduledBy = string(StatusDraft), nil, nil
	row.MissedAt, row.MissedBecause = &now, because
	if err := saveState(ctx, tx, row, now); err != nil {
		return err
	}
	return audit(ctx, tx, "campaign.schedule_missed", row.ID, map[string]any{"because": because})
}

// SetRate changes how many mails a minute go out, at once also while a campaign
// is being sent; 0 is as fast as the wire takes them.
// Errors: fault.NotFound; fault.Invalid at ratePerMinute; fault.Precondition
// (ALREADY_SENT) when nothing is left to send.
func (s *Service) SetRate(ctx context.Context, id int64, perMinute int) (*db.Campaign, error) {
	rate := rateOrNil(perMinute)
	if err := checkRate(rate); err != nil {
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
		row.RatePerMinute = rate
		if _, err := tx.NewUpdate().Model((*db.Delivery)(nil)).Set("rate_per_minute = ?", rate).
			Where("campaign_id = ? AND finished_at IS NULL", id).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if err := saveState(ctx, tx, row, s.Clock.Now()); err != nil {
			return err
		}
		if err := s.Queue.Enqueue(ctx, tx, Wake{}); err != nil {
			return db.Fault(err)
		}
		return audit(ctx, tx, "campaign.set_rate", id, map[string]any{"perMinute": perMinute})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}
