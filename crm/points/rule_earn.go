package points

import (
	"slices"
	"time"
)

// EarnKind says what a rule of the programme does.
type EarnKind string

// The kinds of rules. The programme's own rate and the stage of the member work
// without any.
const (
	EarnBase       EarnKind = "BASE"       // another rate for some shops, goods or people
	EarnMultiplier EarnKind = "MULTIPLIER" // so many times the points of the rate
	EarnBonus      EarnKind = "BONUS"      // fixed points for an order, its lines or its items
	EarnAction     EarnKind = "ACTION"     // fixed points for something done that is no order
)

// Stack says what becomes of several multipliers on one line: that of the stage
// and those of rules.
type Stack string

// The ways to stack.
const (
	StackAdd      Stack = "ADD"      // what each gives beyond once is added: 1.5 and 2 make 2.5
	StackMultiply Stack = "MULTIPLY" // 1.5 and 2 make 3
	StackBest     Stack = "BEST"     // 1.5 and 2 make 2
)

// BonusPer says what a bonus is given for.
type BonusPer string

// What a bonus is given for; with conditions about goods, of those that fulfil them.
const (
	PerOrder BonusPer = "ORDER"
	PerLine  BonusPer = "LINE"
	PerItem  BonusPer = "ITEM"
)

// Action is something a member does, other than to order, that can earn points.
type Action string

// The actions. Whoever sees one done calls Service.Award.
const (
	ActionJoin       Action = "JOIN"
	ActionMail       Action = "MAIL_SUBSCRIPTION"
	ActionLine       Action = "LINE_SUBSCRIPTION"
	ActionBirthday   Action = "BIRTHDAY"
	ActionReview     Action = "REVIEW" // on a shop of the merchant's own; malls forbid points for reviews
	ActionSurvey     Action = "SURVEY"
	ActionAppInstall Action = "APP_INSTALL" // a device earns for one person
	ActionCheckIn    Action = "STORE_CHECK_IN"
	ActionProfile    Action = "PROFILE_COMPLETE"
	ActionFollow     Action = "SNS_FOLLOW"
	ActionReferral   Action = "REFERRAL" // of the one who brought somebody
	ActionReferred   Action = "REFERRED" // of the one who was brought
)

// Actions are all of them.
var Actions = []Action{
	ActionJoin, ActionMail, ActionLine, ActionBirthday, ActionReview, ActionSurvey, ActionAppInstall, ActionCheckIn, ActionProfile,
	ActionFollow, ActionReferral, ActionReferred,
}

// Often bounds how often one person gets the points of an action.
type Often string

// How often. Empty: for each thing done.
const (
	Once    Often = "ONCE"
	PerYear Often = "YEAR" // of the calendar, in the merchant's zone
)

// oftenOf is how often an action can be done by its nature.
var oftenOf = map[Action]Often{ActionJoin: Once, ActionMail: Once, ActionLine: Once, ActionReferred: Once, ActionAppInstall: Once, ActionProfile: Once, ActionBirthday: PerYear}

// Day is a day of the merchant's calendar, as 2006-01-02.
type Day string

// EarnRule is one version of a rule. Versions are never changed.
type EarnRule struct {
	ID      int64     `json:"-"`
	Version int64     `json:"-"`
	Name    string    `json:"-"`
	Since   time.Time `json:"-"` // when the version was saved
	Enabled bool      `json:"-"` // false: stopped

	Kind       EarnKind `json:"kind" field:"kind" validate:"oneof=BASE MULTIPLIER BONUS ACTION"`
	Rate       Rate     `json:"rate,omitzero" validate:"-"`                                         // of BASE
	Base       Base     `json:"base,omitempty"`                                                     // of BASE
	Rounding   Rounding `json:"rounding,omitempty"`                                                 // of BASE
	Multiplier int64    `json:"multiplier,omitempty"`                                               // of MULTIPLIER, basis points: 20000 = twice
	Points     int64    `json:"points,omitempty"`                                                   // of BONUS and ACTION
	Per        BonusPer `json:"per,omitempty"`                                                      // of BONUS
	Action     Action   `json:"action,omitempty"`                                                   // of ACTION
	Often      Often    `json:"often,omitempty" field:"often" validate:"omitempty,oneof=ONCE YEAR"` // of ACTION
	ValidDays  int64    `json:"validDays,omitempty"`                                                // of ACTION: the last day is so many days after; 0: as the programme says
	Currency   string   `json:"currency,omitempty"`                                                 // of Rate and MinAmount
	Conditions          // all of them
	Caps       Caps     `json:"caps,omitzero"` // not of BASE
}

// Conditions are what must be so for a rule to apply. What is empty asks for
// nothing; of several values one is enough; shops and malls name places together,
// codes and categories name goods together.
type Conditions struct {
	From        Day      `json:"from,omitempty"`
	To          Day      `json:"to,omitempty"`          // the last day
	DaysOfMonth []int    `json:"daysOfMonth,omitempty"` // 1 to 31; a month without the day has none
	Weekdays    []int    `json:"weekdays,omitempty"`    // 0 = Sunday
	BirthMonth  bool     `json:"birthMonth,omitempty"`  // the month of the member's birthday
	Stages      []int64  `json:"stages,omitempty"`
	Segments    []int64  `json:"segments,omitempty"`
	Shops       []int64  `json:"shops,omitempty"`
	Malls       []string `json:"malls,omitempty"`
	SKUs        []string `json:"skus,omitempty"`
	Categories  []string `json:"categories,omitempty"`
	MinAmount   int64    `json:"minAmount,omitempty"` // of the money that the programme counts
	Forms       []int64  `json:"forms,omitempty"`     // of JOIN: registration forms by which people joined
}

