// Package task is work that a person does: sending with a mall's own mail tool
// what may only be sent there.
//
// It owns what a campaign holds for those tools (a mall mail: subject, text and
// coupon for R-Mail or ストアニュースレター), the tasks that are made of it, and
// what they brought. It promises that a task holds content which every rule in
// force let pass when it was made, that a campaign makes one task per mall, and
// that customers who may only be reached through a mall are counted and never
// listed: there is no file of them to carry elsewhere. It leaves the rules to
// crm/policy and crm/message, whom a campaign concerns to crm/campaign, and the
// sending to the person at the mall's tool.
package task

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/policy"
)

// Status is how far a task has come.
type Status string

// The states of a task.
const (
	Open      Status = "OPEN"
	Done      Status = "DONE"
	Cancelled Status = "CANCELLED"
)

// Tool is a mall's own mail tool.
type Tool struct {
	Mall    string
	Channel string // as rules name it
	// Rule refuses those whom only this tool may reach.
	Rule string
}

// Tools are the malls' mail tools that there are.
var Tools = []Tool{
	{Mall: "RAKUTEN", Channel: policy.RMail, Rule: "RK-07"},
	{Mall: "YAHOO", Channel: policy.StoreNewsletter, Rule: "YH-02"},
}

// ToolOf is the mail tool of a mall. Errors: fault.Invalid (NO_TOOL).
func ToolOf(mall string) (Tool, error) {
	at := slices.IndexFunc(Tools, func(t Tool) bool { return t.Mall == mall })
	if at < 0 {
		return Tool{}, fault.New(fault.Invalid, "this mall has no mail tool of its own").WithCode("NO_TOOL").At("mall")
	}
	return Tools[at], nil
}

// Bounds of what can be typed in.
const (
	maxSubject = 300
	maxBody    = 64 << 10 // bytes of text or HTML
	maxNote    = 1000
	maxSent    = 1_000_000_000
)

// Draft is a mall mail as staff write it.
type Draft struct {
	CampaignID int64
	Mall       string
	Subject    string
	Text, HTML string
	OfferID    *int64
	SendOn     *time.Time // a day; nil: the day the campaign begins
	AssigneeID *int64     // staff
}

func (d *Draft) check() error {
	if _, err := ToolOf(d.Mall); err != nil {
		return err
	}
	if utf8.RuneCountInString(d.Subject) > maxSubject {
		return tooLong("subject", maxSubject)
	}
	for field, body := range map[string]string{"text": d.Text, "html": d.HTML} {
		if len(body) > maxBody {
			return tooLong(field, maxBody)
		}
	}
	return nil
}

func tooLong(field string, limit int) error {
	return fault.New(fault.Invalid, "longer than %d", limit).WithCode("TOO_LONG").At(field).With("max", limit)
}

// empty reports whether there is nothing to send.
func empty(subject, text, html string) bool {
	return strings.TrimSpace(subject+text+html) == ""
}
