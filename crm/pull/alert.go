package pull

import (
	"context"
	"encoding/json"
	"time"

	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/db"
)

const (
	tellExpiry   = 14 * 24 * time.Hour // before what was entered ends
	tellSoon     = 3 * 24 * time.Hour
	tellTroubled = time.Hour // of trouble that passes
)

// named is a connection with its shop's name.
type named struct {
	db.PullConnection `bun:",extend"`

	ShopName string
}

func (s *Service) named(ctx context.Context, where string, args ...any) ([]named, error) {
	var rows []named
	err := s.DB.NewRaw(`SELECT c.*, s.name AS shop_name FROM pull_connections c JOIN shops s ON s.id = c.shop_id WHERE `+where+` ORDER BY c.id LIMIT ?`,
		append(args, alert.MaxCauses)...).Scan(ctx, &rows)
	return rows, db.Fault(err)
}

// Expiring are the connections whose keys end soon, or have ended.
func (s *Service) Expiring(ctx context.Context) ([]alert.Cause, error) {
	now := s.Clock.Now()
	rows, err := s.named(ctx, "c.status = ? AND c.expires_at < ?", active, now.Add(tellExpiry))
	causes := make([]alert.Cause, len(rows))
	for i, r := range rows {
		severity, days := alert.Warning, int(r.ExpiresAt.Sub(now)/(24*time.Hour))
		if r.ExpiresAt.Before(now.Add(tellSoon)) {
			severity = alert.Critical
		}
		causes[i] = alert.Of("MallConnection", r.ID, r.ShopName, severity, map[string]any{
			"service": r.Service, "expired": !r.ExpiresAt.After(now), "days": max(days, 0), "on": r.ExpiresAt.In(s.Zone).Format(time.DateOnly),
		})
	}
	return causes, err
}

// Troubled are the connections with trouble that staff has to mend, or that has
// lasted: orders do not come.
func (s *Service) Troubled(ctx context.Context) ([]alert.Cause, error) {
	now := s.Clock.Now()
	rows, err := s.named(ctx, "c.status = ? AND c.trouble IS NOT NULL AND (NOT (c.trouble->>'passing')::boolean OR c.trouble_since < ?)", active, now.Add(-tellTroubled))
	if err != nil {
		return nil, err
	}
	causes := make([]alert.Cause, len(rows))
	for i, r := range rows {
		var t Kept
		if err := json.Unmarshal(r.Trouble, &t); err != nil {
			return nil, err
		}
		causes[i] = alert.Of("MallConnection", r.ID, r.ShopName, alert.Critical, map[string]any{"service": r.Service, "code": t.Code, "since": r.TroubleSince.UTC().Format(time.RFC3339)})
	}
	return causes, nil
}