// Caps bound what a rule gives; 0 = no bound. Days are those of the merchant's
// zone on which orders are placed or things done.
type Caps struct {
	Order  int64 `json:"order,omitempty"`
	Day    int64 `json:"day,omitempty"`    // to one person
	Person int64 `json:"person,omitempty"` // to one person, ever
	Total  int64 `json:"total,omitempty"`  // to all together
}

// counted: what the rule has given already bounds what it gives.
func (r EarnRule) counted() bool {
	return r.Caps.Day > 0 || r.Caps.Person > 0 || r.Caps.Total > 0 || r.Often != ""
}

// Refusal is why a rule does not apply.
type Refusal string

// The refusals.
const (
	NotYetMade    Refusal = "NOT_YET_MADE"  // the rule is younger than the order, and has no first day
	Stopped       Refusal = "STOPPED"       // somebody stopped it
	BeforePeriod  Refusal = "BEFORE_PERIOD" //
	AfterPeriod   Refusal = "AFTER_PERIOD"
	WrongDay      Refusal = "DAY_OF_MONTH"
	WrongWeekday  Refusal = "WEEKDAY"
	NoBirthMonth  Refusal = "BIRTH_MONTH"
	WrongStage    Refusal = "STAGE"
	WrongSegment  Refusal = "SEGMENT"
	WrongPlace    Refusal = "PLACE"
	WrongForm     Refusal = "FORM"
	WrongCurrency Refusal = "CURRENCY"
	TooLittle     Refusal = "MIN_AMOUNT"
	NoGoods       Refusal = "GOODS"
	Outdone       Refusal = "BETTER_RULE" // another rule stands in its place
	UsedUp        Refusal = "USED_UP"     // its caps leave nothing
	NothingCame   Refusal = "NOTHING"     // it applies, and no point comes of it
)

// Occasion is when and where something happened, and to whom: all that a rule
// asks about besides the purchase itself.
type Occasion struct {
	At         time.Time // in the merchant's zone
	Shop       int64     // 0: nowhere
	Mall       string
	Stage      int64 // 0: none
	Segments   []int64
	BirthMonth time.Month // 0: not known
	Currency   string     // of an order
	Form       int64      // of a joining; 0: none
}

// VersionAt is the version of a rule that holds for what happened at an instant:
// the last one saved by then. What happened before the rule was made falls under
// its first version where that names a first day, because then somebody meant
// it so. versions are those of one rule, oldest first.
func VersionAt(versions []EarnRule, at time.Time) (EarnRule, Refusal) {
	for _, v := range slices.Backward(versions) {
		if !v.Since.After(at) {
			return v, ""
		}
	}
	if versions[0].From != "" {
		return versions[0], ""
	}
	return versions[0], NotYetMade
}

// Refuses is why the rule has nothing to do with an occasion; "" when it has.
func (r EarnRule) Refuses(o Occasion) Refusal {
	day := Day(o.At.Format(time.DateOnly))
	switch {
	case !r.Enabled:
		return Stopped
	case r.From != "" && day < r.From:
		return BeforePeriod
	case r.To != "" && day > r.To:
		return AfterPeriod
	case !oneOf(r.DaysOfMonth, o.At.Day()):
		return WrongDay
	case !oneOf(r.Weekdays, int(o.At.Weekday())):
		return WrongWeekday
	case r.BirthMonth && o.BirthMonth != o.At.Month():
		return NoBirthMonth
	case !oneOf(r.Stages, o.Stage):
		return WrongStage
	case len(r.Segments) > 0 && !slices.ContainsFunc(o.Segments, func(s int64) bool { return slices.Contains(r.Segments, s) }):
		return WrongSegment
	case len(r.Shops)+len(r.Malls) > 0 && !slices.Contains(r.Shops, o.Shop) && !slices.Contains(r.Malls, o.Mall):
		return WrongPlace
	case len(r.Forms) > 0 && !slices.Contains(r.Forms, o.Form):
		return WrongForm
	case r.Kind != EarnAction && (r.Kind == EarnBase || r.MinAmount > 0) && o.Currency != r.Currency:
		return WrongCurrency
	}
	return ""
}

func oneOf[T comparable](wanted []T, is T) bool {
	return len(wanted) == 0 || slices.Contains(wanted, is)
}

// byGoods: the rule asks what the lines of an order are of.
func (c Conditions) byGoods() bool { return len(c.SKUs)+len(c.Categories) > 0 }

// fits: the rule means this line.
func (c Conditions) fits(l Line) bool {
	return !c.byGoods() || slices.Contains(c.SKUs, l.SKU) || l.Category != "" && slices.Contains(c.Categories, l.Category)
}
