package pull

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/db"
)

// handOver makes an import, or two, of the pages that came. They vanish with the
// import's beginning; before that, the same file is made of them again.
func (w *worker) handOver(ctx context.Context, svc source.Service, p *db.Pull) error {
	orders, upTo, err := w.pages(ctx, p.ID)
	if err != nil {
		return err
	}
	files, err := w.s.files(svc, orders)
	if err != nil {
		return err
	}
	then := func(ctx context.Context, tx db.Tx) error {
		if err := w.hold(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.NewRaw("DELETE FROM pull_pages WHERE pull_id = ? AND seq <= ?", p.ID, upTo).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		_, err := tx.NewRaw("UPDATE pulls SET pending = 0 WHERE id = ?", p.ID).Exec(ctx)
		return db.Fault(err)
	}
	if len(files) == 0 { // only pages without orders, of a pull begun anew
		err = db.RunInTx(ctx, w.s.DB, then)
	} else {
		err = w.s.Intake.TakePulled(ctx, intake.Pulled{ShopID: w.row.ShopID, PullID: p.ID, Files: files}, then)
	}
	if err == nil {
		p.Pending = 0
	}
	return err
}

// pages are the orders that wait, in the order they came. Of one that came
// twice, the last counts.
func (w *worker) pages(ctx context.Context, pullID int64) (orders []source.Order, upTo int64, err error) {
	var rows []struct {
		Seq     int64
		Content []byte
	}
	if err := w.s.DB.NewRaw("SELECT seq, content FROM pull_pages WHERE pull_id = ? ORDER BY seq", pullID).Scan(ctx, &rows); err != nil {
		return nil, 0, db.Fault(err)
	}
	at := map[string]int{}
	for _, r := range rows {
		upTo = r.Seq
		content, err := unpacker.DecodeAll(r.Content, nil)
		if err != nil {
			return nil, 0, fmt.Errorf("a page of pull %d: %w", pullID, err)
		}
		var page []source.Order
		if err := json.Unmarshal(content, &page); err != nil {
			return nil, 0, err
		}
		for _, o := range page {
			if i, ok := at[o.No]; ok && o.No != "" {
				orders[i] = o
				continue
			}
			at[o.No] = len(orders)
			orders = append(orders, o)
		}
	}
	return orders, upTo, nil
}

// files writes orders as the mall's files: one of each format that has rows.
func (s *Service) files(svc source.Service, orders []source.Order) ([]intake.PulledFile, error) {
	stamp := s.Clock.Now().In(s.Zone).Format("20060102-150405")
	name := strings.ReplaceAll(strings.ToLower(string(svc.Name())), "_", "-")
	var files []intake.PulledFile
	for _, f := range svc.Formats() {
		content, err := sheet(f, orders)
		if err != nil {
			return nil, err
		}
		if content == nil {
			continue
		}
		part := ""
		if len(svc.Formats()) > 1 {
			part = "-" + strings.ReplaceAll(strings.ToLower(f.Name), "_", "-")
		}
		files = append(files, intake.PulledFile{Name: name + part + "-" + stamp + ".csv", Content: bytes.NewReader(content)})
	}
	return files, nil
}

// sheet is one file; nil: no order has rows of the format.
func sheet(f source.Format, orders []source.Order) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(f.Columns); err != nil {
		return nil, err
	}
	rows := 0
	for _, o := range orders {
		for _, r := range o.Rows {
			if r.Format != f.Name {
				continue
			}
			record := make([]string, len(f.Columns))
			for i, column := range f.Columns {
				record[i] = strings.ReplaceAll(r.Cells[column], "\x00", "") // Postgres has no such character
			}
			if err := w.Write(record); err != nil {
				return nil, err
			}
			rows++
		}
	}
	w.Flush()
	if rows == 0 {
		return nil, w.Error()
	}
	return b.Bytes(), w.Error()
}

// keepSeenFor is longer than any service looks back for changes.
const keepSeenFor = 80 * 24 * time.Hour

// keepPullsFor is how long the history of pulls is kept.
const keepPullsFor = 180 * 24 * time.Hour

// SweepJob removes what is no longer needed; its handler calls Service.Sweep.
type SweepJob struct{}

// Kind names the job.
func (SweepJob) Kind() string { return "pull.sweep" }

// Sweep forgets how orders were told long ago, and pulls of long ago.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.Clock.Now()
	if _, err := s.DB.NewRaw("DELETE FROM pull_seen WHERE seen_at < ?", now.Add(-keepSeenFor)).Exec(ctx); err != nil {
		return db.Fault(err)
	}
	_, err := s.DB.NewRaw("DELETE FROM pulls WHERE status = 'DONE' AND finished_at < ?", now.Add(-keepPullsFor)).Exec(ctx)
	return db.Fault(err)
}
