package task

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db"
)

// Reach tells how many of a campaign's audience are refused by a rule first.
type Reach interface {
	// RefusedBy judges the audience as it is now. Errors: fault.NotFound.
	RefusedBy(ctx context.Context, campaignID int64, rule string) (int64, error)
}

// Service keeps mall mails and tasks. Every change is audited in its own
// transaction.
type Service struct {
	DB    *db.DB
	Clock clock.Clock
	Zone  *time.Location // of the merchant
	Gate  *message.Gate
	Reach Reach
}

// MallMails are the mall mails of a campaign, by mall.
func (s *Service) MallMails(ctx context.Context, campaignID int64) ([]*db.MallMail, error) {
	return mallMails(ctx, s.DB, campaignID)
}

func mallMails(ctx context.Context, idb bun.IDB, campaignID int64) ([]*db.MallMail, error) {
	var rows []*db.MallMail
	err := idb.NewSelect().Model(&rows).Where("campaign_id = ?", campaignID).Order("mall").Scan(ctx)
	return rows, db.Fault(err)
}

// Save stores what a draft campaign holds for a mall's mail tool.
// Errors: fault.NotFound; fault.Precondition (NOT_DRAFT); fault.Invalid at the
// field.
func (s *Service) Save(ctx context.Context, d Draft) (*db.MallMail, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	row := &db.MallMail{
		CampaignID: d.CampaignID, Mall: d.Mall, Subject: d.Subject, TextBody: d.Text, HTMLBody: d.HTML,
		OfferID: d.OfferID, SendOn: d.SendOn, AssigneeID: d.AssigneeID, UpdatedAt: s.Clock.Now(),
	}
	err := s.onDraft(ctx, d.CampaignID, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewInsert().Model(row).On("CONFLICT ON CONSTRAINT mall_mails_pkey DO UPDATE").
			Set(`subject = EXCLUDED.subject, text_body = EXCLUDED.text_body, html_body = EXCLUDED.html_body, offer_id = EXCLUDED.offer_id,
				send_on = EXCLUDED.send_on, assignee_id = EXCLUDED.assignee_id, updated_at = EXCLUDED.updated_at`).Exec(ctx)
		if err != nil {
			return saveFault(err)
		}
		return s.audit(ctx, tx, "mall_mail.save", "Campaign", d.CampaignID, map[string]any{"mall": d.Mall})
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Remove takes a mall mail out of a draft campaign; removing none changes
// nothing. Errors: fault.NotFound, fault.Precondition (NOT_DRAFT).
func (s *Service) Remove(ctx context.Context, campaignID int64, mall string) error {
	return s.onDraft(ctx, campaignID, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewDelete().Model((*db.MallMail)(nil)).Where("campaign_id = ? AND mall = ?", campaignID, mall).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return s.audit(ctx, tx, "mall_mail.remove", "Campaign", campaignID, map[string]any{"mall": mall})
	})
}

// onDraft runs fn while the campaign is held as a draft.
func (s *Service) onDraft(ctx context.Context, campaignID int64, fn func(context.Context, db.Tx) error) error {
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row := new(db.Campaign)
		if err := tx.NewSelect().Model(row).Column("id", "status").Where("id = ?", campaignID).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		if row.Status != "DRAFT" {
			return fault.New(fault.Precondition, "only a draft can be changed").WithCode("NOT_DRAFT")
		}
		return fn(ctx, tx)
	})
}

// Copy gives one campaign the mall mails of another, inside the caller's
// transaction; the day of sending is left open.
func (s *Service) Copy(ctx context.Context, tx bun.IDB, from, to int64) error {
	_, err := tx.NewRaw(`
		INSERT INTO mall_mails (campaign_id, mall, subject, text_body, html_body, offer_id, assignee_id)
		SELECT ?, mall, subject, text_body, html_body, offer_id, assignee_id FROM mall_mails WHERE campaign_id = ?`, to, from).Exec(ctx)
	return db.Fault(err)
}

// saveFault names the field behind a reference that leads nowhere.
func saveFault(err error) error {
	switch db.Constraint(err) {
	case "mall_mails_offer_fkey":
		return fault.Wrap(fault.Invalid, err, "there is no such offer").WithCode("NOT_FOUND").At("offerId")
	case "mall_mails_assignee_fkey", "tasks_assignee_fkey":
		return fault.Wrap(fault.Invalid, err, "there is no such member of staff").WithCode("NOT_FOUND").At("assigneeId")
	}
	return db.Fault(err)
}

func (s *Service) audit(ctx context.Context, tx bun.IDB, action, kind string, id int64, detail map[string]any) error {
	return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: kind, ObjectID: id, Detail: detail})
}

// Assignee is a member of staff who can be given a task.
type Assignee struct {
	ID   int64
	Name string
}

// Assignees are all who can be given a task, by name.
func (s *Service) Assignees(ctx context.Context) ([]Assignee, error) {
	var list []Assignee
	err := s.DB.NewSelect().Table("staff").Column("id", "name").Where("disabled_at IS NULL").Order("name", "id").Scan(ctx, &list)
	return list, db.Fault(err)
}
