package points

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Act is something a member did.
type Act struct {
	CustomerID int64
	Action     Action
	Ref        string    // which one: a review, a survey; the same again is not awarded again. Of APP_INSTALL the device
	At         time.Time // when; zero: now
	Promised   time.Time // when he was told what it brings: the rules of then hold; zero: At
	ShopID     int64     // where; 0: nowhere in particular
	number     int64     // in the key, where awards for it were taken back
	Form       int64     // by which registration form, of a joining; 0: none
	Cause      Cause
}

// ownShops are the malls that are the merchant's own ground. Elsewhere a reward
// for a review breaks the rules of the mall.
var ownShops = []string{"OWN_SITE", "SHOPIFY", "FUTURESHOP", "MAKESHOP", "STORE"}

// Award gives what the rules give for an action, once per reference, and again
// where that was taken back (UndoAwards, TakeBackAwards): a lot for
// each length of life that the rules name, usable at once. The receipt is of the
// first. Where no rule means it, nothing is booked and the breakdown says why.
// Errors: fault.Invalid (action, reference); fault.NotFound (customer, shop);
// fault.Precondition NOT_A_MEMBER, REVIEW_ON_A_MALL, NOT_A_STORE, DEVICE_TAKEN;
// fault.Conflict IDEMPOTENCY_KEY_REUSED, for the same reference on another shop.
func (s *Service) Award(ctx context.Context, tx *db.Tx, a Act) (rc Receipt, b Breakdown, err error) {
	switch {
	case !slices.Contains(Actions, a.Action):
		return rc, b, invalid("action", "there is no such action")
	case a.Ref == "" || len(a.Ref) > 100:
		return rc, b, invalid("reference", "1 to 100 bytes say which one")
	}
	cause, err := a.identified()
	if err != nil {
		return rc, b, err
	}
	rc, err = s.run(ctx, tx, func(q querier) (Receipt, error) {
		holder, _, err := settled(ctx, q, a.CustomerID)
		if err != nil {
			return Receipt{}, err
		}
		if err := holdAccounts(ctx, q, []int64{holder}); err != nil {
			return Receipt{}, err
		}
		cause, err := numberedAward(ctx, q, a.CustomerID, holder, cause)
		if err != nil {
			return Receipt{}, err
		}
		o, done, err := s.begin(ctx, q, a.CustomerID, cause, wanted{}, membersOnly)
		if done != nil || err != nil {
			return deref(done), err
		}
		doer, p, err := s.doing(ctx, q, o, a)
		if err != nil {
			return Receipt{}, err
		}
		var first *line
		if first, b = o.award(o.now, doer, a.Action, a.source(), p, cause); first == nil {
			return Receipt{}, nil
		}
		if err := p.used.save(ctx, q); err != nil {
			return Receipt{}, err
		}
		return o.finish(ctx, q, first)
	})
	return rc, b, err
}

// source is how the action is named in earn_uses.
func (a Act) source() string {
	ref := a.Ref
	if a.Action == ActionAppInstall {
		ref = oneApp
	}
	return "action:" + string(a.Action) + ":" + ref
}

// identified is its cause with key and hash. An app is the same, whoever tells of it
// and wherever.
func (a Act) identified() (Cause, error) {
	if a.Action == ActionAppInstall {
		a.Cause.Reason, a.ShopID = "", 0
	}
	return a.Cause.identified(a.source(), "AWARD", a.ShopID)
}

// awardKey is the key of the first award for it.
func (a Act) awardKey() string { return "request:" + a.source() }

// doing is who does something, and the programme that it earns by.
func (s *Service) doing(ctx context.Context, q querier, o opened, a Act) (*order, *programme, error) {
	a.CustomerID = o.account.CustomerID
	if a.At.IsZero() {
		a.At = o.now
	}
	if a.Action == ActionAppInstall {
		var err error
		if a.At, err = appSince(ctx, q, a.CustomerID, a.Ref, a.At); err != nil {
			return nil, nil, err
		}
	}
	who, err := doers(ctx, q, []Act{a})
	if err != nil {
		return nil, nil, err
	}
	switch doer := who[0]; {
	case a.ShopID != 0 && doer.Mall == "":
		return nil, nil, fault.New(fault.NotFound, "there is no such shop").At("shopId")
	case a.Action == ActionReview && !slices.Contains(ownShops, doer.Mall):
		return nil, nil, fault.New(fault.Precondition, "reviews are rewarded on shops of one's own only").WithCode("REVIEW_ON_A_MALL").At("shopId")
	case a.Action == ActionCheckIn && a.ShopID != 0 && doer.Mall != "STORE":
		return nil, nil, fault.New(fault.Precondition, "one checks in at a store").WithCode("NOT_A_STORE").At("shopId")
	}
	p, err := s.programmeFor(ctx, q, who, map[int64]*book{a.CustomerID: o.book}, []Action{a.Action}, toGive)
	return who[0], p, err
}

