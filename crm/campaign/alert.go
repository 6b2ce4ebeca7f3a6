package campaign

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/db"
)

// When staff is told that mails come back. The rates of complaints are those
// that large receivers ask senders to stay under (Gmail's guidelines for
// senders: below 0.1 %, never 0.3 %); those of bounces are what mail providers
// review senders at (5 %) and suspend them at (10 %).
const (
	bounceWindow = 12 * time.Hour
	usualWindow  = 30 * 24 * time.Hour // before the window
	fewestSent   = 50                  // of fewer mails a rate says nothing
	fewestBounce = 10
	fewestSpam   = 3
	jump         = 3 // times the usual rate

	bounceWarning, bounceCritical = 500, 1000 // basis points
	spamWarning, spamCritical     = 10, 30
	bounceLeast                   = 200 // below that a jump is none
)

// returned is what was sent in a time, and what of it came back.
type returned struct{ sent, bounced, complained int64 }

func (r returned) rate(n int64) int64 {
	if r.sent == 0 {
		return 0
	}
	return n * basis / r.sent
}

const basis = 10_000

// BounceJump tells when far more mails than usual bounce for good, or are
// called spam: at the door or by a report that came back.
func (s *Service) BounceJump(ctx context.Context) ([]alert.Cause, error) {
	var now, usual returned
	until := s.Clock.Now()
	from := until.Add(-bounceWindow)
	err := s.DB.Pool.QueryRow(ctx, `
		SELECT coalesce(sum(value) FILTER (WHERE minute >= $2), 0)::bigint, coalesce(sum(value) FILTER (WHERE minute >= $2 AND metric = 'BOUNCED'), 0)::bigint,
			coalesce(sum(value) FILTER (WHERE minute < $2), 0)::bigint, coalesce(sum(value) FILTER (WHERE minute < $2 AND metric = 'BOUNCED'), 0)::bigint
		FROM campaign_series WHERE metric IN ('SENT', 'BOUNCED') AND minute >= $1 AND minute < $3`, from.Add(-usualWindow), from, until).
		Scan(&now.sent, &now.bounced, &usual.sent, &usual.bounced)
	if err != nil {
		return nil, db.Fault(err)
	}
	var hard [2]int64
	err = s.DB.Pool.QueryRow(ctx, `
		SELECT count(*) FILTER (WHERE received_at >= $2 AND kind = 'HARD'), count(*) FILTER (WHERE received_at < $2 AND kind = 'HARD'),
			count(*) FILTER (WHERE received_at >= $2 AND kind = 'COMPLAINT')
		FROM bounces WHERE kind IN ('HARD', 'COMPLAINT') AND received_at >= $1 AND received_at < $3 AND delivery_id IS NOT NULL`, from.Add(-usualWindow), from, until).
		Scan(&hard[0], &hard[1], &now.complained)
	if err != nil {
		return nil, db.Fault(err)
	}
	now.bounced, usual.bounced = now.bounced+hard[0], usual.bounced+hard[1]
	severity, jumped := judgeReturned(now, usual)
	if !jumped {
		return nil, nil
	}
	return []alert.Cause{{Severity: severity, Figures: map[string]any{
		"sent": now.sent, "bounced": now.bounced, "complained": now.complained,
		"usual": usual.rate(usual.bounced), "hours": int(bounceWindow / time.Hour),
	}}}, nil
}

// judgeReturned says whether what came back is alarming. Without a usual rate
// worth the name, the rates that receivers watch decide alone.
func judgeReturned(now, usual returned) (alert.Severity, bool) {
	if now.sent < fewestSent {
		return "", false
	}
	bounce, spam := int64(0), int64(0)
	if now.bounced >= fewestBounce {
		bounce = now.rate(now.bounced)
	}
	if now.complained >= fewestSpam {
		spam = now.rate(now.complained)
	}
	jumped := usual.sent >= fewestSent && bounce >= bounceLeast && bounce >= jump*usual.rate(usual.bounced)
	switch {
	case bounce >= bounceCritical, spam >= spamCritical:
		return alert.Critical, true
	case bounce >= bounceWarning, spam >= spamWarning, jumped:
		return alert.Warning, true
	}
	return "", false
}

// MissedSchedules are the campaigns whose scheduled start did not happen.
func (s *Service) MissedSchedules(ctx context.Context) ([]alert.Cause, error) {
	rows, err := s.List(ctx, Filter{Missed: true}, 0, alert.MaxCauses)
	causes := make([]alert.Cause, len(rows))
	for i, row := range rows {
		causes[i] = alert.Of("Campaign", row.ID, row.Name, alert.Critical, map[string]any{"because": row.MissedBecause})
	}
	return causes, err
}

// BlockedSchedules are the scheduled campaigns that could not begin if their
// instant came now, the first to begin first.
func (s *Service) BlockedSchedules(ctx context.Context) ([]alert.Cause, error) {
	var rows []*db.Campaign
	err := s.DB.NewSelect().Model(&rows).Where("status = ? AND archived_at IS NULL", StatusScheduled).
		Order("scheduled_at", "id").Limit(alert.MaxCauses).Scan(ctx)
	if err != nil {
		return nil, db.Fault(err)
	}
	var causes []alert.Cause
	for _, row := range rows {
		because, err := s.Blocking(ctx, row)
		if err != nil {
			return nil, err
		}
		if len(because) > 0 {
			causes = append(causes, alert.Of("Campaign", row.ID, row.Name, alert.Critical, map[string]any{"because": because}))
		}
	}
	return causes, nil
}
