package campaign

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Metric is one live figure of a campaign.
type Metric string

// The metrics. People, not clicks: each counts a message once. At any instant
// that is committed, Audience = Suppressed + HeldOut + Queued + Sent + Failed +
// Cancelled + Bounced labelled Refused.
const (
	Audience      Metric = "AUDIENCE"
	Suppressed    Metric = "SUPPRESSED" // labelled with the first reason
	HeldOut       Metric = "HELD_OUT"
	Treated       Metric = "TREATED"   // were to be written to when the audience was expanded, whatever came of it
	Queued        Metric = "QUEUED"    // not decided yet: waiting, or on its way
	Sent          Metric = "SENT"      // accepted by the receiving server
	Failed        Metric = "FAILED"    // refused for good, or given up
	Cancelled     Metric = "CANCELLED" // withdrawn before it was sent
	Uncertain     Metric = "UNCERTAIN" // part of Sent: it may have arrived twice
	Bounced       Metric = "BOUNCED"   // labelled BounceRefused or BounceLater
	Opened        Metric = "OPENED"
	MachineOpened Metric = "MACHINE_OPENED"
	Clicked       Metric = "CLICKED"
	Converted     Metric = "CONVERTED"
	Sales         Metric = "SALES" // minor unit, labelled with the currency
	Unsubscribed  Metric = "UNSUBSCRIBED"
	Complained    Metric = "COMPLAINED" // called spam
)

// Labels of Bounced: a mail that was refused at the door was never accepted and
// is no part of Sent; one that came back later is.
const (
	BounceRefused = "REFUSED"
	BounceLater   = "LATER"
)

// place is where a figure is booked: the parts a campaign is told apart by.
type place struct {
	Campaign, Delivery, Variant int64
	Mall                        string // destination
}

type counterKey struct {
	place
	Metric Metric
	Label  string
}

type seriesKey struct {
	Campaign int64
	Minute   time.Time
	Metric   Metric
}

// tally adds figures up in memory, to be written once per batch in the
// transaction of the facts it counts.
type tally struct {
	counters map[counterKey]int64
	series   map[seriesKey]int64
}

func newTally() *tally {
	return &tally{counters: map[counterKey]int64{}, series: map[seriesKey]int64{}}
}

func (t *tally) add(p place, m Metric, label string, n int64) {
	t.counters[counterKey{p, m, label}] += n
}

// addAt also counts into the minute of at, for the chart.
func (t *tally) addAt(p place, m Metric, at time.Time, n int64) {
	t.add(p, m, "", n)
	t.minute(p, m, at, n)
}

// minute counts into the minute of at only.
func (t *tally) minute(p place, m Metric, at time.Time, n int64) {
	t.series[seriesKey{p.Campaign, at.UTC().Truncate(time.Minute), m}] += n
}

// campaigns are those whose figures change, in order.
func (t *tally) campaigns() []int64 {
	seen := map[int64]struct{}{}
	for k, n := range t.counters {
		if n != 0 {
			seen[k.Campaign] = struct{}{}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// write books the figures. Rows are taken in key order, so that two writers
// wait for each other instead of deadlocking; call it last in a transaction,
// because the rows are shared by all workers of a campaign until the commit.
func (t *tally) write(ctx context.Context, tx bun.IDB) error {
	if err := t.writeCounters(ctx, tx); err != nil {
		return err
	}
	return t.writeSeries(ctx, tx)
}

func (t *tally) writeCounters(ctx context.Context, tx bun.IDB) error {
	maps.DeleteFunc(t.counters, func(_ counterKey, n int64) bool { return n == 0 })
	if len(t.counters) == 0 {
		return nil
	}
	var campaigns, deliveries, variants, values []int64
	var malls, metrics, labels []string
	for _, k := range slices.SortedFunc(maps.Keys(t.counters), compareCounters) {
		campaigns, deliveries, variants = append(campaigns, k.Campaign), append(deliveries, k.Delivery), append(variants, k.Variant)
		malls, metrics, labels = append(malls, k.Mall), append(metrics, string(k.Metric)), append(labels, k.Label)
		values = append(values, t.counters[k])
	}
	return db.ExecPrepared(ctx, tx, `
		INSERT INTO campaign_counters (campaign_id, delivery_id, variant_id, mall, metric, label, value)
		SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[])
		ON CONFLICT ON CONSTRAINT campaign_counters_pkey DO UPDATE SET value = campaign_counters.value + excluded.value`,
		campaigns, deliveries, variants, malls, metrics, labels, values)
}

func (t *tally) writeSeries(ctx context.Context, tx bun.IDB) error {
	if len(t.series) == 0 {
		return nil
	}
	var campaigns, values []int64
	var minutes []time.Time
	var metrics []string
	for _, k := range slices.SortedFunc(maps.Keys(t.series), compareSeries) {
		campaigns, minutes, metrics = append(campaigns, k.Campaign), append(minutes, k.Minute), append(metrics, string(k.Metric))
		values = append(values, t.series[k])
	}
	return db.ExecPrepared(ctx, tx, `
		INSERT INTO campaign_series (campaign_id, minute, metric, value)
		SELECT * FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::bigint[])
		ON CONFLICT ON CONSTRAINT campaign_series_pkey DO UPDATE SET value = campaign_series.value + excluded.value`,
		campaigns, minutes, metrics, values)
}

func compareCounters(a, b counterKey) int {
	return cmp.Or(cmp.Compare(a.Campaign, b.Campaign), cmp.Compare(a.Delivery, b.Delivery), cmp.Compare(a.Variant, b.Variant),
		cmp.Compare(a.Mall, b.Mall), cmp.Compare(a.Metric, b.Metric), cmp.Compare(a.Label, b.Label))
}

func compareSeries(a, b seriesKey) int {
	return cmp.Or(cmp.Compare(a.Campaign, b.Campaign), a.Minute.Compare(b.Minute), cmp.Compare(a.Metric, b.Metric))
}
