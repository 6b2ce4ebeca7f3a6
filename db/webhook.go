package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// WebhookEndpoint is a row of webhook_endpoints: where one partner hears what
// happens.
type WebhookEndpoint struct {
	bun.BaseModel `bun:"table:webhook_endpoints,alias:endpoint"`

	ID           int64 `bun:",pk,autoincrement"`
	Name         string
	URL          string   `bun:"url"`
	Kinds        []string `bun:",array"`
	Sealed       []byte   `json:"-"`
	Status       string   `bun:",nullzero,default:'ACTIVE'"`
	StoppedWhy   *string
	Failures     int
	FailingSince *time.Time
	DeliveredAt  *time.Time
	NextAt       time.Time
	LeaseOwner   *string
	LeaseUntil   *time.Time
	CreatedAt    time.Time
	CreatedBy    *int64
}

// WebhookEvent is a row of webhook_events: a thing that happened.
type WebhookEvent struct {
	bun.BaseModel `bun:"table:webhook_events,alias:event"`

	ID         int64 `bun:",pk,autoincrement"`
	Kind       string
	CustomerID *int64
	At         time.Time
	Told       json.RawMessage `bun:"type:jsonb"`
}

// WebhookDelivery is a row of webhook_deliveries: one event for one endpoint.
type WebhookDelivery struct {
	bun.BaseModel `bun:"table:webhook_deliveries,alias:delivery"`

	ID         int64 `bun:",pk,autoincrement"`
	EndpointID int64
	EventID    int64
	Status     string `bun:",nullzero,default:'WAITING'"`
	Attempts   int
	NextAt     time.Time `bun:",nullzero,default:now()"`
	CreatedAt  time.Time `bun:",nullzero,default:now()"`
	EndedAt    *time.Time

	Event *WebhookEvent     `bun:"rel:belongs-to,join:event_id=id"`
	Tries []*WebhookAttempt `bun:"rel:has-many,join:id=delivery_id"`
}

// WebhookAttempt is a row of webhook_attempts.
type WebhookAttempt struct {
	bun.BaseModel `bun:"table:webhook_attempts,alias:attempt"`

	DeliveryID int64 `bun:",pk"`
	ID         int64 `bun:",pk,autoincrement"`
	At         time.Time
	TookMS     int `bun:"took_ms"`
	HTTPStatus *int
	Trouble    *string
	Answer     string
}
