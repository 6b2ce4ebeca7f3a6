package referral

import (
	"context"
	"net/url"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/db"
)

// Filter narrows the referrals; the zero value is all of them.
type Filter struct {
	Statuses   []Status
	Flags      []Flag // one of them is enough
	FriendID   *int64
	ReferrerID *int64
}

// List is a page of the referrals, the newest first: limit of those with an id below
// before (0: from the newest on).
func (s *Service) List(ctx context.Context, f Filter, before int64, limit int) ([]*db.Referral, error) {
	rows := []*db.Referral{}
	q := f.narrow(s.DB.NewSelect().Model(&rows)).Order("id DESC").Limit(int64(limit))
	if before > 0 {
		q.Where("id < ?", before)
	}
	return rows, db.Fault(q.Scan(ctx))
}

func (f Filter) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	if len(f.Statuses) > 0 {
		q.Where("status IN (?)", bun.List(f.Statuses))
	}
	if len(f.Flags) > 0 {
		q.Where("flags && ARRAY[?]::text[]", bun.List(f.Flags))
	}
	if f.FriendID != nil {
		q.Where("customer_id = ?", *f.FriendID)
	}
	if f.ReferrerID != nil {
		q.Where("referrer_id = ?", *f.ReferrerID)
	}
	return q
}

// Figures are what referrals have brought and cost.
type Figures struct {
	Referred, Waiting, Qualified, Flagged, Rewarded, TakenBack, Refused, Lapsed, Void int64

	Referrers                    int64 // who have brought somebody
	ReferrerPoints, FriendPoints int64 // given, and not taken back
	Friends                      int64 // who have ordered since, of those that are not refused or void and no one person
	Sales                        int64 // of these since they were brought, base currency, minor unit
}

// Figures are those of friends who were brought within a time; nil: without an end.
func (s *Service) Figures(ctx context.Context, from, to *time.Time) (f Figures, err error) {
	err = s.DB.NewRaw(`WITH them AS (
			SELECT * FROM referrals WHERE referred_at >= coalesce(?0::timestamptz, '-infinity') AND referred_at < coalesce(?1::timestamptz, 'infinity')),
		bought AS (
			SELECT t.customer_id, sum(net_sales(o, d)) AS sales, count(*) FILTER (WHERE o.kind = 'SALE' AND o.status <> 'CANCELLED') AS orders
			FROM them t JOIN orders o ON o.customer_id = t.customer_id AND o.ordered_at >= t.referred_at AND o.currency = ?2
				JOIN net_sales_definitions d ON d.state = 'IN_FORCE'
			WHERE t.status NOT IN ('REFUSED', 'VOID') AND t.reason <> 'SELF' GROUP BY t.customer_id)
		SELECT count(*) AS referred, count(*) FILTER (WHERE status = 'WAITING') AS waiting, count(*) FILTER (WHERE status = 'QUALIFIED') AS qualified,
			count(*) FILTER (WHERE status = 'FLAGGED') AS flagged, count(*) FILTER (WHERE status = 'REWARDED') AS rewarded,
			count(*) FILTER (WHERE status = 'TAKEN_BACK') AS taken_back,
			count(*) FILTER (WHERE status = 'REFUSED') AS refused, count(*) FILTER (WHERE status = 'LAPSED') AS lapsed, count(*) FILTER (WHERE status = 'VOID') AS void,
			count(DISTINCT referrer_id) AS referrers,
			coalesce(sum(referrer_points) FILTER (WHERE status = 'REWARDED'), 0)::bigint AS referrer_points,
			coalesce(sum(friend_points) FILTER (WHERE status = 'REWARDED'), 0)::bigint AS friend_points,
			(SELECT count(*) FROM bought WHERE orders > 0) AS friends, (SELECT coalesce(sum(sales), 0)::bigint FROM bought) AS sales
		FROM them`, from, to, s.Currency).Scan(ctx, &f)
	return f, db.Fault(err)
}

// ShareURL is the page by which a member with the code sends a friend; empty: the
// merchant has none. base is where this server is reached.
func (s *Service) ShareURL(ctx context.Context, code, base string) (string, error) {
	set, err := s.Settings(ctx)
	if err != nil || !set.Enabled {
		return "", err
	}
	page := set.ShareURL
	if page == "" {
		var slugs []string
		err := s.DB.NewRaw(`SELECT f.slug FROM sign_up_forms f JOIN sign_up_form_versions v ON v.form_id = f.id AND v.version = f.version
			WHERE f.archived_at IS NULL AND (v.content->>'joins')::boolean ORDER BY f.id DESC LIMIT 1`).Scan(ctx, &slugs)
		if err != nil || len(slugs) == 0 {
			return "", db.Fault(err)
		}
		page = base + "/f/" + slugs[0]
	}
	u, err := url.Parse(page)
	if err != nil {
		return "", nil //nolint:nilerr // an address that cannot be read leads nowhere; the settings refuse such
	}
	query := u.Query()
	query.Set(CodeParam, code)
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// CodeParam is what the code is called in an address.
const CodeParam = "ref"
