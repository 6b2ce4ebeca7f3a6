package campaign

import (
	"context"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/campaign/experiment"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Queue wakes the engine: a job enqueued in a transaction runs at least once
// after it commits.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// AudienceSource tells who a segment means.
type AudienceSource interface {
	// Members is a statement, with its arguments as $1, $2 …, whose one column
	// is the id of every customer the segment's rule means at this moment, each
	// once. It is run under segment.RuleSettings. Errors: fault.NotFound.
	Members(ctx context.Context, segmentID int64) (sql string, args []any, err error)
}

// SenderSource tells who the merchant's mails come from.
type SenderSource interface {
	Sender(ctx context.Context, idb bun.IDB) (policy.Sender, error)
}

// BrandSource tells how the merchant looks.
type BrandSource interface {
	Brand(ctx context.Context, idb bun.IDB) (message.Brand, error)
}

// mail is the one channel campaigns go through so far.
const mail = "MAIL"

// Service plans campaigns and sets them going. Every change is audited in its
// own transaction.
type Service struct {
	DB       *db.DB
	Clock    clock.Clock
	Zone     *time.Location // of the merchant
	Queue    Queue
	Audience AudienceSource
	Sender   SenderSource
	Gate     *message.Gate
	Offers   *offer.Service
	Brands   BrandSource // nil: as any merchant
	// MallMails is what is sent with the malls' own tools; nil: nothing.
	MallMails MallMails
	// Kept keeps what is judged of whole audiences; nil: nothing.
	Kept *kept.Shelf
	// PreviewBudget bounds a preview; 0 is DefaultPreviewBudget.
	PreviewBudget time.Duration
}

// Create makes a draft.
// Errors: fault.Invalid.
func (s *Service) Create(ctx context.Context, d Draft) (*db.Campaign, error) {
	name, err := checkName(d.Name)
	if err != nil {
		return nil, err
	}
	if err := checkLength("theme", d.Theme, maxTheme); err != nil {
		return nil, err
	}
	if err := d.Period.check(); err != nil {
		return nil, err
	}
	row := &db.Campaign{
		Name: name, Theme: d.Theme, SegmentID: d.SegmentID, CreatedBy: staffID(ctx),
		StartsOn: d.Period.StartsOn, EndsOn: d.Period.EndsOn,
	}
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewInsert().Model(row).Returning("*").Exec(ctx); err != nil {
			return saveFault(err)
		}
		return audit(ctx, tx, "campaign.create", row.ID, nil)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Update saves a draft and raises its version.
// Errors: fault.NotFound; fault.Conflict (STALE_VERSION) when somebody saved in
// between; fault.Precondition (NOT_DRAFT); fault.Invalid at the field.
func (s *Service) Update(ctx context.Context, id int64, version int, c Change) (*db.Campaign, error) {
	if c.Variants != nil {
		if err := checkVariants(*c.Variants); err != nil {
			return nil, err
		}
	}
	row := new(db.Campaign)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := lock(ctx, tx, row, id); err != nil {
			return err
		}
		if err := mustBeDraft(row, version); err != nil {
			return err
		}
		before, err := auditedDraft(ctx, tx, row)
		if err != nil {
			return err
		}
		if err := c.apply(row); err != nil {
			return err
		}
		row.Version++
		row.UpdatedAt = s.Clock.Now()
		if _, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
			return saveFault(err)
		}
		if c.Variants != nil {
			if err := replaceVariants(ctx, tx, id, *c.Variants); err != nil {
				return err
			}
		}
		if c.Exclusions != nil {
			if err := replaceExclusions(ctx, tx, id, *c.Exclusions); err != nil {
				return err
			}
		}
		return auditChange(ctx, tx, row, before)
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

func (c Change) apply(row *db.Campaign) error {
	if c.Name != nil {
		name, err := checkName(*c.Name)
		if err != nil {
			return err
		}
		row.Name = name
	}
	if c.Theme != nil {
		row.Theme = *c.Theme
	}
	if c.SenderName != nil {
		row.SenderName = *c.SenderName
	}
	if c.SegmentID != nil {
		row.SegmentID = c.SegmentID
	}
	if c.Period != nil {
		if err := c.Period.check(); err != nil {
			return err
		}
		row.StartsOn, row.EndsOn = c.Period.StartsOn, c.Period.EndsOn
	}
	if c.Choice != nil {
		row.DestinationChoice = string(*c.Choice)
	}
	if c.ConversionDays != nil {
		row.ConversionDays = *c.ConversionDays
	}
	if c.HoldoutRate != nil {
		row.HoldoutRate = *c.HoldoutRate
	}
	if c.FrequencyDays != nil {
		row.FrequencyDays = *c.FrequencyDays
	}
	if c.RatePerMinute != nil {
		row.RatePerMinute = rateOrNil(*c.RatePerMinute)
	}
	return errors.Join(checkLength("theme", row.Theme, maxTheme), checkLength("senderName", row.SenderName, maxName),
		checkRange("conversionDays", row.ConversionDays, 1, maxConversionDays), checkRange("holdoutRate", row.HoldoutRate, 0, experiment.MaxHoldout),
		checkRange("frequencyDays", row.FrequencyDays, 0, maxFrequencyDays), checkRate(row.RatePerMinute))
}

// rateOrNil is a rate as it is stored: nil for none.
func rateOrNil(perMinute int) *int {
	if perMinute == 0 {
		return nil
	}
	return &perMinute
}

func checkRate(perMinute *int) error {
	if perMinute == nil {
		return nil
	}
	return checkRange("ratePerMinute", *perMinute, 1, maxRate)
}

// mustBeDraft lets pass a draft of the version the caller has seen.
func mustBeDraft(row *db.Campaign, version int) error {
	switch {
	case row.Status != string(StatusDraft):
		return fault.New(fault.Precondition, "only a draft can be changed or sent").WithCode("NOT_DRAFT")
	case row.Version != version:
		return staleVersion(row)
	}
	return nil
}

func staleVersion(row *db.Campaign) error {
	return fault.New(fault.Conflict, "somebody else saved the campaign in between").
		WithCode("STALE_VERSION").At("version").With("version", row.Version)
}

// mustBeOpen lets pass a campaign that has something left to send.
func mustBeOpen(row *db.Campaign) error {
	if row.FinishedAt == nil {
		return nil
	}
	return fault.New(fault.Precondition, "the campaign is %s", row.Status).WithCode("ALREADY_SENT").With("status", row.Status)
}

func lock(ctx context.Context, tx bun.IDB, row *db.Campaign, id int64) error {
	return db.Fault(tx.NewSelect().Model(row).Where("id = ? AND archived_at IS NULL", id).For("UPDATE").Scan(ctx))
}

// replaceVariants keeps the id of a mall's variant, so that pages that show it
// go on showing it.
func replaceVariants(ctx context.Context, tx bun.IDB, campaignID int64, variants []Variant) error {
	rows := make([]*db.CampaignVariant, len(variants))
	malls := make([]string, len(variants))
	for i, v := range variants {
		malls[i] = v.Mall
		rows[i] = &db.CampaignVariant{
			CampaignID: campaignID, Mall: v.Mall, IsDefault: v.IsDefault, OfferID: v.OfferID,
			Subject: v.Subject, MJML: v.MJML, TextBody: v.TextBody,
		}
	}
	gone := tx.NewDelete().Model((*db.CampaignVariant)(nil)).Where("campaign_id = ?", campaignID)
	if len(malls) > 0 {
		gone = gone.Where("mall NOT IN (?)", bun.List(malls))
	}
	if _, err := gone.Exec(ctx); err != nil || len(rows) == 0 {
		return db.Fault(err)
	}
	// The default moves in two steps: its index cannot be deferred.
	if _, err := tx.NewUpdate().Model((*db.CampaignVariant)(nil)).Set("is_default = false").Where("campaign_id = ?", campaignID).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	_, err := tx.NewInsert().Model(&rows).On("CONFLICT ON CONSTRAINT campaign_variants_mall_key DO UPDATE").
		Set("is_default = EXCLUDED.is_default, offer_id = EXCLUDED.offer_id, subject = EXCLUDED.subject, mjml = EXCLUDED.mjml, text_body = EXCLUDED.text_body").
		Exec(ctx)
	return saveFault(err)
}

// Metrics are the live figures of a campaign as they stand.
// Errors: fault.NotFound.
func (s *Service) Metrics(ctx context.Context, id int64) (*Metrics, error) {
	return ReadMetrics(ctx, s.DB.Pool, id, s.Clock.Now())
}

// VariantSet is the variants of one campaign, the default one first.
type VariantSet struct {
	CampaignID int64
	Variants   []*db.CampaignVariant
}

// Variants are the variants of campaigns, one set for each.
func (s *Service) Variants(ctx context.Context, campaignIDs []int64) ([]VariantSet, error) {
	rows, err := variantRows(ctx, s.DB, campaignIDs...)
	if err != nil {
		return nil, err
	}
	byCampaign := make(map[int64][]*db.CampaignVariant, len(campaignIDs))
	for _, row := range rows {
		byCampaign[row.CampaignID] = append(byCampaign[row.CampaignID], row)
	}
	sets := make([]VariantSet, len(campaignIDs))
	for i, id := range campaignIDs {
		sets[i] = VariantSet{id, byCampaign[id]}
	}
	return sets, nil
}

// VariantByID is one variant. Errors: fault.NotFound.
func (s *Service) VariantByID(ctx context.Context, id int64) (*db.CampaignVariant, error) {
	row := new(db.CampaignVariant)
	if err := s.DB.NewSelect().Model(row).Where("id = ?", id).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return row, nil
}

func variantRows(ctx context.Context, idb bun.IDB, campaignIDs ...int64) ([]*db.CampaignVariant, error) {
	var rows []*db.CampaignVariant
	err := idb.NewSelect().Model(&rows).Where("campaign_id IN (?)", bun.List(campaignIDs)).
		Order("campaign_id", "is_default DESC", "id").Scan(ctx)
	return rows, db.Fault(err)
}

// saveFault names the field behind a reference that leads nowhere.
func saveFault(err error) error {
	switch db.Constraint(err) {
	case "campaigns_segment_fkey":
		return fault.Wrap(fault.Invalid, err, "there is no such segment").WithCode("NOT_FOUND").At("segmentId")
	case "campaign_exclusions_segment_fkey":
		return fault.Wrap(fault.Invalid, err, "there is no such segment").WithCode("NOT_FOUND").At("exclusions")
	case "campaign_variants_offer_fkey":
		return fault.Wrap(fault.Invalid, err, "there is no such offer").WithCode("NOT_FOUND").At("variants")
	}
	return db.Fault(err)
}

func staffID(ctx context.Context) *int64 { return access.CallerFrom(ctx).Principal.StaffID() }

func audit(ctx context.Context, tx bun.IDB, action string, id int64, detail map[string]any) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "Campaign", ObjectID: id, Detail: detail})
}
