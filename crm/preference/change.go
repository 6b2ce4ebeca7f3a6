package preference

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Change is what somebody says anew. Channels that it does not name stay.
type Change struct {
	On       map[string]bool
	PerMonth *int // of PerMonths; nil leaves it
	// Values are what the person tells anew, by the keys of custom properties that
	// are asked on the page.
	Values map[string]json.RawMessage
	// Wording is what was on the page beside the switch of a channel that is
	// turned on.
	Wording func(channel string) string
	Reason  string // of Reasons; "": not said
	Method  string // PREFERENCES, or API from the merchant's app
	Locale  string
	From    string // address of the network; "": not known
}

// Change takes down what is new in c: what stands so already is not said twice.
// Errors: fault.NotFound; fault.Invalid (UNKNOWN_VALUE, WORDING_REQUIRED);
// fault.Precondition NO_OWN_SHOP.
func (s *Service) Change(ctx context.Context, customerID int64, c Change) (*Standing, error) {
	if c.PerMonth != nil && !slices.Contains(PerMonths, *c.PerMonth) {
		return nil, fault.New(fault.Invalid, "this cannot be chosen").WithCode("UNKNOWN_VALUE").At("perMonth")
	}
	if c.Reason != "" && !slices.Contains(Reasons, c.Reason) {
		return nil, fault.New(fault.Invalid, "this cannot be chosen").WithCode("UNKNOWN_VALUE").At("reason")
	}
	var after *Standing
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := customer.Together(ctx, tx); err != nil {
			return err
		}
		// One at a time per customer: two clicks at once must not write two records.
		if _, err := tx.NewRaw("SELECT FROM customers WHERE id = survivor_of(?) FOR NO KEY UPDATE", customerID).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		before, err := s.of(ctx, tx, customerID)
		if err != nil {
			return err
		}
		if err := s.turn(ctx, tx, before, c); err != nil {
			return err
		}
		if err := s.wish(ctx, tx, before, c.PerMonth); err != nil {
			return err
		}
		if len(c.Values) > 0 {
			if _, err := s.Values.SetIn(ctx, tx, before.CustomerID, c.Values); err != nil {
				return err
			}
		}
		after, err = s.of(ctx, tx, customerID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return after, nil
}

// turn takes down what c says otherwise of channels.
func (s *Service) turn(ctx context.Context, tx db.Tx, before *Standing, c Change) (err error) {
	for _, was := range before.Choices {
		on, said := c.On[was.Channel]
		switch {
		case !said || on == was.On:
		case on:
			err = s.turnOn(ctx, tx, before.CustomerID, was, c)
		default:
			err = s.turnOff(ctx, tx, before.CustomerID, was.Channel, c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// turnOn takes down a consent to a shop of the merchant's own.
func (s *Service) turnOn(ctx context.Context, tx db.Tx, customerID int64, was Choice, c Change) error {
	words, err := newest(ctx, tx, customerID)
	if err != nil {
		return err
	}
	shop, err := ownShop(ctx, tx, words)
	if err != nil {
		return err
	}
	if shop == 0 {
		return fault.New(fault.Precondition, "there is no shop of the merchant's own to consent to").WithCode("NO_OWN_SHOP")
	}
	word := s.word(customerID, shop, was.Channel, customer.Given, c)
	if c.Wording != nil {
		word.Wording = strings.TrimSpace(c.Wording(was.Channel))
	}
	_, err = customer.RecordIn(ctx, tx, word, s.Clock.Now())
	return err
}

// turnOff withdraws what any shop has, and silences the address of mails, so
// that the same address under another customer stays silent.
func (s *Service) turnOff(ctx context.Context, tx db.Tx, customerID int64, channel string, c Change) error {
	words, err := newest(ctx, tx, customerID)
	if err != nil {
		return err
	}
	for _, w := range words {
		if w.Channel != channel || w.State != customer.Given {
			continue
		}
		if _, err := customer.RecordIn(ctx, tx, s.word(customerID, w.OriginShopID, channel, customer.Withdrawn, c), s.Clock.Now()); err != nil {
			return err
		}
	}
	if channel != mailChannel {
		return nil
	}
	var address string
	if err := tx.NewRaw("SELECT email FROM customers WHERE id = ?", customerID).Scan(ctx, &address); err != nil {
		return db.Fault(err)
	}
	return s.Mails.Silence(ctx, tx, address, true)
}

func (s *Service) word(customerID, shop int64, channel, state string, c Change) customer.Word {
	now := s.Clock.Now()
	w := customer.Word{
		CustomerID: customerID, Channel: channel, State: state, OriginShopID: shop, OccurredAt: now, Method: c.Method,
		Evidence: customer.Evidenced{Locale: c.Locale, SentAt: &now, SentFrom: c.From},
	}
	if state == customer.Withdrawn {
		w.Evidence.Reason = c.Reason
	}
	return w
}

// wish keeps how often somebody wants mails at most.
func (s *Service) wish(ctx context.Context, tx db.Tx, before *Standing, perMonth *int) error {
	if perMonth == nil || *perMonth == before.PerMonth {
		return nil
	}
	var err error
	if *perMonth == 0 {
		_, err = tx.NewRaw("DELETE FROM contact_wishes WHERE customer_id = ? AND channel = ?", before.CustomerID, mailChannel).Exec(ctx)
	} else {
		_, err = tx.NewRaw(`INSERT INTO contact_wishes (customer_id, channel, per_month, said_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (customer_id, channel) DO UPDATE SET per_month = excluded.per_month, said_at = excluded.said_at`,
			before.CustomerID, mailChannel, *perMonth, s.Clock.Now()).Exec(ctx)
	}
	return db.Fault(err)
}
