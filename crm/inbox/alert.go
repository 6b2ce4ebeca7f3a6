package inbox

import (
	"context"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/db"
)

// Troubled are the folders that cannot be looked into, and those with files in
// failed, which is over once staff has taken them out of it.
func (s *Service) Troubled(ctx context.Context) ([]alert.Cause, error) {
	var rows []struct {
		ID      int64
		Folder  string
		Trouble *string
		Files   int64
	}
	err := s.DB.NewRaw(`SELECT i.id, i.folder, i.trouble, f.files FROM inboxes i
		CROSS JOIN LATERAL (SELECT count(*) AS files FROM inbox_files f WHERE f.inbox_id = i.id AND f.status = 'FAILED' AND f.cleared_at IS NULL) f
		WHERE i.status = ? AND (i.trouble IS NOT NULL OR f.files > 0) ORDER BY i.id LIMIT ?`, active, alert.MaxCauses).Scan(ctx, &rows)
	causes := make([]alert.Cause, len(rows))
	for i, r := range rows {
		figures, severity := map[string]any{"files": r.Files}, alert.Warning
		if r.Trouble != nil {
			figures["code"], severity = *r.Trouble, alert.Critical
		}
		causes[i] = alert.Of("WatchedFolder", r.ID, r.Folder, severity, figures)
	}
	return causes, db.Fault(err)
}
