package signup

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/notice"
	"github.com/meguri-crm/meguri/crm/message/personal"
	"github.com/meguri-crm/meguri/db"
)

// ConfirmPath is where the link of a mail leads, before its token.
const ConfirmPath = "/k/"

// MailJob asks an address whether it agrees; its handler calls Mail.
type MailJob struct {
	SignUpID int64 `json:"signUpId"`
	Mail     int   `json:"mail"` // which of the mails of the form, from 1
}

// Kind names the job.
func (MailJob) Kind() string { return "signup.mail" }

// Mail does a MailJob. Of a form that was confirmed or forgotten meanwhile, or
// for which a later mail was asked, there is nothing to mail.
func (s *Service) Mail(ctx context.Context, j MailJob) error {
	var rows []*db.SignUp
	err := s.DB.NewSelect().Model(&rows).Where("id = ? AND mails = ? AND confirmed_at IS NULL AND answers IS NOT NULL", j.SignUpID, j.Mail).Scan(ctx)
	if err != nil || len(rows) == 0 || !rows[0].ExpiresAt.After(s.Clock.Now()) {
		return db.Fault(err)
	}
	row := rows[0]
	form, answers, err := s.read(ctx, row)
	if err != nil {
		return err
	}
	err = s.Post.Send(ctx, s.letter(row, form, answers))
	reply, refused := notice.Refused(err)
	if err != nil && !refused {
		return err
	}
	q := s.DB.NewUpdate().Model(row).WherePK().Set("refusal = ?", reply)
	if !refused {
		q.Set("mailed_at = ?", s.Clock.Now())
	}
	_, err = q.Exec(ctx)
	return db.Fault(err)
}

// read is what somebody answered, and the form as it stood then.
func (s *Service) read(ctx context.Context, row *db.SignUp) (*Form, Answers, error) {
	var a Answers
	if row.Answers != nil {
		if err := json.Unmarshal(row.Answers, &a); err != nil {
			return nil, a, fault.Wrap(fault.Internal, err, "a form that was sent cannot be read")
		}
	}
	form, err := s.version(ctx, row.FormID, row.FormVersion)
	return form, a, err
}

// version is a form as it stood.
func (s *Service) version(ctx context.Context, formID int64, version int) (*Form, error) {
	var r formRow
	err := s.DB.NewSelect().Model((*db.SignUpForm)(nil)).
		ColumnExpr("form.id, form.shop_id, form.slug, form.created_at, form.archived_at, v.version, v.content, v.created_at AS changed_at").
		Join("JOIN sign_up_form_versions v ON v.form_id = form.id").Where("form.id = ? AND v.version = ?", formID, version).Scan(ctx, &r)
	if err != nil {
		return nil, db.Fault(err)
	}
	f, err := r.form()
	return &f, err
}

// letter is the mail that asks. It greets nobody by a name and repeats nothing
// that was typed: it may reach somebody whose address a stranger typed in.
func (s *Service) letter(row *db.SignUp, form *Form, a Answers) personal.Letter {
	title := form.Content.Title.In(row.Locale)
	var agreed []string
	for _, ask := range form.Content.Asks {
		for _, channel := range a.Channels {
			if channel == ask.Channel {
				agreed = append(agreed, "・"+ask.Wording.In(row.Locale))
			}
		}
	}
	l := personal.Letter{
		Key: fmt.Sprintf("signup.%d.%d", row.ID, row.Mails), To: a.Mail, Locale: row.Locale,
		Link: s.Signer.PassURL(ConfirmPath, link.Pass{Kind: link.Confirm, ID: row.ID, ExpiresAt: row.ExpiresAt}),
	}
	if row.Locale == English {
		l.Subject, l.LinkText = "Please confirm: "+title, "See what you agree to"
		l.Lines = []string{"Somebody, probably you, gave this address on our form “" + title + "”. Please confirm that it is yours, on the page behind this button."}
		l.Notes = []string{"The link works for 72 hours.", "If it was not you, do nothing: without your confirmation we take nothing down and do not write again."}
		if len(agreed) > 0 {
			l.Lines = append(l.Lines, "What you agree to:\n"+strings.Join(agreed, "\n"))
		}
		return l
	}
	l.Subject, l.LinkText = "【ご確認ください】"+title, "内容を確認する"
	l.Lines = []string{"「" + title + "」のフォームで、このメールアドレスが入力されました。お心当たりがあれば、下のボタンから開くページで登録を確定してください。"}
	l.Notes = []string{"リンクの有効期限は72時間です。", "お心当たりがない場合は、何もなさらなくて結構です。確定されない限り登録はされず、今後メールをお送りすることもありません。"}
	if len(agreed) > 0 {
		l.Lines = append(l.Lines, "同意いただく内容:\n"+strings.Join(agreed, "\n"))
	}
	return l
}
