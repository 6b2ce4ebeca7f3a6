package campaign

import (
	"context"
	"slices"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Copy says what a copy of a campaign is to be.
type Copy struct {
	Name string // "": the old one, marked as a copy
	// WithoutMails leaves the mails out, so that only what staff send with the
	// malls' own tools is there and nobody can get a mail a second time.
	WithoutMails bool
}

// Duplicate makes a new draft of a campaign in any state, with everything but
// its schedule. Errors: fault.NotFound, fault.Invalid.
func (s *Service) Duplicate(ctx context.Context, id int64, c Copy) (*db.Campaign, error) {
	var row *db.Campaign
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		from := new(db.Campaign)
		if err := tx.NewSelect().Model(from).Where("id = ?", id).Scan(ctx); err != nil {
			return db.Fault(err)
		}
		if c.Name == "" {
			c.Name = copyName(from.Name)
		}
		name, err := checkName(c.Name)
		if err != nil {
			return err
		}
		row = &db.Campaign{
			Name: name, Theme: from.Theme, SegmentID: from.SegmentID, DestinationChoice: from.DestinationChoice,
			SenderName: from.SenderName, ConversionDays: from.ConversionDays, CreatedBy: staffID(ctx),
			HoldoutRate: from.HoldoutRate, FrequencyDays: from.FrequencyDays, RatePerMinute: from.RatePerMinute,
		}
		if _, err := tx.NewInsert().Model(row).Returning("*").Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if !c.WithoutMails {
			if err := copyVariants(ctx, tx, id, row.ID); err != nil {
				return err
			}
		}
		if err := copyExclusions(ctx, tx, id, row.ID); err != nil {
			return err
		}
		if err := s.mallMails().Copy(ctx, tx, id, row.ID); err != nil {
			return err
		}
		return audit(ctx, tx, "campaign.duplicate", row.ID, map[string]any{"from": id})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

const copyMark = " のコピー"

// copyName marks a name as a copy, within the length a name may have.
func copyName(name string) string {
	runes := []rune(name)
	return string(runes[:min(len(runes), maxName-len([]rune(copyMark)))]) + copyMark
}

func copyVariants(ctx context.Context, tx bun.IDB, from, to int64) error {
	_, err := tx.NewRaw(`
		INSERT INTO campaign_variants (campaign_id, mall, is_default, offer_id, subject, mjml, text_body)
		SELECT ?, mall, is_default, offer_id, subject, mjml, text_body FROM campaign_variants WHERE campaign_id = ? ORDER BY id`,
		to, from).Exec(ctx)
	return db.Fault(err)
}

func copyExclusions(ctx context.Context, tx bun.IDB, from, to int64) error {
	_, err := tx.NewRaw(`INSERT INTO campaign_exclusions (campaign_id, segment_id)
		SELECT ?, segment_id FROM campaign_exclusions WHERE campaign_id = ?`, to, from).Exec(ctx)
	return db.Fault(err)
}

// Delete puts a draft away for good: it is found no more. What was sent stays,
// because figures and messages speak of it.
// Errors: fault.NotFound; fault.Precondition (NOT_DRAFT).
func (s *Service) Delete(ctx context.Context, id int64) error {
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row := new(db.Campaign)
		if err := lock(ctx, tx, row, id); err != nil {
			return err
		}
		if row.Status != string(StatusDraft) {
			return fault.New(fault.Precondition, "only a draft can be deleted").WithCode("NOT_DRAFT")
		}
		now := s.Clock.Now()
		row.ArchivedAt, row.UpdatedAt = &now, now
		if _, err := tx.NewUpdate().Model(row).Column("archived_at", "updated_at").WherePK().Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return audit(ctx, tx, "campaign.delete", id, nil)
	})
}

func replaceExclusions(ctx context.Context, tx bun.IDB, campaignID int64, segments []int64) error {
	segments = slices.Compact(slices.Sorted(slices.Values(segments)))
	if len(segments) > maxExclusions {
		return fault.New(fault.Invalid, "at most %d segments can be excluded", maxExclusions).
			WithCode("TOO_MANY").At("exclusions").With("max", maxExclusions)
	}
	if _, err := tx.NewDelete().Model((*db.CampaignExclusion)(nil)).Where("campaign_id = ?", campaignID).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	_, err := tx.NewRaw(`INSERT INTO campaign_exclusions (campaign_id, segment_id) SELECT ?, unnest(?::bigint[])`,
		campaignID, pgdialect.Array(segments)).Exec(ctx)
	return saveFault(err)
}

// Exclusions are the segments whose members get nothing of a campaign, by id.
func (s *Service) Exclusions(ctx context.Context, campaignID int64) ([]int64, error) {
	return exclusionsOf(ctx, s.DB, campaignID)
}

func exclusionsOf(ctx context.Context, idb bun.IDB, campaignID int64) ([]int64, error) {
	var ids []int64
	err := idb.NewRaw(`SELECT segment_id FROM campaign_exclusions WHERE campaign_id = ? ORDER BY segment_id`, campaignID).Scan(ctx, &ids)
	return ids, db.Fault(err)
}
