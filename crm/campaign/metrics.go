package campaign

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/meguri-crm/meguri/db"
)

// Figures are the live figures of a campaign or of a part of it.
type Figures struct {
	Audience, Suppressed, Queued, Sent  int64
	Excluded                            int64 // part of Suppressed: by the campaign's own exclusions
	WithoutCode                         int64 // part of Suppressed: the codes had run out
	HeldOut                             int64
	Treated                             int64 // were to be written to when the audience was expanded
	Cancelled                           int64
	Delivered                           int64 // accepted and not bounced later
	Bounced, Failed, Uncertain          int64
	Opened, MachineOpened, Clicked      int64
	Converted, Unsubscribed, Complained int64
	Sales                               []Money // per currency, in its order
}

// Money is an amount in the minor unit of a currency.
type Money struct {
	Currency string
	Amount   int64
}

// ReasonCount is how many were refused for a reason.
type ReasonCount struct {
	Reason string
	Count  int64
}

// DeliveryFigures are the figures of one delivery.
type DeliveryFigures struct {
	DeliveryID int64
	Channel    string
	Figures
}

// MallFigures are the figures of those who got one destination's variant.
type MallFigures struct {
	Mall string // destination
	Figures
}

// VariantFigures are the figures of those who got one variant.
type VariantFigures struct {
	VariantID int64
	Mall      string
	Figures
}

// Point is what happened within one minute, or one hour of a long campaign.
type Point struct {
	At                               time.Time
	Sent, Opened, Clicked, Converted int64
}

// Metrics is one reading of a campaign. It is shared by all who watch: nobody
// may write to it.
type Metrics struct {
	CampaignID int64
	Status     Status
	At         time.Time
	Total      Figures
	// Retrying is the part of Queued that was refused for the moment, NextTryAt
	// when the first of them is due.
	Retrying           int64
	NextTryAt          *time.Time
	QuietUntil         *time.Time    // when the waiting go on, while they rest for quiet hours
	PausedDomains      []DomainPause // while it is being sent; the first to end first
	SuppressedByReason []ReasonCount // most first
	ByDelivery         []DeliveryFigures
	ByMall             []MallFigures
	ByVariant          []VariantFigures
	Series             []Point
	Lift               *Lift // nil without a holdout, or before it is drawn
}

// DomainPause says until when mails to a domain wait, because its server asked
// for it.
type DomainPause struct {
	Domain string
	Until  time.Time
}

// minutely is how long a chart shows minutes; a longer one shows hours.
const minutely = 24 * time.Hour

// ReadMetrics reads the figures of a campaign in one round trip.
// Errors: fault.NotFound.
func ReadMetrics(ctx context.Context, pool *pgxpool.Pool, campaignID int64, now time.Time) (*Metrics, error) {
	batch := &pgx.Batch{}
	batch.Queue(`SELECT status FROM campaigns WHERE id = $1`, campaignID)
	batch.Queue(`SELECT c.delivery_id, d.channel, c.variant_id, c.mall, c.metric, c.label, c.value
		FROM campaign_counters c JOIN deliveries d ON d.id = c.delivery_id
		WHERE c.campaign_id = $1 ORDER BY c.delivery_id, c.variant_id`, campaignID)
	batch.Queue(`SELECT date_trunc(CASE WHEN c.sent_at < $2 THEN 'hour' ELSE 'minute' END, s.minute, 'UTC') AS at,
		       coalesce(sum(s.value) FILTER (WHERE s.metric = 'SENT'), 0)::bigint, coalesce(sum(s.value) FILTER (WHERE s.metric = 'OPENED'), 0)::bigint,
		       coalesce(sum(s.value) FILTER (WHERE s.metric = 'CLICKED'), 0)::bigint, coalesce(sum(s.value) FILTER (WHERE s.metric = 'CONVERTED'), 0)::bigint
		FROM campaign_series s JOIN campaigns c ON c.id = s.campaign_id
		WHERE s.campaign_id = $1 AND s.metric <> 'BOUNCED' GROUP BY at ORDER BY at`, campaignID, now.Add(-minutely))
	queueLift(batch, campaignID)
	batch.Queue(`SELECT count(*), min(m.due_at) FROM messages m JOIN deliveries d ON d.id = m.delivery_id
		WHERE d.campaign_id = $1 AND d.finished_at IS NULL AND m.status = 'QUEUED' AND m.attempts > 0`, campaignID)
	batch.Queue(`SELECT max(quiet_until) FROM deliveries WHERE campaign_id = $1 AND finished_at IS NULL AND status = 'SENDING' AND quiet_until > $2`, campaignID, now)
	batch.Queue(`SELECT domain, paused_until FROM domain_pauses WHERE paused_until > $2
		  AND EXISTS (SELECT FROM deliveries WHERE campaign_id = $1 AND status IN ('EXPANDING', 'SENDING') AND finished_at IS NULL)
		ORDER BY paused_until LIMIT 20`, campaignID, now)
	results := pool.SendBatch(ctx, batch)
	m, err := scanMetrics(results, campaignID, now)
	if closing := results.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, db.Fault(err)
	}
	return m, nil
}

