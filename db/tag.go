package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// CustomerTag is a row of customer_tags: a word that staff puts on customers.
type CustomerTag struct {
	bun.BaseModel `bun:"table:customer_tags,alias:customer_tag"`

	ID        int64 `bun:",pk,autoincrement"`
	Name      string
	CreatedAt time.Time
	CreatedBy *int64
}

// CustomerNote is a row of customer_notes: what staff wrote down about a customer.
type CustomerNote struct {
	bun.BaseModel `bun:"table:customer_notes,alias:customer_note"`

	CustomerID int64 `bun:",pk"`
	ID         int64 `bun:",pk,autoincrement"`
	Body       string
	WrittenAt  time.Time
	WrittenBy  *int64
	EditedAt   *time.Time
	EditedBy   *int64

	Pinned bool `bun:",scanonly"`
}

// CustomerNoteVersion is a row of customer_note_versions: what a note said before an edit.
type CustomerNoteVersion struct {
	bun.BaseModel `bun:"table:customer_note_versions,alias:customer_note_version"`

	CustomerID int64 `bun:",pk"`
	ID         int64 `bun:",pk,autoincrement"`
	NoteID     int64
	Body       string
	ReplacedAt time.Time
	ReplacedBy *int64
}

// BulkEdit is a row of bulk_edits: what staff did to many customers at once.
type BulkEdit struct {
	bun.BaseModel `bun:"table:bulk_edits,alias:bulk_edit"`

	ID             int64 `bun:",pk,autoincrement"`
	Action         string
	TagID          *int64
	PropertyID     *int64
	Value          json.RawMessage `bun:"type:jsonb"`
	Points         *int64
	Note           string
	Status         string
	Total          int
	Done           int
	Changed        int
	Refused        int
	IdempotencyKey string
	CreatedAt      time.Time
	CreatedBy      *int64
	FinishedAt     *time.Time
	UndoneAt       *time.Time
	UndoneBy       *int64
}
