package signup

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/db"
)

// Standing is where a form that was sent stands, as the page behind the link
// shows it. It tells nothing that was answered: a link may be opened by others.
type Standing struct {
	Form      *Form // as it stood when it was sent
	Locale    string
	Agreed    []Ask // the consents that were ticked; empty once it is confirmed
	Confirmed bool
}

// Look is what the link of a mail is about. It changes nothing: programs open
// links, too. Errors: fault.NotFound; fault.Precondition LINK_EXPIRED, with
// what it stood for where Resend can still help.
func (s *Service) Look(ctx context.Context, token string) (*Standing, error) {
	pass, expired := s.Signer.ReadPass(token, s.Clock.Now(), link.Confirm)
	if fault.Is(expired, fault.NotFound) {
		return nil, expired
	}
	row := new(db.SignUp)
	if err := s.DB.NewSelect().Model(row).Where("id = ?", pass.ID).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return s.standing(ctx, row, expired)
}

func (s *Service) standing(ctx context.Context, row *db.SignUp, expired error) (*Standing, error) {
	form, answers, err := s.read(ctx, row)
	if err != nil {
		return nil, err
	}
	st := &Standing{Form: form, Locale: row.Locale, Agreed: form.Content.agreed(answers), Confirmed: row.ConfirmedAt != nil}
	switch {
	case st.Confirmed:
		return st, nil
	case row.Answers == nil:
		return nil, fault.New(fault.NotFound, "this form was not confirmed in time")
	}
	return st, expired
}

// agreed are the consents that were ticked.
func (c Content) agreed(a Answers) []Ask {
	return slices.DeleteFunc(slices.Clone(c.Asks), func(ask Ask) bool { return !slices.Contains(a.Channels, ask.Channel) })
}

// Confirm does what was agreed to: it finds or makes the customer, takes down
// the consents with their evidence, and makes him a member where the form says
// so. A second time it changes nothing. Errors: as of Look.
func (s *Service) Confirm(ctx context.Context, token string, ip netip.Addr) (*Standing, error) {
	pass, err := s.Signer.ReadPass(token, s.Clock.Now(), link.Confirm)
	if fault.Is(err, fault.NotFound) {
		return nil, err
	}
	if err != nil {
		return s.Look(ctx, token)
	}
	for range maxRaces {
		if err = s.confirm(ctx, pass.ID, ip); !errors.Is(err, customer.ErrRace) {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	return s.Look(ctx, token)
}

// maxRaces is how often a customer whom others make at the same time is looked
// for again.
const maxRaces = 5

func (s *Service) confirm(ctx context.Context, id int64, ip netip.Addr) error {
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row, err := waiting(ctx, tx, id)
		if err != nil || row == nil || row.Answers == nil {
			return err
		}
		form, answers, err := s.read(ctx, row)
		if err != nil {
			return err
		}
		shop := new(db.Shop)
		if err := tx.NewSelect().Model(shop).Where("id = ?", form.ShopID).Scan(ctx); err != nil {
			return db.Fault(err)
		}
		who, err := s.People.Meet(ctx, tx, shop, answers.buyer())
		if err != nil {
			return err
		}
		if err := s.Returned.Returned(ctx, tx, answers.Mail); err != nil {
			return err
		}
		now := s.Clock.Now()
		for _, ask := range form.Content.agreed(answers) {
			if _, err := customer.RecordIn(ctx, tx, evidenced(who, row, form, ask, ip, now), now); err != nil {
				return err
			}
		}
		if err := s.Values.FillIn(ctx, tx, who, answers.Kept); err != nil {
			return err
		}
		if err := s.join(ctx, tx, form, who, answers); err != nil {
			return err
		}
		row.ConfirmedAt, row.CustomerID, row.Answers = &now, &who, nil
		_, err = tx.NewUpdate().Model(row).WherePK().Column("confirmed_at", "customer_id", "answers").Exec(ctx)
		return db.Fault(err)
	})
}

// evidenced is a consent with what proves it.
func evidenced(who int64, row *db.SignUp, form *Form, ask Ask, ip netip.Addr, now time.Time) customer.Word {
	return customer.Word{
		CustomerID: who, Channel: ask.Channel, State: customer.Given, OriginShopID: form.ShopID, OccurredAt: now,
		Method: "SIGN_UP_FORM", Wording: ask.Wording.In(row.Locale),
		Evidence: customer.Evidenced{
			SignUp: row.ID, Form: form.ID, FormVersion: row.FormVersion, Locale: row.Locale,
			SentAt: &row.CreatedAt, SentFrom: row.IP, ConfirmedAt: &now, ConfirmedFrom: ip.String(),
		},
	}
}

func (s *Service) join(ctx context.Context, tx db.Tx, form *Form, who int64, a Answers) error {
	if !form.Content.Joins {
		return nil
	}
	joined, err := s.People.Enlist(ctx, tx, who)
	if err != nil || !joined {
		return err
	}
	if a.Referral != "" {
		if err := s.Referrals.Brought(ctx, tx, who, a.Referral, a.ByLink); err != nil {
			return err
		}
	}
	return s.Rewards.Joined(ctx, tx, form, who)
}
