package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Property is a row of properties: what the merchant wants to know of customers.
type Property struct {
	bun.BaseModel `bun:"table:properties,alias:property"`

	ID         int64 `bun:",pk,autoincrement"`
	Key        string
	Name       string
	Help       string
	Type       string
	Choices    json.RawMessage `bun:"type:jsonb"`
	Decimals   int
	Places     []string `bun:",array"`
	Position   int
	CreatedAt  time.Time
	CreatedBy  *int64
	UpdatedAt  time.Time
	ArchivedAt *time.Time
}
