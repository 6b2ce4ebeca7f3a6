package customer

import (
	"context"
	"errors"
	"slices"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// Create makes a customer that was met on a shop, with a member id there or
// without. Errors: as of CreateIn, where nobody was asked.
func (s *Service) Create(ctx context.Context, shopID int64, memberID string, p Profile) (*db.Customer, error) {
	var row *db.Customer
	err := db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		var err error
		row, err = s.CreateIn(ctx, tx, Meeting{ShopID: shopID, MemberID: memberID, Profile: p}, nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	return row, nil
}

// Others are customers of whom staff says that they are not the one who is
// written down; nil Others: nobody was asked, and doubtful pairs wait as
// candidates.
type Others struct{ IDs []int64 }

func (o *Others) has(id int64) bool { return slices.Contains(o.IDs, id) }

// CreateIn makes the customer of a meeting in tx. What others says is kept: the
// program will not join them with the new one. Errors: fault.Invalid;
// fault.Conflict CUSTOMER_EXISTS when somebody has the member id or mail address
// already, with the customer's id; fault.Precondition POSSIBLE_DUPLICATES with
// the ids of customers of whom others says nothing though it should.
func (s *Service) CreateIn(ctx context.Context, tx db.Tx, m Meeting, others *Others) (*db.Customer, error) {
	if err := Together(ctx, tx); err != nil {
		return nil, err
	}
	b, row, err := s.met(ctx, tx, m, Profile.apply)
	if err != nil {
		return nil, err
	}
	if len(b.evidence[0].Keys) == 0 {
		return nil, fault.New(fault.Invalid, "give a member id, a mail address, or name and phone: something to know the customer by").
			WithCode("NOTHING_TO_KNOW_BY").At("profile")
	}
	apart, err := b.unlike(row, others)
	if err != nil {
		return nil, err
	}
	err = b.insert(row)
	if errors.Is(err, ErrRace) {
		err = fault.Wrap(fault.Conflict, err, "the same customer was just made by somebody else").WithCode("CUSTOMER_EXISTS")
	}
	if err != nil {
		return nil, err
	}
	if err := b.tellApart(row.ID, apart); err != nil {
		return nil, err
	}
	return row, access.Audit(ctx, tx, access.Entry{
		Action: "customer.create", ObjectKind: "Customer", ObjectID: row.ID, Detail: map[string]any{"shop": m.ShopID, "apartFrom": len(apart)},
	})
}

var conflictField = map[KeyKind]string{MemberID: "memberId", Mail: "profile.email"}

// unlike are the customers who resemble the one of the batch and of whom others
// says that they are not. Where nobody was asked only member id and mail address
// stand in the way: a phone in the family does not.
func (b *batch) unlike(row *db.Customer, others *Others) (apart []Resemblance, err error) {
	if others == nil {
		for _, k := range b.evidence[0].Keys {
			if owner, taken := b.index.owners[k]; taken && conflictField[k.Kind] != "" {
				return nil, exists(k.Kind, owner)
			}
		}
		return nil, nil
	}
	found, err := b.resembling(row)
	if err != nil {
		return nil, err
	}
	var unsaid []string
	for _, r := range found {
		switch {
		case r.Exact:
			return nil, exists(r.Step, r.Customer.ID)
		case others.has(r.Customer.ID):
			apart = append(apart, r)
		case r.Asks:
			unsaid = append(unsaid, gid.Encode("Customer", r.Customer.ID))
		}
	}
	if len(unsaid) > 0 {
		return nil, fault.New(fault.Precondition, "somebody may be the same person: say who is another").WithCode("POSSIBLE_DUPLICATES").
			At("differentFrom").With("customerIds", unsaid)
	}
	return apart, nil
}

func exists(by KeyKind, owner int64) error {
	return fault.New(fault.Conflict, "there is a customer with this %s already", by).WithCode("CUSTOMER_EXISTS").
		At(conflictField[by]).With("customerId", gid.Encode("Customer", owner))
}

// insert writes the one new customer of b, whose profile is row. Keys that are
// somebody's already stay where they are.
func (b *batch) insert(row *db.Customer) error {
	b.profiles[-1] = row
	b.matches = make([]Match, 1)
	b.keep(0, b.index.Stranger(b.evidence[0]))
	if len(b.matches[0].NewKeys) == 0 {
		return fault.New(fault.Conflict, "there is a customer with this name and phone or address already").WithCode("CUSTOMER_EXISTS").At("profile")
	}
	if err := b.number(); err != nil {
		return err
	}
	for _, write := range []func() error{b.insertKeys, b.insertCustomers, b.upsertIdentities, b.pair} {
		if err := write(); err != nil {
			return err
		}
	}
	row.ID = b.newIDs[0]
	return nil
}

// tellApart keeps that a customer is none of those who resemble him.
func (b *batch) tellApart(id int64, from []Resemblance) error {
	if len(from) == 0 {
		return nil
	}
	found, ids := map[pairOf]*db.Candidate{}, make([]int64, len(from))
	for i, r := range from {
		p := newPair(id, r.Customer.ID)
		reason := r.Reason
		if reason == "" {
			reason = Linked // a step that goes by an older phone or home than the profile's
		}
		found[p], ids[i] = candidate(p, reason, r.Score, r.Comparison, b.now), r.Customer.ID
	}
	if err := save(b.ctx, b.tx, found, b.now); err != nil {
		return err
	}
	_, err := b.tx.NewRaw(`UPDATE identity_candidates SET status = ?0, decided_score = score, decided_as = ?0, decided_at = ?1, decided_by = ?2
		WHERE (customer_id = ?3 AND other_id = ANY (?4::bigint[]) OR other_id = ?3 AND customer_id = ANY (?4::bigint[])) AND status = ?5`,
		Rejected, b.now, access.From(b.ctx).StaffID(), id, pgdialect.Array(ids), Open).Exec(b.ctx)
	return db.Fault(err)
}

// CompleteIn adds to a known customer what a meeting tells of him: fields of the
// profile that are empty, and what nobody is known by yet. What stands there
// stays. Another customer whom the details name becomes a candidate for a person
// to look at. Errors: fault.NotFound; fault.Invalid; fault.Precondition
// ANONYMOUS_CUSTOMER; fault.Conflict CUSTOMER_EXISTS at memberId when the member
// id is another's.
func (s *Service) CompleteIn(ctx context.Context, tx db.Tx, id int64, m Meeting) (*db.Customer, error) {
	if err := Together(ctx, tx); err != nil {
		return nil, err
	}
	who, err := holdPerson(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	b, _, err := s.met(ctx, tx, m, Profile.apply)
	if err != nil {
		return nil, err
	}
	for _, k := range b.evidence[0].Keys {
		if owner, taken := b.index.owners[k]; taken && k.Kind == MemberID && owner != who.ID {
			return nil, exists(MemberID, owner)
		}
	}
	if err := b.complete(who); err != nil {
		return nil, err
	}
	err = access.Audit(ctx, tx, access.Entry{Action: "customer.complete", ObjectKind: "Customer", ObjectID: who.ID, Detail: map[string]any{"shop": m.ShopID}})
	if err != nil {
		return nil, err
	}
	return find(ctx, tx, who.ID)
}

// complete writes what the batch's one piece of evidence adds to who, whose it is.
func (b *batch) complete(who *db.Customer) error {
	if len(b.evidence[0].Keys) == 0 {
		return b.fillAlone(who)
	}
	if b.profiles[who.ID] == nil {
		known := map[int64]*Known{}
		if err := b.loadKnown([]int64{who.ID}, known); err != nil {
			return err
		}
		b.index.known[who.ID] = known[who.ID]
	}
	b.matches = make([]Match, 1)
	b.keep(0, b.index.Said(who.ID, b.evidence[0]))
	for _, write := range []func() error{b.insertKeys, b.fillProfiles, b.upsertIdentities, b.pair} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// fillAlone fills a profile from what makes nobody known, as a birth date.
func (b *batch) fillAlone(who *db.Customer) error {
	if !fill(who, b.evidence[0].Normal) {
		return nil
	}
	who.UpdatedAt = b.now
	_, err := b.tx.NewUpdate().Model(who).WherePK().Exec(b.ctx)
	return db.Fault(err)
}

// RecordIn is Record for a customer whom tx holds or has just made.
func (s *Service) RecordIn(ctx context.Context, tx db.Tx, w Word) error {
	if _, err := RecordIn(ctx, tx, w, s.clock.Now()); err != nil {
		return err
	}
	return access.Audit(ctx, tx, access.Entry{
		Action: "consent.record", ObjectKind: "Customer", ObjectID: w.CustomerID,
		Detail: map[string]any{"channel": w.Channel, "state": w.State, "shop": w.OriginShopID},
	})
}

// holdPerson is hold for a customer who is somebody.
func holdPerson(ctx context.Context, tx bun.IDB, id int64) (*db.Customer, error) {
	row, err := hold(ctx, tx, id, "NO KEY UPDATE")
	if err == nil && row.Anonymous {
		err = fault.New(fault.Precondition, "this customer stands for all buyers a shop does not name").WithCode("ANONYMOUS_CUSTOMER").At("id")
	}
	return row, err
}
