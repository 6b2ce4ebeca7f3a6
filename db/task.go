package db

import (
	"time"

	"github.com/uptrace/bun"
)

// MallMail is a row of mall_mails: what staff will paste into a mall's own mail
// tool, as part of a campaign.
type MallMail struct {
	bun.BaseModel `bun:"table:mall_mails,alias:mall_mail"`

	CampaignID int64  `bun:",pk"`
	Mall       string `bun:",pk"`
	Subject    string
	TextBody   string
	HTMLBody   string `bun:"html_body"`
	OfferID    *int64
	SendOn     *time.Time `bun:"type:date"`
	AssigneeID *int64
	UpdatedAt  time.Time `bun:",nullzero,default:now()"`
}

// Task is a row of tasks: content that was checked, to be sent by a person.
type Task struct {
	bun.BaseModel `bun:"table:tasks,alias:task"`

	ID         int64 `bun:",pk,autoincrement"`
	CampaignID int64
	Mall       string
	Status     string `bun:",nullzero,default:'OPEN'"`
	Subject    string
	TextBody   string
	HTMLBody   string `bun:"html_body"`
	OfferID    *int64
	CouponCode string
	Customers  *int64    // nil: told by the campaign's figures
	DueOn      time.Time `bun:"type:date"`
	AssigneeID *int64
	CreatedAt  time.Time `bun:",nullzero,default:now()"`
	CreatedBy  *int64
	DoneAt     *time.Time
	DoneBy     *int64
	SentCount  *int64
	Note       string
}
