package model

import (
	"strings"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/webhook"
	"github.com/meguri-crm/meguri/db"
)

// NewWebhookEndpoint maps an endpoint; nil stays nil.
func NewWebhookEndpoint(row *db.WebhookEndpoint) *WebhookEndpoint {
	if row == nil {
		return nil
	}
	m := &WebhookEndpoint{
		ID: gid.Encode("WebhookEndpoint", row.ID), Name: row.Name, URL: row.URL, Events: []WebhookEventKind{}, Status: WebhookEndpointStatus(row.Status),
		FailingSince: row.FailingSince, DeliveredAt: row.DeliveredAt, CreatedAt: row.CreatedAt, Row: row.ID, StaffRow: row.CreatedBy,
	}
	if row.StoppedWhy != nil {
		because := WebhookStopReason(*row.StoppedWhy)
		m.StoppedBecause = &because
	}
	for _, kind := range row.Kinds {
		m.Events = append(m.Events, newWebhookEventKind(kind))
	}
	return m
}

// NewWebhookEndpoints maps endpoints.
func NewWebhookEndpoints(rows []*db.WebhookEndpoint) []*WebhookEndpoint {
	list := make([]*WebhookEndpoint, len(rows))
	for i, row := range rows {
		list[i] = NewWebhookEndpoint(row)
	}
	return list
}

// newWebhookEventKind is points.booked as POINTS_BOOKED.
func newWebhookEventKind(kind string) WebhookEventKind {
	return WebhookEventKind(strings.ToUpper(strings.ReplaceAll(kind, ".", "_")))
}

// Kind is POINTS_BOOKED as points.booked.
func (e WebhookEventKind) Kind() webhook.Kind {
	return webhook.Kind(strings.Replace(strings.ToLower(string(e)), "_", ".", 1))
}

// NewWebhookDraft maps what was entered of an endpoint.
func NewWebhookDraft(name, url string, events []WebhookEventKind) webhook.Draft {
	d := webhook.Draft{Name: name, URL: url}
	for _, e := range events {
		d.Kinds = append(d.Kinds, e.Kind())
	}
	return d
}

// NewWebhookDelivery maps a delivery with its event and attempts.
func NewWebhookDelivery(row *db.WebhookDelivery) (*WebhookDelivery, error) {
	body, err := webhook.Body(row.Event)
	if err != nil {
		return nil, err
	}
	m := &WebhookDelivery{
		ID: gid.Encode("WebhookDelivery", row.ID), MessageID: webhook.MessageID(row.EventID), Event: newWebhookEventKind(row.Event.Kind), OccurredAt: row.Event.At,
		Body: string(body), Status: WebhookDeliveryStatus(row.Status), EndedAt: row.EndedAt, Attempts: make([]*WebhookAttempt, len(row.Tries)),
	}
	if row.Status == webhook.Waiting {
		m.NextAt = &row.NextAt
	}
	for i, t := range row.Tries {
		m.Attempts[i] = newWebhookAttempt(t)
	}
	return m, nil
}

func newWebhookAttempt(row *db.WebhookAttempt) *WebhookAttempt {
	m := &WebhookAttempt{ID: gid.Encode("WebhookAttempt", row.ID), At: row.At, Took: row.TookMS, HTTPStatus: row.HTTPStatus, Answer: row.Answer}
	if row.Trouble != nil {
		trouble := WebhookTrouble(*row.Trouble)
		m.Trouble = &trouble
	}
	return m
}

// NewWebhookDeliveries maps a page of deliveries.
func NewWebhookDeliveries(rows []*db.WebhookDelivery, cursors []string, info *PageInfo) (*WebhookDeliveryConnection, error) {
	c := &WebhookDeliveryConnection{Edges: make([]*WebhookDeliveryEdge, len(rows)), PageInfo: info}
	for i, row := range rows {
		node, err := NewWebhookDelivery(row)
		if err != nil {
			return nil, err
		}
		c.Edges[i] = &WebhookDeliveryEdge{Cursor: cursors[i], Node: node}
	}
	return c, nil
}

// NewWebhookNarrow maps what the deliveries of an endpoint are narrowed to.
func NewWebhookNarrow(status *WebhookDeliveryStatus, event *WebhookEventKind) (n webhook.Narrow) {
	if status != nil {
		n.Status = string(*status)
	}
	if event != nil {
		n.Kind = event.Kind()
	}
	return n
}
