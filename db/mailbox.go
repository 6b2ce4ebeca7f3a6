package db

import (
	"time"

	"github.com/uptrace/bun"
)

// MailboxMail is a row of mailbox_mails: one mail the built-in sink took in.
type MailboxMail struct {
	bun.BaseModel `bun:"table:mailbox_mails,alias:mailbox_mail"`

	ID         int64 `bun:",pk,autoincrement"`
	ReceivedAt time.Time
	MailFrom   string
	RcptTo     string
	FromHeader string
	Subject    string
	MessageID  string
	Raw        []byte
	Private    bool // may hold the key to an account of staff
	Size       int  `bun:",scanonly"` // bytes of Raw
}
