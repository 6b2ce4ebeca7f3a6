package referral

import (
	"slices"
	"time"
)

// Status is where a referral stands.
type Status string

// The statuses. A referral that is REFUSED stays so; one that is REWARDED, TAKEN_BACK
// or VOID stays so until what it is for comes undone.
const (
	Waiting   Status = "WAITING"   // for the friend's order
	Qualified Status = "QUALIFIED" // the order is there, and may still come back
	Flagged   Status = "FLAGGED"   // the order is there, and staff should look at it
	Rewarded  Status = "REWARDED"
	TakenBack Status = "TAKEN_BACK" // it was rewarded, and the points of both are taken back
	Refused   Status = "REFUSED"    // by staff
	Lapsed    Status = "LAPSED"     // no order in time, as far as is known
	Void      Status = "VOID"
)

// Statuses are all of them.
var Statuses = []Status{Waiting, Qualified, Flagged, Rewarded, TakenBack, Refused, Lapsed, Void}

// Why a referral came to nothing.
const (
	NoOrder   = "NO_ORDER"   // LAPSED: there was no order in time that counts
	OrderGone = "ORDER_GONE" // VOID, TAKEN_BACK: the order was cancelled or came back
	TooSmall  = "TOO_SMALL"  // TAKEN_BACK: so much of the order came back that it falls short
	Same      = "SELF"       // VOID, TAKEN_BACK: both turned out to be one person
	Again     = "REPEATED"   // VOID: the friend turned out to be one who was brought already
)

// Flag is a reason to look at a referral before it is rewarded.
type Flag string

// The flags, the gravest first.
const (
	FlagSamePerson  Flag = "SAME_PERSON"    // a pair that may be one customer
	FlagSameMailbox Flag = "SAME_MAILBOX"   // addresses that lead to one mailbox
	FlagSamePhone   Flag = "SAME_PHONE"     //
	FlagSameAddress Flag = "SAME_ADDRESS"   // one home
	FlagSameName    Flag = "SAME_NAME"      //
	FlagSameNetwork Flag = "SAME_NETWORK"   // forms sent from one address of the network
	FlagKnownBefore Flag = "KNOWN_BEFORE"   // the friend had ordered before he was brought
	FlagManyInAWeek Flag = "MANY_IN_A_WEEK" // by one referrer
	FlagEachOther   Flag = "EACH_OTHER"     // the friend brought the referrer
)

// Bounds of what looks odd, and of the work.
const (
	manyInAWeek      = 10
	manyOnOneNetwork = 3
	week             = 7 * 24 * time.Hour
	lateFor          = 31 * 24 * time.Hour // how long a file with the friend's order may be late
	atOnce           = 500                 // referrals that one transaction moves on
)

// Flags are all of them, the gravest first.
var Flags = []Flag{
	FlagSamePerson, FlagSameMailbox, FlagSamePhone, FlagSameAddress, FlagSameName, FlagSameNetwork, FlagKnownBefore, FlagManyInAWeek, FlagEachOther,
}

// facts are what is known of a referral that is to be moved on.
type facts struct {
	Status   Status
	Reason   string
	OrderBy  time.Time
	WaitDays int
	Approved bool // staff has looked at it
	OnePair  bool // both are one person by now
	Repeated bool // the friend is one who was brought, by another record of his
	Ordered  bool // there is an order that counts
	Stands   bool // it is the one that counted before
	Short    bool // the one that counted before is there, and falls short
	HandedAt *time.Time
	Flags    []Flag
}

// standing is where a referral goes.
type standing struct {
	Status Status
	Reason string
	DueAt  *time.Time // the end of the return window, where it has begun
}

// closed: staff decides nothing about it any more.
func (s Status) closed() bool {
	return slices.Contains([]Status{Rewarded, TakenBack, Refused, Void}, s)
}

// wasRewarded: both have, or had, their points.
func (s Status) wasRewarded() bool { return s == Rewarded || s == TakenBack }

// next is where a referral stands by what is known at an instant. Asking again at
// the same instant changes nothing.
func (f facts) next(now time.Time) standing {
	switch {
	case f.Status == Refused:
		return standing{Status: Refused}
	case f.Status.wasRewarded():
		return f.onceRewarded(now)
	case f.OnePair:
		return standing{Status: Void, Reason: Same}
	case f.Repeated:
		return standing{Status: Void, Reason: Again}
	case !f.Ordered:
		return f.withoutOrder(now)
	}
	return f.withOrder(now)
}

// due is the end of the return window; nil: it has not begun.
func (f facts) due() *time.Time {
	if f.HandedAt == nil {
		return nil
	}
	end := f.HandedAt.AddDate(0, 0, f.WaitDays)
	return &end
}

func (f facts) withOrder(now time.Time) standing {
	due := f.due()
	switch {
	case len(f.Flags) > 0 && !f.Approved:
		return standing{Status: Flagged, DueAt: due}
	case due == nil || due.After(now):
		return standing{Status: Qualified, DueAt: due}
	}
	return standing{Status: Rewarded, DueAt: due}
}

func (f facts) withoutOrder(now time.Time) standing {
	late := now.After(f.OrderBy)
	switch {
	case f.Status == Void && f.Reason == OrderGone, late && (f.Status == Qualified || f.Status == Flagged):
		return standing{Status: Void, Reason: OrderGone}
	case late:
		return standing{Status: Lapsed, Reason: NoOrder}
	}
	return standing{Status: Waiting}
}

// onceRewarded is where one goes that was rewarded: what it brought is taken back when
// its order is gone or both are one person, and given again when that is undone or
// another order counts.
func (f facts) onceRewarded(now time.Time) standing {
	if f.OnePair {
		return standing{Status: TakenBack, Reason: Same}
	}
	if f.Ordered {
		to := f.withOrder(now)
		if f.Status == Rewarded && f.Stands {
			to.Status = Rewarded // also when its shipment was corrected since
		}
		if to.Status == Rewarded || to.Status == Flagged && f.Status == TakenBack {
			return to
		}
		return standing{Status: TakenBack, Reason: f.ended(), DueAt: to.DueAt}
	}
	return standing{Status: TakenBack, Reason: f.ended()}
}

// ended is why what a referral brought is taken back, where both are two.
func (f facts) ended() string {
	switch {
	case f.Stands:
		return f.Reason
	case f.Short:
		return TooSmall
	}
	return OrderGone
}
