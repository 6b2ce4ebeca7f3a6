// Package mailchange lets a member give another mail address himself.
//
// It owns the addresses that wait to be confirmed, and the mails: one that asks the
// new address, and one that tells the former of it afterwards. It promises that
// nothing changes before the button behind the link of that mail is pressed, which no
// link scanner does; that the answer is the same whether or not the address is
// somebody else's; that one address is sent a few mails a day, and one member asks a
// few times; and that who wanted no mails at the former address gets none at the new
// one. Consents are of the person and stay. What becomes of an address that somebody
// else is known by is left to crm/customer, the page to the server.
package mailchange

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/personal"
	"github.com/meguri-crm/meguri/db"
)

const (
	// ConfirmWithin is how long the link of a mail confirms.
	ConfirmWithin = 24 * time.Hour
	// kept is for how long what was given is kept.
	kept = 7 * 24 * time.Hour
)

// How many addresses within 24 hours: how many mails one is sent, whoever gives it,
// and how often one member gives any.
const (
	mailsPerDay = 3
	asksPerDay  = 5
)

// Queue enqueues jobs in a transaction.
type Queue interface {
	Enqueue(ctx context.Context, tx db.Tx, args interface{ Kind() string }) error
}

// People keeps customers.
type People interface {
	// OwnMail is the address that a customer may change now, and who he is since he was
	// merged; it locks him.
	OwnMail(ctx context.Context, tx db.Tx, customerID int64) (who int64, address string, err error)
	// ChangeOwnMail gives him another one, which is proved to be his.
	ChangeOwnMail(ctx context.Context, tx db.Tx, customerID int64, address string) (former string, err error)
}

// Silences keep addresses from being written to.
type Silences interface {
	// Follow keeps an address from advertising where its owner wanted none at the
	// former one.
	Follow(ctx context.Context, tx db.Tx, former, address string) error
}

// Returned lets an address that was erased come in again.
type Returned interface {
	Returned(ctx context.Context, tx bun.IDB, address string) error
}

// Post writes to shoppers.
type Post interface {
	Send(ctx context.Context, l personal.Letter) error
}

// Service takes down and confirms addresses.
type Service struct {
	DB       *db.DB
	Clock    clock.Clock
	Queue    Queue
	Signer   *link.Signer
	People   People
	Silences Silences
	Returned Returned
	Post     Post
}

// Ask sends a mail to an address that a member says is his. Of several that wait the
// last one counts. Errors: fault.NotFound; fault.Invalid INVALID_EMAIL;
// fault.Precondition NOT_CHANGEABLE, MAIL_UNCHANGED, TOO_MANY_MAILS.
func (s *Service) Ask(ctx context.Context, customerID int64, typed, locale string) error {
	if locale != english {
		locale = "ja"
	}
	address := customer.MailAddress(typed)
	if address == "" {
		return fault.New(fault.Invalid, "this is no mail address of a person").WithCode("INVALID_EMAIL").At("mail")
	}
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		now := s.Clock.Now()
		who, present, err := s.People.OwnMail(ctx, tx, customerID)
		switch {
		case err != nil:
			return err
		case present == address:
			return fault.New(fault.Precondition, "this is the address already").WithCode("MAIL_UNCHANGED").At("mail")
		}
		row := &db.MailChange{
			CustomerID: who, Address: &address, AddressHash: message.AddressHash(address), Locale: locale,
			CreatedAt: now, ExpiresAt: now.Add(ConfirmWithin),
		}
		asked, mailed, err := s.today(ctx, tx, row)
		if err != nil {
			return err
		}
		if asked >= asksPerDay {
			return fault.New(fault.Precondition, "enough addresses for today").WithCode("TOO_MANY_MAILS").At("mail")
		}
		if _, err := tx.NewRaw("UPDATE mail_changes SET expires_at = ?0 WHERE customer_id = ?1 AND confirmed_at IS NULL AND expires_at > ?0", now, who).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if err := access.Audit(ctx, tx, access.Entry{Action: "customer.ask_mail", ObjectKind: "Customer", ObjectID: who}); err != nil || mailed >= mailsPerDay {
			return err
		}
		return s.Queue.Enqueue(ctx, tx, MailJob{ChangeID: row.ID})
	})
}

