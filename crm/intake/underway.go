package intake

import (
	"context"
	"math"

	"github.com/meguri-crm/meguri/crm/underway"
	"github.com/meguri-crm/meguri/db"
)

// readingShare is how much of an import's time reading takes, about.
const readingShare = 0.25

func share(part, whole int64) float64 {
	return math.Min(float64(part)/math.Max(float64(whole), 1), 1)
}

// Progress is how far the taking in of a file is, 0 to 1 over both phases. Rows
// that are taken over as they are read have one phase.
func Progress(i *db.Import) float64 {
	switch {
	case i.Status == done || i.Mode == undoing:
		return 1
	case takenAsRead(i) && i.MendsID == nil:
		return share(i.BytesRead, i.BytesTotal)
	case i.Phase == "READING" || i.LinesTotal == nil:
		return readingShare * share(i.BytesRead, i.BytesTotal)
	}
	return readingShare + (1-readingShare)*share(i.Rows(), *i.LinesTotal)
}

// UndoProgress is how far the undoing of an import is, 0 to 1.
func UndoProgress(i *db.Import) float64 {
	if i.Status == done {
		return 1
	}
	gone := i.UndoRemoved + i.UndoRestored + i.UndoKept
	if i.Kind == "CUSTOMERS" {
		gone += i.UndoCustomers
	}
	return share(gone, i.UndoTotal)
}

// Underway are the imports, and the undoings of imports, that run or wait.
func (s *Service) Underway(ctx context.Context) ([]underway.Job, error) {
	var rows []db.Import
	err := s.db.NewSelect().Model(&rows).Where("status IN ('QUEUED', 'RUNNING')").Order("id").Limit(underway.Max).Scan(ctx)
	jobs := make([]underway.Job, len(rows))
	for i := range rows {
		imp := &rows[i]
		job := underway.Job{Kind: underway.Import, SubjectKind: "Import", SubjectID: imp.ID, Name: imp.FileName, Waiting: imp.Status == queued, StartedAt: imp.CreatedAt}
		progress := Progress(imp)
		if imp.Mode == undoing {
			job.Kind, job.StartedAt, progress = underway.ImportUndo, *imp.UndoBegunAt, UndoProgress(imp)
		}
		job.Progress = &progress
		jobs[i] = job
	}
	return jobs, db.Fault(err)
}
