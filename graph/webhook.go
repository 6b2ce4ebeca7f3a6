package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/webhook"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

func webhookRow[T any](id string, call func(row int64) (T, error)) (none T, err error) {
	row, err := gid.Decode("WebhookEndpoint", id)
	if err != nil {
		return none, err
	}
	return call(row)
}

func (r *Resolver) replayWebhookDelivery(ctx context.Context, delivery string) (*model.WebhookDeliveryPayload, error) {
	id, err := gid.Decode("WebhookDelivery", delivery)
	if err != nil {
		return webhookDeliveryPayload(nil, err)
	}
	return webhookDeliveryPayload(r.Webhooks.Replay(ctx, id))
}

func webhookPayload(row *db.WebhookEndpoint, err error) (*model.WebhookEndpointPayload, error) {
	wrong, err := userErrors(err)
	return &model.WebhookEndpointPayload{Endpoint: model.NewWebhookEndpoint(row), UserErrors: wrong}, err
}

func webhookSecretPayload(row *db.WebhookEndpoint, secret string, err error) (*model.WebhookSecretPayload, error) {
	wrong, err := userErrors(err)
	payload := &model.WebhookSecretPayload{Endpoint: model.NewWebhookEndpoint(row), UserErrors: wrong}
	if secret != "" {
		payload.Secret = &secret
	}
	return payload, err
}

func webhookDeliveryPayload(row *db.WebhookDelivery, err error) (*model.WebhookDeliveryPayload, error) {
	wrong, err := userErrors(err)
	payload := &model.WebhookDeliveryPayload{UserErrors: wrong}
	if err != nil || len(wrong) > 0 {
		return payload, err
	}
	payload.Delivery, err = model.NewWebhookDelivery(row)
	return payload, err
}

func (r *Resolver) rotateWebhookSecret(ctx context.Context, endpoint string) (*model.WebhookSecretPayload, error) {
	id, err := gid.Decode("WebhookEndpoint", endpoint)
	if err != nil {
		return webhookSecretPayload(nil, "", err)
	}
	return webhookSecretPayload(r.Webhooks.Rotate(ctx, id))
}

func (r *Resolver) deleteWebhookEndpoint(ctx context.Context, endpoint string) (*model.DeleteWebhookEndpointPayload, error) {
	id, err := gid.Decode("WebhookEndpoint", endpoint)
	if err == nil {
		err = r.Webhooks.Delete(ctx, id)
	}
	wrong, err := userErrors(err)
	payload := &model.DeleteWebhookEndpointPayload{UserErrors: wrong}
	if err == nil && len(wrong) == 0 {
		payload.DeletedID = &endpoint
	}
	return payload, err
}

func (r *Resolver) replayDeadWebhooks(ctx context.Context, in model.ReplayDeadWebhooksInput) (*model.ReplayDeadWebhooksPayload, error) {
	n, err := webhookRow(in.ID, func(row int64) (int64, error) { return r.Webhooks.ReplayDead(ctx, row, in.Since) })
	wrong, err := userErrors(err)
	payload := &model.ReplayDeadWebhooksPayload{UserErrors: wrong}
	if err == nil && len(wrong) == 0 {
		payload.Replayed = &n
	}
	return payload, err
}

func (r *Resolver) webhookDelivery(ctx context.Context, id string) (*model.WebhookDelivery, error) {
	row, err := gid.Decode("WebhookDelivery", id)
	if err != nil {
		return nil, err
	}
	d, err := r.Webhooks.Delivery(ctx, row)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return model.NewWebhookDelivery(d)
}

// webhookDeliveries is a page of an endpoint's deliveries.
func (r *Resolver) webhookDeliveries(ctx context.Context, endpoint int64, n webhook.Narrow, first int, after *string) (*model.WebhookDeliveryConnection, error) {
	p, err := newPage[int64]("webhookDeliveries:id:DESC", first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.Webhooks.Deliveries(ctx, endpoint, n, deref(p.After), p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, func(d *db.WebhookDelivery) int64 { return d.ID })
	return model.NewWebhookDeliveries(rows, cursors, info)
}
