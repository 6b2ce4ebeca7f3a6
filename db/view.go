package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// SavedView is a row of saved_views: a list of the admin as somebody keeps it.
type SavedView struct {
	bun.BaseModel `bun:"table:saved_views,alias:saved_view"`

	ID        int64 `bun:",pk,autoincrement"`
	StaffID   int64
	List      string
	Name      string
	Shared    bool
	Search    json.RawMessage `bun:"type:jsonb"`
	CreatedAt time.Time       `bun:",nullzero,default:now()"`
	UpdatedAt time.Time       `bun:",nullzero,default:now()"`
}

// ListColumns is a row of list_columns: the columns somebody chose last.
type ListColumns struct {
	bun.BaseModel `bun:"table:list_columns,alias:list_columns"`

	StaffID int64    `bun:",pk"`
	List    string   `bun:",pk"`
	Columns []string `bun:",array"`
}
