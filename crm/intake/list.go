package intake

import (
	"context"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// Filter narrows the list of imports; the zero value leaves all of them.
type Filter struct {
	Search   string // in the name of the file
	ShopIDs  []int64
	Statuses []string
	Held     bool  // only those with refused rows that are not mended
	ByStaff  *bool // true: only what a member of staff brought in; false: only what nobody did
}

// Place is where a page of the list begins: after the import that stands there.
type Place struct {
	Root int64 `json:"r"` // the import that it mends, else itself
	ID   int64 `json:"i"`
}

// PlaceOf is the place of an import.
func PlaceOf(i db.Import) Place {
	if i.MendsID != nil {
		return Place{Root: *i.MendsID, ID: i.ID}
	}
	return Place{Root: i.ID, ID: i.ID}
}

// List is a page of imports: the newest first, right behind each the files that
// brought refused rows of it back mended, in the order they came. It begins
// after the place (nil: with the newest), or, back, ends before it and is read in
// the other direction.
func (s *Service) List(ctx context.Context, f Filter, from *Place, back bool, limit int) ([]db.Import, error) {
	var rows []db.Import
	direction, beyond := "ASC", ">"
	if back {
		direction, beyond = "DESC", "<"
	}
	q := f.narrow(s.db.NewSelect().Model(&rows)).
		OrderExpr("-coalesce(mends_id, id) " + direction + ", id " + direction).Limit(int64(limit))
	if from != nil {
		q.Where("(-coalesce(mends_id, id), id) "+beyond+" (?, ?)", -from.Root, from.ID)
	}
	return rows, db.Fault(q.Scan(ctx))
}

var likeSafe = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

func (f Filter) narrow(q *bun.SelectQuery) *bun.SelectQuery {
	if search := strings.TrimSpace(f.Search); search != "" {
		q.Where("file_name ILIKE ?", "%"+likeSafe.Replace(search)+"%")
	}
	if len(f.ShopIDs) > 0 {
		q.Where("shop_id = ANY (?::bigint[])", pgdialect.Array(f.ShopIDs))
	}
	if len(f.Statuses) > 0 {
		// Only what is done can be undone, and the undoing has a status of its own.
		q.Where("CASE WHEN mode = ? THEN ? ELSE status END = ANY (?)", undoing, done, pgdialect.Array(f.Statuses))
	}
	if f.Held {
		q.Where("rows_quarantined > rows_mended AND mode <> ?", undoing)
	}
	if f.ByStaff != nil {
		q.Where("(created_by IS NOT NULL) = ?", *f.ByStaff)
	}
	return q
}
