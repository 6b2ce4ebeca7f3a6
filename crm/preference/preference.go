// Package preference is what a person says himself about what he gets: which
// channels, and how often.
//
// It owns the reading and changing of that from the page behind the link in
// every mail and from the merchant's app. It promises that a change is made by
// who it is about, that consents are added and never overwritten, that turning a
// channel off holds for every shop of the merchant, who is one sender
// (特定電子メール法 3条3項), and that turning one on is a consent to a shop of
// the merchant's own in words that were on the page. How a mail address is
// silenced is left to crm/message/response, and what a consent allows to
// crm/policy.
package preference

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/property"
	"github.com/meguri-crm/meguri/db"
)

// Silencer keeps an address from being written to.
type Silencer interface {
	Silence(ctx context.Context, tx db.Tx, address string, renew bool) error
}

// Values writes custom properties of a customer whom the transaction holds.
type Values interface {
	SetIn(ctx context.Context, tx db.Tx, customerID int64, values map[string]json.RawMessage) (changed []string, err error)
}

// Service keeps preferences.
type Service struct {
	DB     *db.DB
	Clock  clock.Clock
	Mails  Silencer
	Values Values
}

// Asked is a custom property that a person may tell on the page. What is known
// of it is not shown: the link in a mail may be opened by others.
type Asked struct {
	Property property.Definition
	Known    bool
}

// Choice is a channel of a person.
type Choice struct {
	Channel string
	On      bool
	Since   *time.Time // of the word in force; nil: nothing was said
	// Offered: it can be turned on, because there is a shop of the merchant's own
	// to consent to.
	Offered bool
}

// Standing is what somebody gets.
type Standing struct {
	CustomerID int64
	Choices    []Choice
	// PerMonth is the most advertising mails within any 30 days; 0: no limit of
	// his own.
	PerMonth int
	Asked    []Asked
	// Mail is the address with most of its letters left out: whoever has the link
	// may know that it is theirs, and learns nothing else.
	Mail string
}

// PerMonths are the limits that can be chosen; 0 is none.
var PerMonths = []int{0, 1, 2, 4}

// Reasons are why somebody turns everything off, as he may say.
var Reasons = []string{"TOO_MANY", "NOT_RELEVANT", "NEVER_ASKED", "NOT_CUSTOMER", "OTHER"}

const mailChannel = "MAIL"

// Of is what a customer gets, or the one he was merged into. Errors:
// fault.NotFound.
func (s *Service) Of(ctx context.Context, customerID int64) (*Standing, error) {
	return s.of(ctx, s.DB, customerID)
}

func (s *Service) of(ctx context.Context, idb bun.IDB, customerID int64) (*Standing, error) {
	var who []db.Customer
	err := idb.NewRaw("SELECT * FROM customers WHERE id = survivor_of(?) AND NOT anonymous", customerID).Scan(ctx, &who)
	if err != nil {
		return nil, db.Fault(err)
	}
	if len(who) == 0 {
		return nil, fault.New(fault.NotFound, "this link is not valid")
	}
	st := &Standing{CustomerID: who[0].ID, Mail: masked(who[0].Email)}
	words, err := newest(ctx, idb, st.CustomerID)
	if err != nil {
		return nil, err
	}
	shop, err := ownShop(ctx, idb, words)
	if err != nil {
		return nil, err
	}
	st.Choices = choices(words, who[0].Email != "", shop != 0)
	if st.Asked, err = asked(ctx, idb, st.CustomerID); err != nil {
		return nil, err
	}
	err = idb.NewRaw("SELECT coalesce((SELECT per_month FROM contact_wishes WHERE customer_id = ? AND channel = ?), 0)", st.CustomerID, mailChannel).Scan(ctx, &st.PerMonth)
	return st, db.Fault(err)
}

// asked are the custom properties that the merchant has put on the page.
func asked(ctx context.Context, idb bun.IDB, customerID int64) (list []Asked, err error) {
	all, err := property.List(ctx, idb, false)
	if err != nil {
		return nil, err
	}
	held, err := property.Of(ctx, idb, []int64{customerID})
	for _, d := range all {
		if d.In(property.OnPreferences) {
			list = append(list, Asked{d, property.Known(held[customerID][d.ID])})
		}
	}
	return list, err
}

// newest are the words in force, one per channel and shop, the latest first.
func newest(ctx context.Context, idb bun.IDB, customerID int64) ([]db.Consent, error) {
	var words []db.Consent
	err := idb.NewSelect().Model(&words).DistinctOn("channel, origin_shop_id").
		Where("customer_id = ? AND purpose = 'MARKETING'", customerID).
		OrderExpr("channel, origin_shop_id, occurred_at DESC, id DESC").Scan(ctx)
	slices.SortStableFunc(words, func(a, b db.Consent) int { return b.OccurredAt.Compare(a.OccurredAt) })
	return words, db.Fault(err)
}

// choices are the channels somebody has ever spoken of, and mail where there is
// an address. One is on as long as any shop may use it.
func choices(words []db.Consent, hasMail, offered bool) []Choice {
	var list []Choice
	for _, channel := range []string{mailChannel, "LINE", "SMS", "PUSH", "POSTAL"} {
		c := Choice{Channel: channel, Offered: offered}
		for _, w := range words {
			if w.Channel != channel {
				continue
			}
			if c.Since == nil {
				c.Since = &w.OccurredAt
			}
			c.On = c.On || w.State == customer.Given
		}
		if c.Since != nil || channel == mailChannel && hasMail {
			list = append(list, c)
		}
	}
	return list
}

// ownShop is the shop that a new consent is given to: of those the person has
// spoken to, the latest of the merchant's own, else the first he has; 0: he has
// none.
func ownShop(ctx context.Context, idb bun.IDB, words []db.Consent) (int64, error) {
	var own []int64
	err := idb.NewSelect().Table("shops").Column("id").Where("mall IN (?) AND archived_at IS NULL", bun.List(mall.Own)).
		OrderExpr("mall <> 'OWN_SITE', id").Scan(ctx, &own)
	if err != nil || len(own) == 0 {
		return 0, db.Fault(err)
	}
	for _, w := range words {
		if slices.Contains(own, w.OriginShopID) {
			return w.OriginShopID, nil
		}
	}
	return own[0], nil
}

// masked is an address of which its owner knows it again.
func masked(address string) string {
	local, domain, ok := strings.Cut(address, "@")
	if !ok {
		return ""
	}
	return string([]rune(local)[:1]) + "•••@" + domain
}
