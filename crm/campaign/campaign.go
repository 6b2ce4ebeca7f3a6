// Package campaign sends one theme over all malls and tells live what it brought.
//
// It owns campaigns with their variants per destination mall, their schedule,
// exclusions, holdout and throttle, deliveries with one message per customer,
// the engine that begins, expands and sends them, the facts that come back, the
// orders credited to them or compared, and the live figures. It promises:
// nobody in the audience is lost and nobody is written to twice, except that a
// message which was on its way when a process died goes out again with the same
// Message-ID and is named uncertain; every "no" has a stored reason; what is
// scheduled begins once, or says why it did not; a figure changes in the transaction of the fact it counts, so
// that figures and facts agree at any commit. It leaves who is meant to
// crm/segment, who may be written to and what a mail looks like to crm/message,
// the wire to a channel adapter, and waking the engine to the job queue, which
// may come late or twice.
package campaign

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Status is how far a campaign has come.
type Status string

// The states of a campaign. Only a draft can be changed; a scheduled one is
// taken out of the schedule first.
const (
	StatusDraft     Status = "DRAFT"
	StatusScheduled Status = "SCHEDULED" // sending begins by itself at its instant
	StatusSending   Status = "SENDING"
	StatusPaused    Status = "PAUSED"
	StatusSent      Status = "SENT"
	StatusCancelled Status = "CANCELLED"
)

// DeliveryStatus is how far a delivery has come.
type DeliveryStatus string

// The states of a delivery. A cancelled one is finished once its waiting
// messages are cancelled too.
const (
	Expanding         DeliveryStatus = "EXPANDING"
	Sending           DeliveryStatus = "SENDING"
	Paused            DeliveryStatus = "PAUSED"
	Done              DeliveryStatus = "DONE"
	DeliveryCancelled DeliveryStatus = "CANCELLED"
)

// MessageStatus is what became of one customer in a delivery.
type MessageStatus string

// The states of a message.
const (
	MessageSuppressed MessageStatus = "SUPPRESSED" // the gate said no, and why
	MessageHeldOut    MessageStatus = "HELD_OUT"   // drawn to get nothing, so that lift can be told
	MessageQueued     MessageStatus = "QUEUED"
	MessageSending    MessageStatus = "SENDING"   // a worker has it under a lease
	MessageSent       MessageStatus = "SENT"      // accepted by the receiving server
	MessageUncertain  MessageStatus = "UNCERTAIN" // accepted, after an attempt whose outcome was lost
	MessageFailed     MessageStatus = "FAILED"    // refused for good, or given up
	MessageBounced    MessageStatus = "BOUNCED"   // there is no such mailbox
	MessageCancelled  MessageStatus = "CANCELLED"
)

// Choice is how the destination of a recipient is chosen.
type Choice string

// The choices of destination.
const (
	UsualMall   Choice = "USUAL_MALL"   // the mall bought on last, where a variant is for it; else the default variant
	DefaultOnly Choice = "DEFAULT_ONLY" // the default variant for all
)

// Bounds of what can be typed in.
const (
	maxName           = 120
	maxTheme          = 1000
	maxSubject        = 300
	maxContent        = 256 << 10 // bytes of MJML or text
	maxVariants       = 10        // there are as many malls
	maxConversionDays = 90
	maxExclusions     = 20
	maxFrequencyDays  = 365
	maxRate           = 100_000 // mails a minute
)

// Draft is what a new campaign begins with.
type Draft struct {
	Name      string
	Theme     string
	SegmentID *int64
	Period    Period
}

// Period is the days a campaign is planned for, as midnight UTC; both nil: none
// yet, only the last one nil: one day.
type Period struct{ StartsOn, EndsOn *time.Time }

func (p Period) check() error {
	if p.EndsOn != nil && (p.StartsOn == nil || p.EndsOn.Before(*p.StartsOn)) {
		return fault.New(fault.Invalid, "a campaign ends on or after its first day").WithCode("PERIOD").At("endsOn")
	}
	return nil
}

// Change is what a save sets; nil leaves a field as it is.
type Change struct {
	Name, Theme, SenderName *string
	SegmentID               *int64
	Period                  *Period
	Choice                  *Choice
	ConversionDays          *int
	HoldoutRate             *int       // basis points of those who would be sent to
	FrequencyDays           *int       // 0: no limit
	RatePerMinute           *int       // 0: as fast as the wire takes them
	Exclusions              *[]int64   // segments whose members get nothing; replaces all
	Variants                *[]Variant // replaces all
}

// Variant is the offer and content for one destination mall.
type Variant struct {
	Mall      string
	IsDefault bool
	OfferID   *int64
	Subject   string // Liquid
	MJML      string // MJML with Liquid
	TextBody  string // Liquid; empty: made from the HTML
}

func checkName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", fault.New(fault.Invalid, "a campaign needs a name").WithCode("REQUIRED").At("name")
	}
	return name, checkLength("name", name, maxName)
}

func checkLength(field, value string, limit int) error {
	if utf8.RuneCountInString(value) > limit {
		return fault.New(fault.Invalid, "longer than %d characters", limit).WithCode("TOO_LONG").At(field).With("max", limit)
	}
	return nil
}

func checkRange(field string, value, low, high int) error {
	if value < low || value > high {
		return fault.New(fault.Invalid, "from %d to %d", low, high).WithCode("RANGE").At(field).With("min", low).With("max", high)
	}
	return nil
}

// checkVariants finds what no draft may be saved with; what keeps a campaign
// from being sent is a finding instead. Where no variant is the default, the
// first becomes it.
func checkVariants(variants []Variant) error {
	if len(variants) > maxVariants {
		return fault.New(fault.Invalid, "at most %d variants", maxVariants).WithCode("TOO_MANY").At("variants")
	}
	malls := map[string]bool{}
	defaults := 0
	for i, v := range variants {
		if malls[v.Mall] {
			return fault.New(fault.Invalid, "there is more than one variant for a mall").WithCode("DUPLICATE").At("variants")
		}
		malls[v.Mall] = true
		if v.IsDefault {
			defaults++
		}
		if err := checkLength("variants", v.Subject, maxSubject); err != nil {
			return err
		}
		if len(v.MJML) > maxContent || len(v.TextBody) > maxContent {
			return fault.New(fault.Invalid, "the content of variant %d is longer than %d bytes", i+1, maxContent).WithCode("TOO_LONG").At("variants")
		}
	}
	if defaults > 1 {
		return fault.New(fault.Invalid, "only one variant can be the default").WithCode("DUPLICATE").At("variants")
	}
	if defaults == 0 && len(variants) > 0 {
		variants[0].IsDefault = true
	}
	return nil
}
