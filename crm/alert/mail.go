package alert

import (
	"context"
	"errors"
	"strconv"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/message/notice"
	"github.com/meguri-crm/meguri/db"
)

// MailJob tells those who asked for it of a new alert.
type MailJob struct {
	AlertID int64 `json:"alert"`
}

// Kind names the job.
func (MailJob) Kind() string { return "alert_mail" }

// Post sends notices to staff.
type Post interface {
	Send(ctx context.Context, n notice.Notice) error
}

// Mailer writes alerts to staff.
type Mailer struct {
	*Service
	Post Post
}

// Mail tells everybody who gets alerts by mail and may see this one. Who was
// told is noted person by person, so that a second try writes to the others
// only. An alert that is over by then is not mailed.
func (m *Mailer) Mail(ctx context.Context, job MailJob) error {
	row := new(db.Alert)
	err := db.Fault(m.DB.NewSelect().Model(row).Where("id = ?", job.AlertID).Scan(ctx))
	if fault.Is(err, fault.NotFound) || err == nil && row.ResolvedAt != nil {
		return nil
	}
	if err != nil {
		return err
	}
	readers, err := m.readers(ctx, row)
	if err != nil {
		return err
	}
	var failed error
	for _, staff := range readers {
		if err := m.tell(ctx, row, staff); err != nil {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

func (m *Mailer) tell(ctx context.Context, row *db.Alert, staff db.Staff) error {
	n, err := compose(row, staff.Locale)
	if err != nil {
		return err
	}
	n.Key = "alert." + strconv.FormatInt(row.ID, 36) + "." + strconv.FormatInt(staff.ID, 36)
	n.To = channel.Address{Name: staff.Name, Email: staff.Email}
	switch err := m.Post.Send(ctx, n); {
	case errors.Is(err, notice.ErrRefused):
		m.Log.WarnContext(ctx, "alerts: a mail to staff was refused", "alert", row.ID, "staff", staff.ID, "error", err)
	case err != nil:
		return err
	}
	told := &db.AlertMail{AlertID: row.ID, StaffID: staff.ID, SentAt: m.Clock.Now()}
	_, err = m.DB.NewInsert().Model(told).On("CONFLICT DO NOTHING").Exec(ctx)
	return db.Fault(err)
}

// readers are those to tell who were not told yet.
func (m *Mailer) readers(ctx context.Context, row *db.Alert) ([]db.Staff, error) {
	var staff []struct {
		db.Staff
		Chose *bool
	}
	err := m.DB.NewSelect().TableExpr("staff").ColumnExpr("staff.*, s.by_mail AS chose").
		Join("LEFT JOIN alert_subscriptions AS s ON s.staff_id = staff.id").
		Where("staff.disabled_at IS NULL").
		Where("NOT EXISTS (SELECT 1 FROM alert_mails t WHERE t.alert_id = ? AND t.staff_id = staff.id)", row.ID).
		Order("staff.id").Scan(ctx, &staff)
	if err != nil {
		return nil, db.Fault(err)
	}
	var readers []db.Staff
	for _, one := range staff {
		role := access.Role(one.Role)
		if wants(role, one.Chose) && role.Scopes().Has(handling[Kind(row.Kind)].see) {
			readers = append(readers, one.Staff)
		}
	}
	return readers, nil
}

// wants is what somebody chose; before that, those who answer for the whole
// get alerts by mail.
func wants(role access.Role, chose *bool) bool {
	if chose != nil {
		return *chose
	}
	return role == access.RoleOwner || role == access.RoleManager
}

// ByMail reports whether the caller gets alerts by mail.
func (s *Service) ByMail(ctx context.Context) (bool, error) {
	caller := access.From(ctx)
	if caller.StaffID() == nil {
		return false, nil
	}
	var chose []bool
	err := s.DB.NewSelect().Table("alert_subscriptions").Column("by_mail").Where("staff_id = ?", caller.ID).Scan(ctx, &chose)
	if err != nil || len(chose) == 0 {
		return wants(caller.Role, nil), db.Fault(err)
	}
	return chose[0], nil
}

// SetByMail has alerts sent to the caller by mail, or no more.
// Errors: fault.Forbidden for who is no staff.
func (s *Service) SetByMail(ctx context.Context, wanted bool) error {
	id := access.From(ctx).StaffID()
	if id == nil {
		return fault.New(fault.Forbidden, "only staff get alerts by mail")
	}
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewRaw(`INSERT INTO alert_subscriptions (staff_id, by_mail) VALUES (?, ?)
			ON CONFLICT (staff_id) DO UPDATE SET by_mail = excluded.by_mail`, *id, wanted).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{Action: "alert.set_mail", ObjectKind: "Staff", ObjectID: *id, Detail: map[string]any{"wanted": wanted}})
	})
}

// pathOf is the page of the application on which one acts on an alert.
func pathOf(row *db.Alert) string {
	id := ""
	if row.SubjectID != nil {
		id = gid.Encode(row.SubjectKind, *row.SubjectID)
	}
	switch Kind(row.Kind) {
	case ImportFailed, QuarantineWaiting:
		return "/imports/" + id
	case ScheduleMissed, ScheduleBlocked:
		return "/campaigns/" + id
	case CodesLow:
		return "/offers?open=" + id
	case SenderKey, SenderDNS:
		return "/settings/mail"
	case WatchedFolder:
		return "/imports?folders=true"
	case ConnectionExpiring, ConnectionTroubled:
		return "/settings/connections"
	case WebhookFailing:
		return "/settings/webhooks?open=" + id
	case ReferralsFlagged:
		return "/referrals?statuses=FLAGGED"
	case BounceJump, LedgerBroken:
	}
	return "/alerts"
}
