package campaign

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Wake is the job that tells an engine there is something to do. It carries no
// work of its own: engines look by themselves too, and claim what they find.
type Wake struct{}

// Kind names the job in the queue.
func (Wake) Kind() string { return "campaign.wake" }

// Send begins sending a draft: what it says is frozen into a delivery, which
// the engine then expands and sends. A second call with the same key changes
// nothing and answers as the first did.
// Errors: fault.NotFound; fault.Conflict (STALE_VERSION); fault.Precondition
// (NOT_DRAFT), or FINDINGS_BLOCK with the codes of the findings.
func (s *Service) Send(ctx context.Context, id int64, version int, key string) (*db.Campaign, error) {
	if key == "" {
		return nil, fault.New(fault.Invalid, "an idempotency key is needed").WithCode("REQUIRED").At("idempotencyKey")
	}
	row := new(db.Campaign)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := lock(ctx, tx, row, id); err != nil {
			return err
		}
		if done, err := sentWith(ctx, tx, id, key); done || err != nil {
			return err
		}
		if err := mustBeDraft(row, version); err != nil {
			return err
		}
		return s.begin(ctx, tx, row, key)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

func sentWith(ctx context.Context, tx bun.IDB, campaignID int64, key string) (bool, error) {
	done, err := tx.NewSelect().Model((*db.Delivery)(nil)).Where("campaign_id = ? AND idempotency_key = ?", campaignID, key).Exists(ctx)
	return done, db.Fault(err)
}

func (s *Service) begin(ctx context.Context, tx db.Tx, row *db.Campaign, key string) error {
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
	return s.beginPlan(ctx, tx, p, key)
}

// beginPlan makes the delivery of a plan that no finding blocks.
func (s *Service) beginPlan(ctx context.Context, tx db.Tx, p *plan, key string) error {
	now, row := s.Clock.Now(), p.campaign
	delivery, err := s.createDelivery(ctx, tx, p, key, now)
	if err != nil {
		return err
	}
	row.Status, row.SentAt, row.ScheduledAt = string(StatusSending), &now, nil
	row.MissedAt, row.MissedBecause = nil, nil
	if err := saveState(ctx, tx, row, now); err != nil {
		return err
	}
	if err := s.mallMails().Begin(ctx, tx, row.ID); err != nil {
		return err
	}
	if err := s.Queue.Enqueue(ctx, tx, Wake{}); err != nil {
		return db.Fault(err)
	}
	return audit(ctx, tx, "campaign.send", row.ID, map[string]any{
		"delivery": delivery.ID, "segment": row.SegmentID, "variants": len(p.variants), "holdoutRate": row.HoldoutRate, "exclusions": p.excluded,
	})
}

func blocked(findings []policy.Finding) error {
	return fault.New(fault.Precondition, "the campaign cannot be sent before its findings are mended").
		WithCode("FINDINGS_BLOCK").With("findings", blocking(findings))
}

// blocking are the codes of the findings that forbid sending.
func blocking(findings []policy.Finding) []string {
	var codes []string
	for _, f := range findings {
		if f.Blocks() && !slices.Contains(codes, f.Code) {
			codes = append(codes, f.Code)
		}
	}
	return codes
}

// createDelivery freezes the content. The tracked links are stored with it,
// before the first mail goes out.
func (s *Service) createDelivery(ctx context.Context, tx bun.IDB, p *plan, key string, now time.Time) (*db.Delivery, error) {
	content := p.snapshot()
	raw, err := json.Marshal(content)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "the content cannot be kept")
	}
	delivery := &db.Delivery{
		CampaignID: &p.campaign.ID, Channel: mail, Status: string(Expanding), Content: raw, IdempotencyKey: key,
		DeliveryMonth: time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC), CreatedAt: now,
		RatePerMinute: p.campaign.RatePerMinute,
	}
	if _, err := tx.NewInsert().Model(delivery).Returning("id").Exec(ctx); err != nil {
		return nil, db.Fault(err)
	}
	links, err := trackedLinks(delivery.ID, &content, s.Zone)
	if err != nil || len(links) == 0 {
		return delivery, err
	}
	_, err = tx.NewInsert().Model(&links).Exec(ctx)
	return delivery, db.Fault(err)
}

func trackedLinks(deliveryID int64, content *Snapshot, zone *time.Location) ([]*db.TrackedLink, error) {
	var links []*db.TrackedLink
	for i := range content.Variants {
		v := &content.Variants[i]
		t, err := message.Prepare(v.Content, v.fixed(content.Sender, zone))
		if err != nil {
			return nil, err
		}
		for position, url := range t.Links() {
			links = append(links, &db.TrackedLink{DeliveryID: deliveryID, VariantID: v.ID, Position: position, URL: url})
		}
	}
	return links, nil
}