// doers are those who do things, as they were when they did them, in the order of acts.
func doers(ctx context.Context, q querier, acts []Act) ([]*order, error) {
	var customers, shops []int64
	var at []time.Time
	for _, a := range acts {
		customers, shops, at = append(customers, a.CustomerID), append(shops, a.ShopID), append(at, a.At)
	}
	rows, err := q.Query(ctx, `SELECT c.id AS customer_id, a.at AS ordered_at, a.shop_id, coalesce(sh.mall, '') AS mall, c.member_since,
			coalesce(extract(month FROM c.birth_date), 0)::int AS birth_month, coalesce(s.id, 0) AS stage_id, coalesce(s.code, '') AS stage
		FROM unnest($1::bigint[], $2::timestamptz[], $3::bigint[]) WITH ORDINALITY AS a (customer_id, at, shop_id, n)
		JOIN customers c ON c.id = a.customer_id
		LEFT JOIN shops sh ON sh.id = a.shop_id
		LEFT JOIN LATERAL (SELECT h.to_stage FROM stage_changes h WHERE h.customer_id = c.id AND h.at <= a.at ORDER BY h.at DESC, h.id DESC LIMIT 1) h ON true
		LEFT JOIN stages s ON s.id = coalesce(h.to_stage, (SELECT id FROM stages WHERE archived_at IS NULL ORDER BY position LIMIT 1))
		ORDER BY a.n`, customers, at, shops)
	if err != nil {
		return nil, db.Fault(err)
	}
	who, err := pgx.CollectRows(rows, pgx.RowToAddrOfStructByNameLax[order])
	if err != nil {
		return nil, db.Fault(err)
	}
	if len(who) != len(acts) {
		return nil, fault.New(fault.Internal, "%d of %d who did something are there", len(who), len(acts))
	}
	for i, a := range acts {
		who[i].form, who[i].promised = a.Form, a.Promised
	}
	return who, nil
}

// award grants at the instant at what an action earns, and notes it as given for
// source. What was done before the books were opened earns nothing, and neither
// does what is so old that its points would be gone. first is nil where nothing came.
func (b *book) award(at time.Time, doer *order, action Action, source string, p *programme, c Cause) (first *line, worth Breakdown) {
	if opened := b.account.OpenedAt; !p.Enabled || opened != nil && doer.OrderedAt.Before(*opened) {
		return nil, worth
	}
	in := doer.occasion(p.zone)
	if !doer.promised.IsZero() {
		in.At = doer.promised.In(p.zone)
	}
	rules, not := p.rules.under(in, action)
	day := Day(doer.OrderedAt.In(p.zone).Format(time.DateOnly))
	left := map[int64]Left{}
	for _, r := range rules {
		left[r.ID] = p.used.leftOf(r, doer.CustomerID, source, day)
	}
	worked := WorkAction(rules, left)
	worth.Not = slices.Concat(worked.Not, not)
	c.Reason, c.Detail = "ACTION", withAction(c.Detail, action)
	for _, g := range giftsOf(worked.Parts, rules, doer.Stage) {
		t := g.terms(doer.OrderedAt, p)
		if t.ExpiresAt != nil && !t.ExpiresAt.After(at) {
			continue
		}
		l := b.grant(at, g.points, t, c)
		if c.key += "\x1f"; first == nil { // of the next lot
			first = l
		}
		for _, part := range g.rule.Parts {
			worth.add(part)
			p.used.set(owner{part.Rule, doer.CustomerID}, source, day, part.Points)
		}
	}
	return first, worth
}

func withAction(detail map[string]any, action Action) map[string]any {
	out := map[string]any{"action": action}
	maps.Copy(out, detail)
	return out
}

// gift is what rules with points of the same length of life give together.
type gift struct {
	days   int64 // 0: as the programme says
	points int64
	rule   Rule
}

func giftsOf(parts []Part, rules []EarnRule, stage string) (gifts []gift) {
	for _, part := range parts {
		days := rules[slices.IndexFunc(rules, func(r EarnRule) bool { return r.ID == part.Rule })].ValidDays
		i := slices.IndexFunc(gifts, func(g gift) bool { return g.days == days })
		if i < 0 {
			i, gifts = len(gifts), append(gifts, gift{days: days, rule: Rule{Stage: stage}})
		}
		g := &gifts[i]
		g.points += part.Points
		g.rule.Parts = append(g.rule.Parts, part)
		g.rule.Under = append(g.rule.Under, Under{Rule: part.Rule, Version: part.Version})
	}
	return gifts
}

// terms are those of the lot, for what was done at an instant.
func (g gift) terms(done time.Time, p *programme) Terms {
	t := Terms{EarnedAt: done, UsableAt: &done}
	t.Rule, _ = json.Marshal(g.rule) // figures and words always marshal
	if g.days == 0 {
		return t.expiring(p.Settings, g.rule.Stage, p.zone)
	}
	end := endOfDay(done, 0, int(g.days), p.zone)
	t.ExpiresAt = &end
	return t
}

// Award is Service.Award in the name of the caller, with a line in the audit log.
func (d Desk) Award(ctx context.Context, a Act) (rc Receipt, b Breakdown, err error) {
	a.Cause = ByHand{}.cause(ctx)
	err = db.RunInTx(ctx, d.db, func(ctx context.Context, tx db.Tx) error {
		if rc, b, err = d.Service.Award(ctx, &tx, a); err != nil || rc.Replayed || b.Total == 0 {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{
			Action: "points.award", ObjectKind: "Customer", ObjectID: rc.Booking.CustomerID,
			Detail: map[string]any{"booking": rc.Booking.ID, "amount": rc.Booking.Amount},
		})
	})
	return rc, b, db.Fault(err)
}
