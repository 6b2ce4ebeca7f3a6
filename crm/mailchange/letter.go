package mailchange

import (
	"context"
	"fmt"

	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/notice"
	"github.com/meguri-crm/meguri/crm/message/personal"
	"github.com/meguri-crm/meguri/db"
)

// ConfirmPath is where the link of a mail leads, before its token.
const ConfirmPath = "/a/"

// MailJob asks an address whether it is the member's; its handler calls Mail.
type MailJob struct {
	ChangeID int64 `json:"changeId"`
}

// Kind names the job.
func (MailJob) Kind() string { return "mailchange.mail" }

// NoticeJob tells the former address; its handler calls Notify.
type NoticeJob struct {
	ChangeID int64 `json:"changeId"`
}

// Kind names the job.
func (NoticeJob) Kind() string { return "mailchange.notice" }

const english = "en"

// Mail does a MailJob. Where another address was given meanwhile there is nothing to
// mail.
func (s *Service) Mail(ctx context.Context, j MailJob) error {
	var rows []*db.MailChange
	err := s.DB.NewSelect().Model(&rows).Where("id = ? AND confirmed_at IS NULL AND expires_at > ?", j.ChangeID, s.Clock.Now()).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return db.Fault(err)
	}
	row := rows[0]
	reply, refused, err := s.send(ctx, s.question(row))
	if err != nil {
		return err
	}
	q := s.DB.NewUpdate().Model(row).WherePK().Set("refusal = ?", reply)
	if !refused {
		q.Set("mailed_at = ?", s.Clock.Now())
	}
	_, err = q.Exec(ctx)
	return db.Fault(err)
}

// Notify does a NoticeJob, and forgets the former address.
func (s *Service) Notify(ctx context.Context, j NoticeJob) error {
	var rows []*db.MailChange
	err := s.DB.NewSelect().Model(&rows).Where("id = ? AND former IS NOT NULL", j.ChangeID).Scan(ctx)
	if err != nil || len(rows) == 0 {
		return db.Fault(err)
	}
	if _, _, err := s.send(ctx, told(rows[0])); err != nil {
		return err
	}
	_, err = s.DB.NewUpdate().Model(rows[0]).WherePK().Set("former = NULL").Exec(ctx)
	return db.Fault(err)
}

// send tries a letter once; refused is for good.
func (s *Service) send(ctx context.Context, l personal.Letter) (reply string, refused bool, err error) {
	err = s.Post.Send(ctx, l)
	if reply, refused = notice.Refused(err); refused {
		return reply, true, nil
	}
	return "", false, err
}

// question is the mail that asks. It greets nobody by a name: it may reach somebody
// whose address a stranger typed in.
func (s *Service) question(row *db.MailChange) personal.Letter {
	l := personal.Letter{
		Key: fmt.Sprintf("mailchange.%d", row.ID), To: *row.Address, Locale: row.Locale,
		Link: s.Signer.PassURL(ConfirmPath, link.Pass{Kind: link.ConfirmMail, ID: row.ID, ExpiresAt: row.ExpiresAt}),
	}
	if row.Locale == english {
		l.Subject, l.LinkText = "Please confirm your new mail address", "Confirm the address"
		l.Lines = []string{"A member gave this address as his own. If it was you, please confirm it on the page behind this button."}
		l.Notes = []string{"The link works for 24 hours.", "If it was not you, do nothing: without your confirmation nothing changes."}
		return l
	}
	l.Subject, l.LinkText = "【ご確認ください】メールアドレスの変更", "変更の画面を開く"
	l.Lines = []string{"会員さまのメールアドレスとして、このアドレスが入力されました。お心当たりがあれば、下のボタンから開くページで変更を確定してください。"}
	l.Notes = []string{"リンクの有効期限は24時間です。", "お心当たりがない場合は、何もなさらなくて結構です。確定されない限り変更されません。"}
	return l
}

// told is the mail to the former address. It does not name the new one.
func told(row *db.MailChange) personal.Letter {
	l := personal.Letter{Key: fmt.Sprintf("mailchange.%d.former", row.ID), To: *row.Former, Locale: row.Locale}
	if row.Locale == english {
		l.Subject = "Your mail address was changed"
		l.Lines = []string{"The mail address of your membership was changed. From now on we write to the new one."}
		l.Notes = []string{"If it was not you, please tell the shop at once."}
		return l
	}
	l.Subject = "メールアドレスを変更しました"
	l.Lines = []string{"会員さまのメールアドレスを変更しました。今後のご連絡は、新しいアドレスにお送りします。"}
	l.Notes = []string{"お心当たりがない場合は、お手数ですがお店までご連絡ください。"}
	return l
}