// Pause stops a campaign that is being sent, for a reason that may be empty;
// what a worker has in hand still goes out. Who is meant is still worked out, so
// that it can be seen who waits. Pausing a paused one changes nothing.
// Errors: fault.NotFound; fault.Precondition (NOT_SENDING); fault.Invalid
// (TOO_LONG, NO_PERSONAL_DATA) at reason.
func (s *Service) Pause(ctx context.Context, id int64, reason string) (*db.Campaign, error) {
	reason = strings.TrimSpace(reason)
	if err := cmp.Or(checkReason(reason), checkLength("reason", reason, maxPauseReason)); err != nil {
		return nil, err
	}
	return s.turn(ctx, id, "campaign.pause", turn{
		to: StatusPaused, from: []Status{StatusSending}, refusal: "NOT_SENDING", reason: reason,
		deliveries: `UPDATE deliveries SET status = 'PAUSED' WHERE campaign_id = ? AND status IN ('EXPANDING', 'SENDING')`,
	})
}

// Resume lets a paused campaign go on where it stopped.
// Errors: fault.NotFound, fault.Precondition (NOT_PAUSED).
func (s *Service) Resume(ctx context.Context, id int64) (*db.Campaign, error) {
	return s.turn(ctx, id, "campaign.resume", turn{
		to: StatusSending, from: []Status{StatusPaused}, refusal: "NOT_PAUSED",
		deliveries: `UPDATE deliveries SET status = CASE WHEN expanded_at IS NULL OR rest THEN 'EXPANDING' ELSE 'SENDING' END WHERE campaign_id = ? AND status = 'PAUSED'`,
	})
}

// Cancel withdraws what is not sent yet, for good; the engine books it. What a
// worker has in hand still goes out. A draft and a scheduled one are dropped.
// Errors: fault.NotFound, fault.Precondition (ALREADY_SENT).
func (s *Service) Cancel(ctx context.Context, id int64) (*db.Campaign, error) {
	return s.turn(ctx, id, "campaign.cancel", turn{
		to: StatusCancelled, from: []Status{StatusDraft, StatusScheduled, StatusSending, StatusPaused}, refusal: "ALREADY_SENT",
		deliveries: `UPDATE deliveries SET status = 'CANCELLED' WHERE campaign_id = ? AND finished_at IS NULL`,
	})
}

// maxPauseReason is how many characters the reason of a pause may have.
const maxPauseReason = 200

// turn is a move of a campaign to another state.
type turn struct {
	to         Status
	from       []Status
	refusal    string // the code for any other state
	reason     string // staff's own words, or ""
	deliveries string // the statement that moves its deliveries; "": it has none
}

// turn moves a campaign and its deliveries, and says so in the audit log. The
// campaign's row is locked first, as everywhere.
func (s *Service) turn(ctx context.Context, id int64, action string, t turn) (*db.Campaign, error) {
	row := new(db.Campaign)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := lock(ctx, tx, row, id); err != nil || row.Status == string(t.to) {
			return err
		}
		if !slices.Contains(t.from, Status(row.Status)) {
			return fault.New(fault.Precondition, "the campaign is %s", row.Status).WithCode(t.refusal).With("status", row.Status)
		}
		now := s.Clock.Now()
		t.apply(ctx, row, now)
		if t.deliveries != "" {
			if _, err := tx.NewRaw(t.deliveries, id).Exec(ctx); err != nil {
				return db.Fault(err)
			}
		}
		if err := saveState(ctx, tx, row, now); err != nil {
			return err
		}
		if err := s.Queue.Enqueue(ctx, tx, Wake{}); err != nil {
			return db.Fault(err)
		}
		if t.reason == "" {
			return audit(ctx, tx, action, id, nil)
		}
		return audit(ctx, tx, action, id, map[string]any{"reason": t.reason})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

func (t turn) apply(ctx context.Context, row *db.Campaign, now time.Time) {
	row.Status, row.ScheduledAt = string(t.to), nil
	row.PausedAt, row.PausedBy, row.PauseReason = nil, nil, ""
	switch t.to {
	case StatusCancelled:
		row.FinishedAt = &now
	case StatusPaused:
		row.PausedAt, row.PausedBy, row.PauseReason = &now, staffID(ctx), t.reason
	}
}

// saveState stores a campaign whose state has changed and wakes its watchers.
func saveState(ctx context.Context, tx bun.IDB, row *db.Campaign, now time.Time) error {
	row.Version++
	row.UpdatedAt = now
	_, err := tx.NewUpdate().Model(row).
		Column("status", "sent_at", "finished_at", "scheduled_at", "scheduled_by", "missed_at", "missed_because", "rate_per_minute",
			"paused_at", "paused_by", "pause_reason", "version", "updated_at").
		WherePK().Exec(ctx)
	if err != nil {
		return db.Fault(err)
	}
	return live.Notify(ctx, tx, live.Campaign, row.ID)
}
