package customer

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Given and Withdrawn are the two things a customer can say about being written to.
const (
	Given     = "GIVEN"
	Withdrawn = "WITHDRAWN"
)

// Word is one statement of consent, or of its withdrawal, for advertising.
type Word struct {
	CustomerID   int64
	Channel      string // MAIL, LINE, SMS, PUSH, POSTAL
	State        string
	OriginShopID int64     // whose consent it is; its mall's rules bind
	OccurredAt   time.Time // zero: now
	Method       string
	Wording      string // what was agreed to; needed when given
	Evidence     Evidenced
}

// Evidenced is what proves a word of consent beside its wording, date and way:
// where it was said, and from which address of the network. Zero fields are not
// known.
type Evidenced struct {
	SignUp        int64      `json:"signUp,omitempty"` // row of sign_ups
	Form          int64      `json:"form,omitempty"`   // row of sign_up_forms
	FormVersion   int        `json:"formVersion,omitempty"`
	Locale        string     `json:"locale,omitempty"` // of the words as they were shown
	SentAt        *time.Time `json:"sentAt,omitempty"`
	SentFrom      string     `json:"sentFrom,omitempty"`
	ConfirmedAt   *time.Time `json:"confirmedAt,omitempty"` // by the link in a mail (double opt-in)
	ConfirmedFrom string     `json:"confirmedFrom,omitempty"`
	Reason        string     `json:"reason,omitempty"` // of a withdrawal, as the person chose it
	// Source and Reference are told by the partner who takes a consent by API.
	Source    string `json:"source,omitempty"`
	Reference string `json:"reference,omitempty"`
}

// Record adds a word of consent. Nothing is ever changed: the newest word per
// channel and origin holds. The law asks for wording, date and way of each
// consent (特定商取引法 12条の3), so that one without wording is refused.
// Errors: fault.NotFound; fault.Invalid; fault.Precondition for a shop's stand-in.
func (s *Service) Record(ctx context.Context, w Word) (*db.Consent, *db.Customer, error) {
	var row *db.Consent
	var who *db.Customer
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var err error
		if who, err = hold(ctx, tx, w.CustomerID, "KEY SHARE"); err != nil {
			return err
		}
		if who.Anonymous {
			return fault.New(fault.Precondition, "nobody in particular cannot consent").WithCode("ANONYMOUS_CUSTOMER").At("customerId")
		}
		w.CustomerID = who.ID
		if row, err = RecordIn(ctx, tx, w, s.clock.Now()); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{
			Action: "consent.record", ObjectKind: "Customer", ObjectID: who.ID,
			Detail: map[string]any{"channel": w.Channel, "state": w.State, "shop": w.OriginShopID},
		})
	})
	if err != nil {
		return nil, nil, err
	}
	return row, who, nil
}

// RecordIn is Record inside another noun's transaction, for a customer that is
// known to exist.
func RecordIn(ctx context.Context, tx bun.IDB, w Word, now time.Time) (*db.Consent, error) {
	if w.OccurredAt.IsZero() {
		w.OccurredAt = now
	}
	switch {
	case w.OccurredAt.After(now.Add(time.Minute)):
		return nil, fault.New(fault.Invalid, "nobody has consented in the future").WithCode("IN_THE_FUTURE").At("occurredAt")
	case w.State == Given && strings.TrimSpace(w.Wording) == "":
		return nil, fault.New(fault.Invalid, "write down the text that was agreed to").WithCode("WORDING_REQUIRED").At("wording")
	}
	evidence, err := json.Marshal(w.Evidence)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "internal error")
	}
	row := &db.Consent{
		CustomerID: w.CustomerID, Channel: w.Channel, State: w.State, OriginShopID: w.OriginShopID, OccurredAt: w.OccurredAt,
		Method: w.Method, Wording: w.Wording, Evidence: evidence, RecordedAt: now, RecordedBy: access.From(ctx).StaffID(),
	}
	if _, err := tx.NewInsert().Model(row).Exec(ctx); err != nil {
		if db.Constraint(err) == "consents_origin_fkey" {
			return nil, fault.New(fault.NotFound, "there is no such shop").At("originShopId")
		}
		return nil, db.Fault(err)
	}
	kind := event.ConsentGiven
	if w.State == Withdrawn {
		kind = event.ConsentDropped
	}
	return row, event.Append(ctx, tx, event.Event{
		CustomerID: w.CustomerID, OccurredAt: w.OccurredAt, Kind: kind, ShopID: w.OriginShopID,
		RefID: row.ID, Data: map[string]any{"channel": w.Channel, "method": w.Method},
	})
}

// ConsentsInForce are the newest words of these customers per channel and
// origin shop, by customer.
func (s *Service) ConsentsInForce(ctx context.Context, customerIDs []int64) (map[int64][]db.Consent, error) {
	return consentsInForce(ctx, s.db, customerIDs)
}

func consentsInForce(ctx context.Context, idb bun.IDB, customerIDs []int64) (map[int64][]db.Consent, error) {
	var rows []db.Consent
	err := idb.NewSelect().Model(&rows).DistinctOn("customer_id, channel, origin_shop_id").
		Where("customer_id IN (?) AND purpose = 'MARKETING'", bun.List(customerIDs)).
		OrderExpr("customer_id, channel, origin_shop_id, occurred_at DESC, id DESC").Scan(ctx)
	return byCustomer(rows, func(c db.Consent) int64 { return c.CustomerID }), db.Fault(err)
}

// Consents is every word of a customer, newest first, at most limit.
func (s *Service) Consents(ctx context.Context, customerID int64, limit int) ([]db.Consent, error) {
	var rows []db.Consent
	err := s.db.NewSelect().Model(&rows).Where("customer_id = ?", customerID).OrderExpr("occurred_at DESC, id DESC").Limit(int64(limit)).Scan(ctx)
	return rows, db.Fault(err)
}

// Identities are how these customers appear on shops, by customer, and with what
// kind of merge those came that were another's before.
func (s *Service) Identities(ctx context.Context, customerIDs []int64) (map[int64][]db.Identity, error) {
	var rows []db.Identity
	err := s.db.NewSelect().Model(&rows).ColumnExpr("identity.*").ColumnExpr(`(
			SELECT m.reason FROM customer_merges m JOIN customer_merge_rows r ON (r.customer_id, r.merge_id) = (m.customer_id, m.id)
			WHERE m.customer_id = identity.customer_id AND m.undone_at IS NULL AND r.noun = 'identities' AND identity.id = ANY (r.ids)
			ORDER BY m.id DESC LIMIT 1) AS merged_as`).
		Where("customer_id IN (?)", bun.List(customerIDs)).OrderExpr("customer_id, first_seen_at, id").Scan(ctx)
	return byCustomer(rows, func(i db.Identity) int64 { return i.CustomerID }), db.Fault(err)
}

func byCustomer[T any](rows []T, of func(T) int64) map[int64][]T {
	m := map[int64][]T{}
	for _, r := range rows {
		m[of(r)] = append(m[of(r)], r)
	}
	return m
}
