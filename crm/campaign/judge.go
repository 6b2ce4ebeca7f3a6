package campaign

import (
	"context"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/campaign/experiment"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db"
)

// Why the campaign itself leaves a customer out, whatever the gate says.
const (
	ReasonExcluded = "EXCLUDED_SEGMENT" // he is in a segment the campaign excludes
	ReasonRecent   = "RECENT_CAMPAIGN"  // he got another campaign, or is about to, within its days
)

// excludes reports whether a reason is one of the campaign's own exclusions.
func excludes(reason string) bool { return reason == ReasonExcluded || reason == ReasonRecent }

// member is one customer of an audience.
type member struct {
	CustomerID int64
	ExcludedBy int64 // the segment that excludes him; 0: none
}

func idsOf(members []member) []int64 {
	ids := make([]int64, len(members))
	for i, m := range members {
		ids[i] = m.CustomerID
	}
	return ids
}

// recipient is one customer of the audience: the gate's verdict, what the
// campaign itself has against him, and what he would get. Variant is nil only
// while a draft has none.
type recipient struct {
	message.Verdict
	Variant  *SnapshotVariant
	Excluded string // "", ReasonExcluded or ReasonRecent
	Ref      int64  // the segment, or the other campaign
	HeldOut  bool   // only who would get a mail is drawn
}

// refusal is why he gets nothing, "" when he may. The campaign's own exclusions
// come first: they take him out of what is meant at all.
func (r recipient) refusal() string {
	if r.Excluded != "" {
		return r.Excluded
	}
	return r.Reason()
}

// refusals are all reasons, the most telling first.
func (r recipient) refusals() []string {
	if r.Excluded == "" {
		return r.Refusals
	}
	return append([]string{r.Excluded}, r.Refusals...)
}

// judge applies the campaign's exclusions, chooses each customer's destination,
// asks the gate about him with what he would get, and draws the holdout.
func judge(ctx context.Context, idb bun.IDB, gate *message.Gate, content *Snapshot, members []member, now time.Time) ([]recipient, error) {
	recipients, err := address(ctx, idb, content, members)
	if err != nil {
		return nil, err
	}
	asked := make([]message.Asked, len(members))
	for i, r := range recipients {
		asked[i].CustomerID, asked[i].IgnoresCaps = members[i].CustomerID, content.IgnoresCaps
		if r.Variant != nil {
			asked[i].Letter = r.Variant.letter
		}
	}
	verdicts, err := gate.Check(ctx, idb, mail, asked)
	if err != nil {
		return nil, err
	}
	recent, err := recentCampaigns(ctx, idb, content, idsOf(members), now)
	if err != nil {
		return nil, err
	}
	for i := range recipients {
		r, m := &recipients[i], members[i]
		r.Verdict = verdicts[i]
		if other, ok := recent[m.CustomerID]; ok {
			r.Excluded, r.Ref = ReasonRecent, other
		}
		if m.ExcludedBy != 0 {
			r.Excluded, r.Ref = ReasonExcluded, m.ExcludedBy
		}
		r.HeldOut = r.refusal() == "" && experiment.HeldOut(content.CampaignID, m.CustomerID, content.HoldoutRate)
	}
	return recipients, nil
}

// address chooses the variant of each member.
func address(ctx context.Context, idb bun.IDB, content *Snapshot, members []member) ([]recipient, error) {
	usual := map[int64]string{}
	if content.Choice == UsualMall && len(content.Variants) > 1 {
		var err error
		if usual, err = usualMalls(ctx, idb, idsOf(members)); err != nil {
			return nil, err
		}
	}
	recipients := make([]recipient, len(members))
	for i, m := range members {
		if len(content.Variants) > 0 {
			recipients[i].Variant = content.variantFor(usual[m.CustomerID])
		}
	}
	return recipients, nil
}

// usualMalls is the mall each customer bought on last; those who never bought
// are left out.
func usualMalls(ctx context.Context, idb bun.IDB, ids []int64) (map[int64]string, error) {
	var rows []struct {
		CustomerID int64
		Mall       string
	}
	err := idb.NewRaw(`
		SELECT DISTINCT ON (customer_id) customer_id, mall FROM customer_mall_stats
		WHERE customer_id = ANY(?::bigint[]) AND orders_count > 0
		ORDER BY customer_id, last_order_at DESC NULLS LAST, mall`, pgdialect.Array(ids)).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	malls := make(map[int64]string, len(rows))
	for _, r := range rows {
		malls[r.CustomerID] = r.Mall
	}
	return malls, nil
}

// recentCampaigns is, per customer who has one, another campaign that he got
// within the content's days or that is on its way to him.
func recentCampaigns(ctx context.Context, idb bun.IDB, content *Snapshot, ids []int64, now time.Time) (map[int64]int64, error) {
	if content.FrequencyDays == 0 {
		return map[int64]int64{}, nil
	}
	since := now.AddDate(0, 0, -content.FrequencyDays)
	var rows []struct{ CustomerID, CampaignID int64 }
	// A delivery may be sent in a later month than the one it is filed under.
	err := idb.NewRaw(`
		SELECT DISTINCT ON (m.customer_id) m.customer_id, m.campaign_id FROM messages m
		WHERE m.customer_id = ANY(?::bigint[]) AND m.delivery_month >= ?::date AND m.campaign_id <> ?
		  AND (m.status IN ('QUEUED', 'SENDING') OR m.status IN ('SENT', 'UNCERTAIN') AND m.sent_at > ?)
		ORDER BY m.customer_id, m.sent_at DESC NULLS FIRST, m.campaign_id DESC`,
		pgdialect.Array(ids), since.AddDate(0, -2, 0), content.CampaignID, since).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	recent := make(map[int64]int64, len(rows))
	for _, r := range rows {
		recent[r.CustomerID] = r.CampaignID
	}
	return recent, nil
}
