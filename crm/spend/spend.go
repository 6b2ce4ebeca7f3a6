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
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/imprint"
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

// costs are what files of costs leave.
var costs = imprint.Table{
	Of: imprint.CampaignCost, Name: "campaign_costs", Key: []string{"campaign_id", "spent_on", "purpose", "note", "currency"},
	Columns: []string{"amount", "import_id", "line_no", "updated_at"}, Says: []string{"amount"},
}

// Marks is what files of costs leave.
func (*Service) Marks() []imprint.Mark { return []imprint.Mark{costs} }

// Take books rows of a file in tx. A row that is in already with the same amount
// changes nothing, and with another is corrected; the second of two in one file
// is refused.
func (s *Service) Take(ctx context.Context, tx db.Tx, from mall.Origin, rows []mall.Row) (mall.Tally, error) {
	var t mall.Tally
	there, err := campaigns(ctx, tx)
	if err != nil {
		return t, err
	}
	told, at := there.told(from, rows, &t)
	twice, err := costs.Told(ctx, tx, from.Family, told)
	if err != nil {
		return t, err
	}
	seen := map[string]bool{}
	var once []imprint.Row
	for i, r := range told {
		key := fmt.Sprintf("%q", r.Key)
		if twice[i] || seen[key] {
			t.Refuse(at[i], &mall.Problem{Code: mall.RepeatedKey, Detail: "the file has this campaign, day, purpose and note before"})
			continue
		}
		seen[key] = true
		once = append(once, r)
	}
	if err := s.book(ctx, tx, from, once, &t); err != nil || t.Added+t.Changed == 0 {
		return t, err
	}
	return t, access.Audit(ctx, tx, access.Entry{Action: "campaign.book_costs", ObjectKind: "Import", ObjectID: from.ImportID, Detail: map[string]any{
		"added": t.Added, "changed": t.Changed,
	}})
}

// told is what rows say of campaigns that there are, and in which rows that stands.
func (k known) told(from mall.Origin, rows []mall.Row, t *mall.Tally) (told []imprint.Row, at []int) {
	for i, r := range rows {
		c := *r.Cost
		id := k.find(c.Campaign)
		if id == 0 {
			t.Refuse(i, &mall.Problem{Code: mall.UnknownCampaign, Detail: "no campaign, or several, of this name"})
			continue
		}
		told = append(told, imprint.Row{
			Line: from.Lines[i], Key: []any{id, c.On.Format(time.DateOnly), c.Purpose, c.Note, c.Currency}, Says: []any{c.Amount},
		})
		at = append(at, i)
	}
	return told, at
}

// book writes what is new, and counts.
func (s *Service) book(ctx context.Context, tx db.Tx, from mall.Origin, told []imprint.Row, t *mall.Tally) error {
	changes, err := costs.Keep(ctx, tx, from.ImportID, told)
	if err != nil {
		return err
	}
	t.Same += int64(len(told) - len(changes))
	for _, c := range changes {
		if c.New {
			t.Added++
		} else {
			t.Changed++
		}
		r := told[c.At]
		_, err := tx.NewRaw(`INSERT INTO campaign_costs (campaign_id, spent_on, purpose, note, currency, amount, import_id, line_no, updated_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT campaign_costs_once_key DO UPDATE SET amount = excluded.amount, import_id = excluded.import_id,
				line_no = excluded.line_no, updated_at = excluded.updated_at`,
			append(append(slices.Clone(r.Key), r.Says...), from.ImportID, r.Line, from.At)...).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
	}
	return nil
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
