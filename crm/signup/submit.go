package signup

import (
	"context"
	"encoding/json"
	"net/netip"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/db"
)

// Submission is a form as it came in.
type Submission struct {
	Form    *Form
	Answers Answers
	Locale  string // the form was shown in
	IP      netip.Addr
	// Zone is the merchant's, in which today is.
	Zone *time.Location
}

// Submit takes a form in and has the address asked by mail whether it agrees.
// problems are what the sender can mend; with them nothing was taken in. The
// answer is a pass to ask for the mail once more, and is the same for an address
// that is known, unknown, or asked so often that it gets no further mail today.
func (s *Service) Submit(ctx context.Context, in Submission) (resend string, problems map[string]Problem, err error) {
	now := s.Clock.Now()
	asked, err := s.Asked(ctx, in.Form.Content)
	if err != nil {
		return "", nil, err
	}
	problems = in.Answers.settle(in.Form.Content, asked, now.In(in.Zone))
	if err := s.settleReferral(ctx, &in.Answers, problems); err != nil {
		return "", nil, err
	}
	if len(problems) > 0 {
		return "", problems, nil
	}
	answers, err := json.Marshal(in.Answers)
	if err != nil {
		return "", nil, fault.Wrap(fault.Internal, err, "internal error")
	}
	row := &db.SignUp{
		FormID: in.Form.ID, FormVersion: in.Form.Version, AddressHash: message.AddressHash(in.Answers.Mail), Answers: answers,
		Locale: in.Locale, IP: in.IP.String(), CreatedAt: now, ExpiresAt: now.Add(ConfirmWithin), Mails: 1,
	}
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if many, err := s.manyMails(ctx, tx, row.AddressHash); err != nil || many {
			return err
		}
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return s.Queue.Enqueue(ctx, tx, MailJob{SignUpID: row.ID, Mail: 1})
	})
	if err != nil {
		return "", nil, err
	}
	return s.resendPass(row.ID), nil, nil
}

// settleReferral finds what is wrong with the code of who sent somebody. One that came
// with the address is nothing that he could mend: it is left out.
func (s *Service) settleReferral(ctx context.Context, a *Answers, problems map[string]Problem) error {
	if a.Referral == "" || problems["referral"] != "" {
		return nil
	}
	ok, err := s.Referrals.Usable(ctx, a.Referral)
	switch {
	case err != nil:
		return err
	case !ok && a.ByLink:
		a.Referral, a.ByLink = "", false
	case !ok:
		problems["referral"] = NoCode
	}
	return nil
}

// AsksReferral reports whether a form asks who sent one.
func (s *Service) AsksReferral(ctx context.Context, c Content) (bool, error) {
	if !c.Joins {
		return false, nil
	}
	return s.Referrals.On(ctx)
}

// Decoy is what Submit answers to a form that was taken in, for one that was not.
func (s *Service) Decoy() string { return s.resendPass(0) }

// resendPass lets whoever has sent a form ask for its mail again; id 0 is of one
// that was not taken in, and does nothing.
func (s *Service) resendPass(id int64) string {
	return s.Signer.Pass(link.Pass{Kind: link.Resend, ID: id, ExpiresAt: s.Clock.Now().Add(keepWaiting)})
}

// manyMails reports whether an address has been sent enough for today. Forms of
// the same address wait for each other here.
func (s *Service) manyMails(ctx context.Context, tx bun.IDB, hash []byte) (bool, error) {
	if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(hashtextextended(encode(?, 'hex'), 46))", hash).Exec(ctx); err != nil {
		return false, db.Fault(err)
	}
	var n int
	err := tx.NewRaw("SELECT coalesce(sum(mails), 0) FROM sign_ups WHERE address_hash = ? AND created_at > ?", hash, s.Clock.Now().Add(-24*time.Hour)).Scan(ctx, &n)
	return n >= mailsPerDay, db.Fault(err)
}

// Resend mails a form that waits once more, under a link with its whole time.
// token is a pass to resend, or the link of the mail itself, also where it has
// expired. It answers alike whatever becomes of it, unless the token was not made
// here. Errors: fault.NotFound.
func (s *Service) Resend(ctx context.Context, token string) error {
	pass, err := s.Signer.ReadPass(token, s.Clock.Now(), link.Resend, link.Confirm)
	if fault.Is(err, fault.NotFound) || pass.ID == 0 {
		return err
	}
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err := waiting(ctx, tx, pass.ID)
		if err != nil || row == nil || row.Answers == nil {
			return err
		}
		if many, err := s.manyMails(ctx, tx, row.AddressHash); err != nil || many {
			return err
		}
		row.Mails, row.ExpiresAt = row.Mails+1, s.Clock.Now().Add(ConfirmWithin)
		if _, err := tx.NewUpdate().Model(row).WherePK().Column("mails", "expires_at").Exec(ctx); err != nil {
			return db.Fault(err)
		}
		return s.Queue.Enqueue(ctx, tx, MailJob{SignUpID: row.ID, Mail: row.Mails})
	})
}

// waiting is a form that nobody has confirmed, locked; nil where there is none.
func waiting(ctx context.Context, tx bun.IDB, id int64) (*db.SignUp, error) {
	var rows []*db.SignUp
	err := tx.NewSelect().Model(&rows).Where("id = ? AND confirmed_at IS NULL", id).For("UPDATE").Scan(ctx)
	if err != nil || len(rows) == 0 {
		return nil, db.Fault(err)
	}
	return rows[0], nil
}
