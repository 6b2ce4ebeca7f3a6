package intake

import (
	"context"

	"github.com/meguri-crm/meguri/db"
)

// Waiting is how many orders wait for the other half of what an import told.
func (s *Service) Waiting(ctx context.Context, importID int64) (int64, error) {
	var n int64
	err := s.db.NewRaw("SELECT count(*) FROM order_parts WHERE import_id = ? AND waiting", importID).Scan(ctx, &n)
	return n, db.Fault(err)
}
