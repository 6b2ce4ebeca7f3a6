package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// watchAlerts sends the counts as they stand, then again after each change. A
// reader that is slow sees fewer states, never old ones.
func (r *Resolver) watchAlerts(ctx context.Context) (<-chan *model.AlertSummary, error) {
	scopes := access.From(ctx).Scopes
	wake, cancel := r.Hub.Subscribe(live.Alert, 0)
	sum, err := r.Alerts.Summary(ctx, scopes)
	if err != nil {
		cancel()
		return nil, err
	}
	states := make(chan *model.AlertSummary)
	go func() {
		defer close(states)
		defer cancel()
		for {
			select {
			case states <- model.NewAlertSummary(sum):
			case <-ctx.Done():
				return
			}
			select {
			case <-wake:
			case <-ctx.Done():
				return
			}
			if next, err := r.Alerts.Summary(ctx, scopes); err == nil {
				sum = next
			} else if !fault.Is(err, fault.Unavailable) || ctx.Err() != nil {
				return
			}
		}
	}()
	return states, nil
}

// acknowledge notes that the caller looks after an alert.
func acknowledge(ctx context.Context, r *Resolver, id string) (*db.Alert, error) {
	row, err := gid.Decode("Alert", id)
	if err != nil {
		return nil, err
	}
	return r.Alerts.Acknowledge(ctx, row)
}

// alert is one alert that the caller may see.
func (r *Resolver) alert(ctx context.Context, id string) (*model.Alert, error) {
	row, err := gid.Decode("Alert", id)
	if err != nil {
		return nil, err
	}
	found, err := r.Alerts.Find(ctx, row)
	if err != nil {
		return nil, err
	}
	return model.NewAlert(found, access.From(ctx)), nil
}
