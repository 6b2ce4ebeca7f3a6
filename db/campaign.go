package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Campaign is a row of campaigns.
type Campaign struct {
	bun.BaseModel `bun:"table:campaigns,alias:campaign"`

	ID                int64 `bun:",pk,autoincrement"`
	Name              string
	Theme             string
	SegmentID         *int64
	Status            string `bun:",nullzero,default:'DRAFT'"`
	DestinationChoice string `bun:",nullzero,default:'USUAL_MALL'"`
	SenderName        string
	ConversionDays    int       `bun:",nullzero,default:14"`
	Version           int       `bun:",nullzero,default:1"`
	CreatedAt         time.Time `bun:",nullzero,default:now()"`
	UpdatedAt         time.Time `bun:",nullzero,default:now()"`
	CreatedBy         *int64
	SentAt            *time.Time
	FinishedAt        *time.Time
	ArchivedAt        *time.Time

	HoldoutRate   int  // basis points of those who would be sent to
	FrequencyDays int  // 0: no limit
	RatePerMinute *int // mails; nil: as fast as the wire takes them
	ScheduledAt   *time.Time
	ScheduledBy   *int64
	MissedAt      *time.Time // when a scheduled start did not happen
	MissedBecause []string   `bun:",array,nullzero,default:'{}'"`
	PausedAt      *time.Time // while it is paused
	PausedBy      *int64     // staff; nil: nobody of the staff
	PauseReason   string
	IgnoresCaps   bool // how much people got of late does not matter
	IgnoresQuiet  bool // is sent in quiet hours, too

	StartsOn *time.Time `bun:"type:date"` // the days it is planned for
	EndsOn   *time.Time `bun:"type:date"`
}

// CampaignExclusion is a row of campaign_exclusions: a segment whose members
// get nothing of the campaign.
type CampaignExclusion struct {
	bun.BaseModel `bun:"table:campaign_exclusions,alias:campaign_exclusion"`

	CampaignID int64 `bun:",pk"`
	SegmentID  int64 `bun:",pk"`
}

// CampaignVariant is a row of campaign_variants: what one destination mall's
// customers get.
type CampaignVariant struct {
	bun.BaseModel `bun:"table:campaign_variants,alias:campaign_variant"`

	ID         int64 `bun:",pk,autoincrement"`
	CampaignID int64
	Mall       string
	IsDefault  bool
	OfferID    *int64
	Subject    string
	MJML       string `bun:"mjml"`
	TextBody   string
}

// Delivery is a row of deliveries.
type Delivery struct {
	bun.BaseModel `bun:"table:deliveries,alias:delivery"`

	ID            int64 `bun:",pk,autoincrement"`
	CampaignID    *int64
	Channel       string    `bun:",nullzero,default:'MAIL'"`
	Status        string    `bun:",nullzero,default:'EXPANDING'"`
	DeliveryMonth time.Time `bun:"type:date"`
	ExpandedTo    int64
	ExpandedAt    *time.Time
	AudienceAt    *time.Time
	Rest          bool            // is being expanded over those who got no code
	Content       json.RawMessage `bun:"type:jsonb"`
	CreatedAt     time.Time       `bun:",nullzero,default:now()"`
	FinishedAt    *time.Time
	// IdempotencyKey is that of the request that began the delivery.
	IdempotencyKey string
	RatePerMinute  *int       // as in campaigns; may change while it is sent
	RateSpentTo    *time.Time // up to which instant the allowed mails are used up
	QuietUntil     *time.Time // until when it waits because its channel is quiet; past: it does not
}

// Message is a row of messages: what became of one delivery for one customer.
type Message struct {
	bun.BaseModel `bun:"table:messages,alias:message"`

	CustomerID      int64     `bun:",pk"`
	DeliveryID      int64     `bun:",pk"`
	DeliveryMonth   time.Time `bun:"type:date,pk"`
	ID              int64     `bun:",nullzero,autoincrement"`
	CampaignID      *int64
	VariantID       *int64
	Mall            string
	OriginShopID    *int64
	OriginMall      string
	Status          string
	Reason          string
	Findings        json.RawMessage `bun:"type:jsonb,nullzero"`
	Attempts        int
	DueAt           *time.Time // QUEUED: when it may be tried; SENDING: when its worker's lease ends
	LeaseOwner      *string
	Uncertain       bool
	SentAt          *time.Time
	BouncedAt       *time.Time
	OpenedAt        *time.Time
	MachineOpenedAt *time.Time
	ClickedAt       *time.Time
	UnsubscribedAt  *time.Time
	ComplainedAt    *time.Time
	ConvertedAt     *time.Time
	OfferCode       string
	SMTPReply       string     `bun:"smtp_reply"`
	CreatedAt       time.Time  `bun:",nullzero,default:now()"`
	InTrial         bool       // drawn for the comparison with the holdout
	ReasonRef       *int64     // what the reason names: a segment or a campaign
	SlotAt          *time.Time // when the gate let it pass under a cap
}

// TrackedLink is a row of tracked_links: where a link of a variant leads.
type TrackedLink struct {
	bun.BaseModel `bun:"table:tracked_links,alias:tracked_link"`

	DeliveryID int64 `bun:",pk"`
	VariantID  int64 `bun:",pk"`
	Position   int   `bun:",pk"`
	URL        string
}

// Conversion is a row of conversions: an order credited to a message.
type Conversion struct {
	bun.BaseModel `bun:"table:conversions,alias:conversion"`

	CustomerID int64 `bun:",pk"` // of the order
	OrderID    int64 `bun:",pk"`
	CampaignID int64
	DeliveryID int64
	VariantID  int64
	MessageID  int64
	Mall       string // of the order
	Via        string
	Currency   string
	Sales      int64
	At         time.Time
}

// CampaignCounter is a row of campaign_counters.
type CampaignCounter struct {
	bun.BaseModel `bun:"table:campaign_counters,alias:campaign_counter"`

	CampaignID int64  `bun:",pk"`
	DeliveryID int64  `bun:",pk"`
	VariantID  int64  `bun:",pk"`
	Mall       string `bun:",pk"`
	Metric     string `bun:",pk"`
	Label      string `bun:",pk"`
	Value      int64
}

// CampaignSeries is a row of campaign_series: a counter's gain within a minute.
type CampaignSeries struct {
	bun.BaseModel `bun:"table:campaign_series,alias:campaign_series"`

	CampaignID int64     `bun:",pk"`
	Minute     time.Time `bun:",pk"`
	Metric     string    `bun:",pk"`
	Value      int64
}
