package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Upload is a row of uploads: a file as it was sent, decompressed.
type Upload struct {
	bun.BaseModel `bun:"table:uploads,alias:upload"`

	ID        int64 `bun:",pk,autoincrement"`
	Name      string
	Size      int64
	SHA256    []byte `bun:"sha256,nullzero,default:''"`
	Encoding  string
	CreatedAt time.Time `bun:",nullzero,default:now()"`
	CreatedBy *int64
}

// ImportMapping is a row of import_mappings.
type ImportMapping struct {
	bun.BaseModel `bun:"table:import_mappings,alias:import_mapping"`

	ID         int64 `bun:",pk,autoincrement"`
	Name       string
	Definition json.RawMessage `bun:"type:jsonb"`
	BuiltIn    bool
	UpdatedAt  time.Time `bun:",nullzero,default:now()"`
}

// Import is a row of imports.
type Import struct {
	bun.BaseModel `bun:"table:imports,alias:import"`

	ID                  int64 `bun:",pk,autoincrement"`
	ShopID              int64
	UploadID            int64
	FileName            string
	Format              string
	Mapping             json.RawMessage `bun:"type:jsonb,nullzero"`
	Fingerprint         []byte
	Status              string `bun:",nullzero,default:'QUEUED'"`
	Phase               string `bun:",nullzero,default:'READING'"`
	ErrorCode           *string
	ErrorDetail         *string
	LinesTotal          *int64
	CompanionID         *int64 // of the import of the other half of the same orders
	BytesTotal          int64
	BytesRead           int64
	AppliedTo           int64
	RowsInserted        int64
	RowsUpdated         int64
	RowsUnchanged       int64
	RowsQuarantined     int64
	RowsWithoutCustomer int64
	RowsRounded         int64
	OrdersCount         int64
	CancellationsCount  int64
	CustomersCount      int64
	QuantitySum         int64
	BusyMS              int64 `bun:"busy_ms"`
	RowsPerSecond       *float64
	LeaseOwner          *string
	LeaseUntil          *time.Time
	StopRequested       bool
	CreatedAt           time.Time `bun:",nullzero,default:now()"`
	CreatedBy           *int64
	StartedAt           *time.Time
	FinishedAt          *time.Time
	Kind                string   `bun:",nullzero,default:'ORDERS'"`
	Header              []string `bun:",array"`
	Delimiter           string   `bun:",nullzero,default:DEFAULT"` // one character
	MendsID             *int64
	RowsMended          int64
	RowsKnown           int64
	CustomersMade       int64
	ConsentsCount       int64
	MembersCount        int64 // whom a file of members made members, or earlier ones
	ActionsCount        int64 // actions on points that it booked
	ConsentWording      string
	Mode                string `bun:",nullzero,default:'IMPORT'"`
	UndoTotal           int64
	UndoRemoved         int64
	UndoRestored        int64
	UndoKept            int64
	UndoCustomers       int64
	UndoBegunAt         *time.Time
	OrdersAdded         int64 // of one that mends another: what the other and its earlier mends had not counted
	CancellationsAdded  int64
	CustomersAdded      int64
	PullID              *int64 // of the pull that fetched it from the mall; nil: a file
	InboxFileID         *int64 // of the file that lay in a watched folder; nil: another
	WithoutMembers      bool   // nobody becomes a member, though the file says since when
}

// Rows is how many data rows have been taken in or refused so far.
func (i Import) Rows() int64 {
	return i.RowsInserted + i.RowsUpdated + i.RowsUnchanged + i.RowsKnown + i.RowsQuarantined
}

// QuarantinedRow is a row of import_quarantine: a row of a file that was refused.
type QuarantinedRow struct {
	bun.BaseModel `bun:"table:import_quarantine,alias:import_quarantine"`

	ImportID int64 `bun:",pk"`
	LineNo   int64 `bun:",pk"`
	Code     string
	Field    string
	Detail   string
	// More is what else is wrong with the row.
	More []RowFault `bun:"type:jsonb"`
	Raw  string
	// Patch is the row as it was mended: a cell per column of the header, nil as it stood.
	Patch     []*string `bun:"type:jsonb,nullzero"`
	PatchedBy *int64
	MendedAt  *time.Time
	OrderID   *int64
}

// RowFault is one more thing that is wrong with a refused row.
type RowFault struct {
	Code   string `json:"code"`
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

// ImportOrder is a row of import_orders: what an import did to an order.
type ImportOrder struct {
	bun.BaseModel `bun:"table:import_orders,alias:import_order"`

	ImportID int64           `bun:",pk"`
	OrderID  int64           `bun:",pk"`
	Before   json.RawMessage `bun:"type:jsonb,nullzero"`
}
