package intake

import (
	"context"

	"github.com/meguri-crm/meguri/db"
)

// refreshStatistics keeps the planner informed of tables that a large file fills,
// more and more rarely. Without it the import is slower and none the worse.
func (w *worker) refreshStatistics(ctx context.Context, batches int) {
	if batches&(batches-1) != 0 { // a power of two
		return
	}
	if err := db.RefreshStatistics(ctx, w.s.db); err != nil && ctx.Err() == nil {
		w.s.log.WarnContext(ctx, "the planner goes on with old statistics", "import", w.id, "error", err)
	}
}