func scanMetrics(results pgx.BatchResults, campaignID int64, now time.Time) (*Metrics, error) {
	m := &Metrics{CampaignID: campaignID, At: now}
	if err := results.QueryRow().Scan(&m.Status); err != nil {
		return nil, err
	}
	counters, err := results.Query()
	if err != nil {
		return nil, err
	}
	rows, err := pgx.CollectRows(counters, pgx.RowToStructByPos[counterRow])
	if err != nil {
		return nil, err
	}
	m.sumUp(rows)
	series, err := results.Query()
	if err != nil {
		return nil, err
	}
	if m.Series, err = pgx.CollectRows(series, pgx.RowToStructByPos[Point]); err != nil {
		return nil, err
	}
	if m.Lift, err = scanLift(results, m.Total.Treated, m.Total.HeldOut); err != nil {
		return nil, err
	}
	if err := results.QueryRow().Scan(&m.Retrying, &m.NextTryAt); err != nil {
		return nil, err
	}
	if err := results.QueryRow().Scan(&m.QuietUntil); err != nil {
		return nil, err
	}
	paused, err := results.Query()
	if err != nil {
		return nil, err
	}
	m.PausedDomains, err = pgx.CollectRows(paused, pgx.RowToStructByPos[DomainPause])
	return m, err
}

type counterRow struct {
	DeliveryID int64
	Channel    string
	VariantID  int64
	Mall       string
	Metric     Metric
	Label      string
	Value      int64
}

// sumUp adds the counters up per part, in one pass.
func (m *Metrics) sumUp(rows []counterRow) {
	total := &sum{}
	reasons := map[string]int64{}
	deliveries, malls, variants := map[int64]*sum{}, map[string]*sum{}, map[int64]*sum{}
	channels, variantMalls := map[int64]string{}, map[int64]string{}
	for _, r := range rows {
		channels[r.DeliveryID], variantMalls[r.VariantID] = r.Channel, r.Mall
		for _, s := range []*sum{total, at(deliveries, r.DeliveryID), at(malls, r.Mall), at(variants, r.VariantID)} {
			s.add(r)
		}
		if r.Metric == Suppressed && r.Value != 0 {
			reasons[r.Label] += r.Value
		}
	}
	m.Total = total.figures()
	m.SuppressedByReason = ranked(reasons)
	for _, id := range slices.Sorted(maps.Keys(deliveries)) {
		m.ByDelivery = append(m.ByDelivery, DeliveryFigures{id, channels[id], deliveries[id].figures()})
	}
	for _, mall := range slices.Sorted(maps.Keys(malls)) {
		m.ByMall = append(m.ByMall, MallFigures{mall, malls[mall].figures()})
	}
	for _, id := range slices.Sorted(maps.Keys(variants)) {
		m.ByVariant = append(m.ByVariant, VariantFigures{id, variantMalls[id], variants[id].figures()})
	}
}

// sum adds counters of one part up.
type sum struct {
	Figures
	bouncedLater int64
	sales        map[string]int64
}

func at[K comparable](parts map[K]*sum, key K) *sum {
	s, ok := parts[key]
	if !ok {
		s = &sum{}
		parts[key] = s
	}
	return s
}

func (s *sum) add(r counterRow) {
	switch r.Metric {
	case Audience:
		s.Audience += r.Value
	case Suppressed:
		s.Suppressed += r.Value
		if excludes(r.Label) {
			s.Excluded += r.Value
		}
		if r.Label == reasonNoCode {
			s.WithoutCode += r.Value
		}
	case Treated:
		s.Treated += r.Value
	case HeldOut:
		s.HeldOut += r.Value
	case Cancelled:
		s.Cancelled += r.Value
	case Queued:
		s.Queued += r.Value
	case Sent:
		s.Sent += r.Value
	case Failed:
		s.Failed += r.Value
	case Uncertain:
		s.Uncertain += r.Value
	case Bounced:
		s.Bounced += r.Value
		if r.Label == BounceLater {
			s.bouncedLater += r.Value
		}
	case Opened:
		s.Opened += r.Value
	case MachineOpened:
		s.MachineOpened += r.Value
	case Clicked:
		s.Clicked += r.Value
	case Converted:
		s.Converted += r.Value
	case Unsubscribed:
		s.Unsubscribed += r.Value
	case Complained:
		s.Complained += r.Value
	case Sales:
		if s.sales == nil {
			s.sales = map[string]int64{}
		}
		s.sales[r.Label] += r.Value
	}
}

func (s *sum) figures() Figures {
	f := s.Figures
	f.Delivered = s.Sent - s.bouncedLater
	for _, currency := range slices.Sorted(maps.Keys(s.sales)) {
		f.Sales = append(f.Sales, Money{currency, s.sales[currency]})
	}
	return f
}

// ranked puts the most frequent reason first.
func ranked(reasons map[string]int64) []ReasonCount {
	list := make([]ReasonCount, 0, len(reasons))
	for reason, n := range reasons {
		list = append(list, ReasonCount{reason, n})
	}
	slices.SortFunc(list, func(a, b ReasonCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason))
	})
	return list
}
