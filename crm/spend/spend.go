// Package spend owns what the merchant paid for a campaign beside what its
// orders cost: advertisements, printing, postage.
//
// It promises that the same money is booked once, however often its file comes,
// and corrected where a file tells it otherwise; that two rows of one file never
// become one; and that currencies are not added up. What the orders left is
// crm/profit's.
package spend

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Service books and tells what campaigns cost.
type Service struct{ DB *db.DB }

// Sum is what was spent in one currency.
type Sum struct {
	Currency string
	Amount   int64 // minor unit
	Entries  int64
}

// OfCampaign is what was spent for a campaign, by currency.
func (s *Service) OfCampaign(ctx context.Context, campaignID int64) ([]Sum, error) {
	rows, err := s.DB.Pool.Query(ctx, `SELECT currency, sum(amount)::bigint, count(*) FROM campaign_costs WHERE campaign_id = $1 GROUP BY currency ORDER BY currency`, campaignID)
	if err != nil {
		return nil, db.Fault(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Sum])
	return list, db.Fault(err)
}

// Take books rows of a file in tx. A row that is in already with the same amount
// changes nothing, and with another is corrected; the second of two in one file
// is refused.
func (s *Service) Take(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row) (mall.Tally, error) {
	var t mall.Tally
	there, err := campaigns(ctx, tx)
	if err != nil {
		return t, err
	}
	for i, r := range rows {
		id := there.find(r.Cost.Campaign)
		if id == 0 {
			t.Refuse(i, &mall.Problem{Code: mall.UnknownCampaign, Detail: "no campaign, or several, of this name"})
			continue
		}
		if err := s.book(ctx, tx, from, i, id, *r.Cost, &t); err != nil {
			return t, err
		}
	}
	if t.Added+t.Changed == 0 {
		return t, nil
	}
	return t, access.Audit(ctx, tx, access.Entry{Action: "campaign.book_costs", ObjectKind: "Import", ObjectID: from.ImportID, Detail: map[string]any{
		"added": t.Added, "changed": t.Changed,
	}})
}

func (s *Service) book(ctx context.Context, tx db.Tx, from mall.Origin, row int, campaign int64, c mall.CampaignCost, t *mall.Tally) error {
	var was []struct {
		Amount, ImportID, LineNo int64
	}
	err := tx.NewRaw(`SELECT amount, import_id, line_no FROM campaign_costs
		WHERE campaign_id = ? AND spent_on = ? AND purpose = ? AND note = ? AND currency = ? FOR UPDATE`,
		campaign, c.On, c.Purpose, c.Note, c.Currency).Scan(ctx, &was)
	switch {
	case err != nil:
		return db.Fault(err)
	case len(was) > 0 && was[0].ImportID == from.ImportID && was[0].LineNo != from.Lines[row]:
		t.Refuse(row, &mall.Problem{Code: mall.RepeatedKey, Detail: "the file has this campaign, day, purpose and note before"})
		return nil
	case len(was) == 0:
		t.Added++
	case was[0].Amount != c.Amount:
		t.Changed++
	default:
		t.Same++
	}
	_, err = tx.NewRaw(`INSERT INTO campaign_costs (campaign_id, spent_on, purpose, note, currency, amount, import_id, line_no, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT ON CONSTRAINT campaign_costs_once_key DO UPDATE SET amount = excluded.amount, import_id = excluded.import_id,
			line_no = excluded.line_no, updated_at = excluded.updated_at`,
		campaign, c.On, c.Purpose, c.Note, c.Currency, c.Amount, from.ImportID, from.Lines[row], from.At).Exec(ctx)
	return db.Fault(err)
}

// known are the campaigns there are.
type known struct {
	byName map[string]int64 // by folded name; 0 of a name that several have
	ids    map[int64]bool
}

func campaigns(ctx context.Context, tx db.Tx) (known, error) {
	k := known{map[string]int64{}, map[int64]bool{}}
	var rows []struct {
		ID   int64
		Name string
	}
	if err := tx.NewRaw("SELECT id, name FROM campaigns").Scan(ctx, &rows); err != nil {
		return k, db.Fault(err)
	}
	for _, r := range rows {
		name := folded(r.Name)
		_, twice := k.byName[name]
		k.byName[name], k.ids[r.ID] = r.ID, true
		if twice {
			k.byName[name] = 0
		}
	}
	return k, nil
}

// find is the campaign that is meant by a name or an id; 0: none, or several.
func (k known) find(named string) int64 {
	if id, err := gid.Decode("Campaign", named); err == nil && k.ids[id] {
		return id
	}
	return k.byName[folded(named)]
}

func folded(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(s)), " "))
}