// today is how often the member has asked, and how many mails the address was sent,
// within 24 hours. Those who give the same address wait for each other here.
func (s *Service) today(ctx context.Context, tx bun.IDB, row *db.MailChange) (asked, mailed int, err error) {
	if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(hashtextextended(encode(?, 'hex'), 47))", row.AddressHash).Exec(ctx); err != nil {
		return 0, 0, db.Fault(err)
	}
	err = tx.NewRaw(`SELECT (SELECT count(*) FROM mail_changes WHERE customer_id = ?0 AND created_at > ?2),
		(SELECT count(*) FROM mail_changes WHERE address_hash = ?1 AND created_at > ?2)`,
		row.CustomerID, row.AddressHash, row.CreatedAt.Add(-24*time.Hour)).Scan(ctx, &asked, &mailed)
	return asked, mailed, db.Fault(err)
}

// Standing is where an address stands, as the page behind the link shows it. It says
// neither which it is nor whose: a link may be opened by others.
type Standing struct {
	Locale    string
	Confirmed bool
}

// Look is what the link of a mail is about. It changes nothing: programs open links,
// too. Errors: fault.NotFound; fault.Precondition LINK_EXPIRED, with where it stands.
func (s *Service) Look(ctx context.Context, token string) (*Standing, error) {
	row, err := s.read(ctx, token)
	if row == nil {
		return nil, err
	}
	return &Standing{Locale: row.Locale, Confirmed: row.ConfirmedAt != nil}, err
}

// read is the row that a token names. One that has expired is answered along with its
// error.
func (s *Service) read(ctx context.Context, token string) (*db.MailChange, error) {
	now := s.Clock.Now()
	pass, expired := s.Signer.ReadPass(token, now, link.ConfirmMail)
	if fault.Is(expired, fault.NotFound) {
		return nil, expired
	}
	row := new(db.MailChange)
	if err := s.DB.NewSelect().Model(row).Where("id = ?", pass.ID).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	switch {
	case row.ConfirmedAt != nil:
		expired = nil
	case !row.ExpiresAt.After(now):
		expired = fault.New(fault.Precondition, "this link has expired").WithCode("LINK_EXPIRED")
	}
	return row, expired
}

// Confirm makes the address the member's. A second time it changes nothing.
// Errors: as of Look.
func (s *Service) Confirm(ctx context.Context, token string) (*Standing, error) {
	row, err := s.read(ctx, token)
	if row == nil || err != nil || row.ConfirmedAt != nil {
		return s.Look(ctx, token)
	}
	if err := s.confirm(ctx, row); err != nil {
		return nil, err
	}
	return s.Look(ctx, token)
}

func (s *Service) confirm(ctx context.Context, row *db.MailChange) error {
	return db.RunInTx(access.As(ctx, access.Principal{Kind: access.ActorCustomer, ID: row.CustomerID}), s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := customer.Together(ctx, tx); err != nil { // before the row, which a merge moves
			return err
		}
		now := s.Clock.Now()
		var waiting []*db.MailChange
		err := tx.NewSelect().Model(&waiting).Where("id = ? AND confirmed_at IS NULL AND expires_at > ?", row.ID, now).For("UPDATE").Scan(ctx)
		if err != nil || len(waiting) == 0 {
			return db.Fault(err)
		}
		address := *row.Address
		former, err := s.People.ChangeOwnMail(ctx, tx, waiting[0].CustomerID, address)
		if err != nil {
			return err
		}
		if err := s.Returned.Returned(ctx, tx, address); err != nil {
			return err
		}
		done := tx.NewUpdate().Model(waiting[0]).WherePK().Set("confirmed_at = ?, address = NULL", now)
		if former != "" && former != address {
			if err := s.Silences.Follow(ctx, tx, former, address); err != nil {
				return err
			}
			if err := s.Queue.Enqueue(ctx, tx, NoticeJob{ChangeID: row.ID}); err != nil {
				return err
			}
			done.Set("former = ?", former)
		}
		_, err = done.Exec(ctx)
		return db.Fault(err)
	})
}

// SweepJob is the reminder to forget what was asked; its handler calls Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "mailchange.sweep" }

// Sweep deletes what was asked long ago.
func (s *Service) Sweep(ctx context.Context) error {
	_, err := s.DB.NewRaw("DELETE FROM mail_changes WHERE created_at < ?", s.Clock.Now().Add(-kept)).Exec(ctx)
	return db.Fault(err)
}
