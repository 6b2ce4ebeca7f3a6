package task

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Begin makes the tasks of a campaign that begins, inside the caller's
// transaction, which has found nothing that blocks. How many customers they
// concern is told by the campaign's figures.
func (s *Service) Begin(ctx context.Context, tx bun.IDB, campaignID int64) error {
	rows, err := mallMails(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if empty(row.Subject, row.TextBody, row.HTMLBody) {
			continue
		}
		made, err := tx.NewSelect().Model((*db.Task)(nil)).Where("campaign_id = ? AND mall = ? AND status <> 'CANCELLED'", campaignID, row.Mall).Exists(ctx)
		if err != nil {
			return db.Fault(err)
		}
		if made {
			continue
		}
		if _, err := s.insert(ctx, tx, row, nil); err != nil {
			return err
		}
	}
	return nil
}

// Create makes the task of a mall mail at once, whether or not its campaign ever
// begins.
// Errors: fault.NotFound; fault.Precondition (FINDINGS_BLOCK) with the codes of
// the findings; fault.Conflict (TASKS_CAMPAIGN_KEY) when there is one already.
func (s *Service) Create(ctx context.Context, campaignID int64, mall string) (*db.Task, error) {
	tool, err := ToolOf(mall)
	if err != nil {
		return nil, err
	}
	customers, err := s.Reach.RefusedBy(ctx, campaignID, tool.Rule)
	if err != nil {
		return nil, err
	}
	var made *db.Task
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row := new(db.MallMail)
		if err := tx.NewSelect().Model(row).Where("campaign_id = ? AND mall = ?", campaignID, mall).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		findings, err := s.check(ctx, tx, row)
		if err != nil {
			return err
		}
		if policy.Blocks(findings) {
			return blocked(findings)
		}
		made, err = s.insert(ctx, tx, row, &customers)
		return err
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

func blocked(findings []policy.Finding) error {
	var codes []string
	for _, f := range findings {
		if f.Blocks() {
			codes = append(codes, f.Code)
		}
	}
	return fault.New(fault.Precondition, "no task can be made before the findings are mended").WithCode("FINDINGS_BLOCK").With("findings", codes)
}

func (s *Service) insert(ctx context.Context, tx bun.IDB, row *db.MallMail, customers *int64) (*db.Task, error) {
	offer, err := offerOf(ctx, tx, row.OfferID)
	if err != nil {
		return nil, err
	}
	task := &db.Task{
		CampaignID: row.CampaignID, Mall: row.Mall, Subject: row.Subject, TextBody: row.TextBody, HTMLBody: row.HTMLBody,
		OfferID: row.OfferID, Customers: customers, DueOn: s.day(row), AssigneeID: row.AssigneeID,
		CreatedAt: s.Clock.Now(), CreatedBy: access.CallerFrom(ctx).Principal.StaffID(),
	}
	if offer != nil {
		task.CouponCode = offer.SharedCode
	}
	if _, err := tx.NewInsert().Model(task).Returning("*").Exec(ctx); err != nil {
		return nil, saveFault(err)
	}
	return task, s.audit(ctx, tx, "task.create", "Task", task.ID, map[string]any{"campaign": row.CampaignID, "mall": row.Mall})
}

// Change is what an update of a task sets; nil leaves a field as it is.
type Change struct {
	DueOn      *time.Time
	AssigneeID *int64
}

// Update changes when an open task is due and whose it is.
// Errors: fault.NotFound, fault.Precondition (TASK_CLOSED), fault.Invalid.
func (s *Service) Update(ctx context.Context, id int64, c Change) (*db.Task, error) {
	return s.change(ctx, id, "task.update", func(row *db.Task) error {
		if c.DueOn != nil {
			row.DueOn = *c.DueOn
		}
		if c.AssigneeID != nil {
			row.AssigneeID = c.AssigneeID
		}
		return mustBe(row, Open)
	})
}

// Complete marks a task done: sent is how many mails the mall's tool says it
// sent.
// Errors: fault.NotFound, fault.Precondition (TASK_CLOSED), fault.Invalid.
func (s *Service) Complete(ctx context.Context, id, sent int64, note string) (*db.Task, error) {
	note = strings.TrimSpace(note)
	switch {
	case sent < 0 || sent > maxSent:
		return nil, fault.New(fault.Invalid, "from 0 to %d", maxSent).WithCode("RANGE").At("sentCount").With("min", 0).With("max", maxSent)
	case utf8.RuneCountInString(note) > maxNote:
		return nil, tooLong("note", maxNote)
	}
	return s.change(ctx, id, "task.complete", func(row *db.Task) error {
		if err := mustBe(row, Open); err != nil {
			return err
		}
		now := s.Clock.Now()
		row.Status, row.DoneAt, row.DoneBy = string(Done), &now, access.CallerFrom(ctx).Principal.StaffID()
		row.SentCount, row.Note = &sent, note
		return nil
	})
}

// Reopen takes a task back that was marked done by mistake.
// Errors: fault.NotFound, fault.Precondition (TASK_OPEN).
func (s *Service) Reopen(ctx context.Context, id int64) (*db.Task, error) {
	return s.change(ctx, id, "task.reopen", func(row *db.Task) error {
		if Status(row.Status) != Done {
			return fault.New(fault.Precondition, "the task is not done").WithCode("TASK_OPEN")
		}
		row.Status, row.DoneAt, row.DoneBy, row.SentCount = string(Open), nil, nil, nil
		return nil
	})
}

// Cancel drops an open task; another one may be made then.
// Errors: fault.NotFound, fault.Precondition (TASK_CLOSED).
func (s *Service) Cancel(ctx context.Context, id int64) (*db.Task, error) {
	return s.change(ctx, id, "task.cancel", func(row *db.Task) error {
		if err := mustBe(row, Open); err != nil {
			return err
		}
		row.Status = string(Cancelled)
		return nil
	})
}

func auditedTask(t *db.Task) map[string]any {
	audited := map[string]any{"status": t.Status, "dueOn": t.DueOn.Format(time.DateOnly), "assignee": nil, "sent": nil}
	if t.AssigneeID != nil {
		audited["assignee"] = *t.AssigneeID
	}
	if t.SentCount != nil {
		audited["sent"] = *t.SentCount
	}
	return audited
}

func mustBe(row *db.Task, status Status) error {
	if Status(row.Status) != status {
		return fault.New(fault.Precondition, "the task is %s", row.Status).WithCode("TASK_CLOSED").With("status", row.Status)
	}
	return nil
}

func (s *Service) change(ctx context.Context, id int64, action string, fn func(*db.Task) error) (*db.Task, error) {
	row := new(db.Task)
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		before := auditedTask(row)
		if err := fn(row); err != nil {
			return err
		}
		if _, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
			return saveFault(err)
		}
		return s.audit(ctx, tx, action, "Task", id, access.Differences(before, auditedTask(row)))
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}
