package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Inbox is a row of inboxes: a watched folder.
type Inbox struct {
	bun.BaseModel `bun:"table:inboxes,alias:inbox"`

	ID             int64 `bun:",pk,autoincrement"`
	Folder         string
	ShopID         int64
	Mapping        string
	ConsentWording string
	WithoutMembers bool
	Status         string
	NextAt         time.Time
	LookedAt       *time.Time
	Trouble        *string
	TroubleSince   *time.Time
	LeaseOwner     *string
	LeaseUntil     *time.Time
	CreatedAt      time.Time
	CreatedBy      *int64
}

// InboxFile is a row of inbox_files: a file that lay in a watched folder.
type InboxFile struct {
	bun.BaseModel `bun:"table:inbox_files,alias:inbox_file"`

	ID         int64 `bun:",pk,autoincrement"`
	InboxID    int64
	Name       string
	Size       int64
	ModifiedAt time.Time
	SeenAt     time.Time
	Status     string
	SHA256     []byte `bun:"sha256,nullzero"`
	SameAs     *int64
	Code       *string
	Detail     string
	MovedTo    string
	SettledAt  *time.Time
	ClearedAt  *time.Time
}
