package intake

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/db"
)

// When staff is told of imports.
const (
	tellFailedFor  = 14 * 24 * time.Hour // after that a failure is history
	tellWaitingFor = 3 * 24 * time.Hour  // rows held back for so long were forgotten
)

// Failed are the imports, and the undoings of imports, that ended in an error
// lately. One is over when it went on, was undone, or a later file of the same
// kind came into the shop.
func (s *Service) Failed(ctx context.Context) ([]alert.Cause, error) {
	var rows []db.Import
	err := s.db.NewSelect().Model(&rows).Where("status = ?", failed).Where("finished_at > ?", s.clock.Now().Add(-tellFailedFor)).
		Where(`NOT EXISTS (SELECT FROM imports AS later WHERE later.shop_id = import.shop_id AND later.format = import.format
			AND later.kind = import.kind AND later.id > import.id AND later.status = ? AND import.mode <> ?)`, done, undoing).
		Order("id DESC").Limit(alert.MaxCauses).Scan(ctx)
	causes := make([]alert.Cause, len(rows))
	for i, imp := range rows {
		figures := map[string]any{"undo": imp.Mode == undoing}
		if imp.ErrorCode != nil {
			figures["errorCode"] = *imp.ErrorCode
		}
		causes[i] = importCause(imp, alert.Critical, figures)
	}
	return causes, db.Fault(err)
}

// WaitingRows are the imports whose refused rows can be mended and have waited
// for days.
func (s *Service) WaitingRows(ctx context.Context) ([]alert.Cause, error) {
	var rows []db.Import
	now := s.clock.Now()
	err := s.db.NewSelect().Model(&rows).Where("status = ?", done).Where("mode <> ?", undoing).
		Where("rows_quarantined > rows_mended").Where("mends_id IS NULL").Where("header IS NOT NULL").
		Where("finished_at < ?", now.Add(-tellWaitingFor)).Where("created_at > ?", now.Add(-keepContentFor)).
		OrderExpr("rows_quarantined - rows_mended DESC, id").Limit(alert.MaxCauses).Scan(ctx)
	causes := make([]alert.Cause, len(rows))
	for i, imp := range rows {
		causes[i] = importCause(imp, alert.Warning, map[string]any{
			"rows": imp.RowsQuarantined - imp.RowsMended, "days": int(now.Sub(*imp.FinishedAt) / (24 * time.Hour)),
		})
	}
	return causes, db.Fault(err)
}

func importCause(imp db.Import, severity alert.Severity, figures map[string]any) alert.Cause {
	return alert.Of("Import", imp.ID, imp.FileName, severity, figures)
}
