package shop

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/db"
)

// Usage is what hangs on a shop, and stays with it when it is archived.
type Usage struct {
	Orders    int64
	Customers int64 // with an appearance on it
	Consents  int64 // people one may speak to in its name, by mail or otherwise
	Imports   int64
	Tags      int64 // in use on its site
}

// Used is the usage of a shop, and of when it is.
type Used struct {
	Usage
	AsOf time.Time
	// Stale says that it was counted longer ago than a minute.
	Stale bool
}

// Usage counts what hangs on a shop.
func (s *Service) Usage(ctx context.Context, id int64, want kept.Wanted) (*Used, error) {
	var shops []int64
	if err := s.db.NewSelect().Table("shops").Column("id").Order("id").Scan(ctx, &shops); err != nil {
		return nil, db.Fault(err)
	}
	asked, err := kept.Print(shops)
	if err != nil {
		return nil, err
	}
	a, err := kept.Ask(ctx, s.kept, kept.Question{Name: "usage", Print: asked}, want, s.usages)
	if err != nil {
		return nil, err
	}
	return &Used{Usage: a.Value[id], AsOf: a.At(s.clock.Now()), Stale: a.Stale}, nil
}

// usagesSQL goes once over what hangs on shops, for all of them: appearances and
// consents lie in the order of customers, so that one shop's cost as much.
const usagesSQL = `
SELECT s.id, coalesce(o.n, 0) AS orders, coalesce(i.n, 0) AS customers, coalesce(c.n, 0) AS consents,
       (SELECT count(*) FROM imports WHERE shop_id = s.id) AS imports,
       (SELECT count(*) FROM write_keys WHERE shop_id = s.id AND revoked_at IS NULL) AS tags
FROM shops s
LEFT JOIN (SELECT shop_id, count(*) AS n FROM order_keys GROUP BY shop_id) o ON o.shop_id = s.id
LEFT JOIN (SELECT shop_id, count(*) AS n FROM (SELECT DISTINCT customer_id, shop_id FROM identities) seen GROUP BY shop_id) i ON i.shop_id = s.id
LEFT JOIN (
    SELECT origin_shop_id, count(DISTINCT customer_id) AS n FROM (
        SELECT DISTINCT ON (customer_id, channel, purpose, origin_shop_id) customer_id, origin_shop_id, state FROM consents
        ORDER BY customer_id, channel, purpose, origin_shop_id, occurred_at DESC, id DESC
    ) said WHERE state = 'GIVEN' GROUP BY origin_shop_id
) c ON c.origin_shop_id = s.id`

// usages counts for every shop.
func (s *Service) usages(ctx context.Context) (map[int64]Usage, error) {
	var rows []struct {
		ID int64
		Usage
	}
	if err := s.db.NewRaw(usagesSQL).Scan(ctx, &rows); err != nil {
		return nil, db.Fault(err)
	}
	usages := make(map[int64]Usage, len(rows))
	for _, row := range rows {
		usages[row.ID] = row.Usage
	}
	return usages, nil
}
