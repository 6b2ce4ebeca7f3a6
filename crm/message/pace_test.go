package message_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestQuietHours(t *testing.T) {
	tokyo, newYork := zoneOf(t, "Asia/Tokyo"), zoneOf(t, "America/New_York")
	night := message.Pace{QuietFrom: 21 * 60, QuietTo: 8 * 60}
	noon := message.Pace{QuietFrom: 12 * 60, QuietTo: 13*60 + 30}
	cases := map[string]struct {
		pace message.Pace
		now  time.Time
		want time.Time // zero: not quiet
	}{
		"none are set":                         {message.Pace{}, time.Date(2026, 11, 22, 3, 0, 0, 0, tokyo), time.Time{}},
		"a minute before":                      {night, time.Date(2026, 11, 22, 20, 59, 59, 0, tokyo), time.Time{}},
		"the first instant":                    {night, time.Date(2026, 11, 22, 21, 0, 0, 0, tokyo), time.Date(2026, 11, 23, 8, 0, 0, 0, tokyo)},
		"before midnight":                      {night, time.Date(2026, 11, 22, 23, 59, 59, 0, tokyo), time.Date(2026, 11, 23, 8, 0, 0, 0, tokyo)},
		"midnight":                             {night, time.Date(2026, 11, 23, 0, 0, 0, 0, tokyo), time.Date(2026, 11, 23, 8, 0, 0, 0, tokyo)},
		"the last instant":                     {night, time.Date(2026, 11, 23, 7, 59, 59, 0, tokyo), time.Date(2026, 11, 23, 8, 0, 0, 0, tokyo)},
		"the end":                              {night, time.Date(2026, 11, 23, 8, 0, 0, 0, tokyo), time.Time{}},
		"over the end of a year":               {night, time.Date(2026, 12, 31, 22, 0, 0, 0, tokyo), time.Date(2027, 1, 1, 8, 0, 0, 0, tokyo)},
		"within a day":                         {noon, time.Date(2026, 11, 22, 12, 10, 0, 0, tokyo), time.Date(2026, 11, 22, 13, 30, 0, 0, tokyo)},
		"within a day, outside":                {noon, time.Date(2026, 11, 22, 23, 0, 0, 0, tokyo), time.Time{}},
		"until midnight":                       {message.Pace{QuietFrom: 22 * 60}, time.Date(2026, 11, 22, 22, 30, 0, 0, tokyo), time.Date(2026, 11, 23, 0, 0, 0, 0, tokyo)},
		"from midnight":                        {message.Pace{QuietTo: 6 * 60}, time.Date(2026, 11, 22, 0, 0, 0, 0, tokyo), time.Date(2026, 11, 22, 6, 0, 0, 0, tokyo)},
		"an instant of another zone":           {night, time.Date(2026, 11, 22, 12, 30, 0, 0, time.UTC).In(tokyo), time.Date(2026, 11, 23, 8, 0, 0, 0, tokyo)},
		"a night in which an hour is left out": {night, time.Date(2026, 3, 7, 23, 0, 0, 0, newYork), time.Date(2026, 3, 8, 12, 0, 0, 0, time.UTC)},
		"an end that is left out":              {message.Pace{QuietFrom: 60, QuietTo: 150}, time.Date(2026, 3, 8, 6, 30, 0, 0, time.UTC).In(newYork), time.Date(2026, 3, 8, 7, 0, 0, 0, time.UTC)},
		"the second time of an hour":           {message.Pace{QuietFrom: 0, QuietTo: 90}, time.Date(2026, 11, 1, 6, 10, 0, 0, time.UTC).In(newYork), time.Date(2026, 11, 1, 6, 30, 0, 0, time.UTC)},
	}
	for name, c := range cases {
		if got := c.pace.QuietUntil(c.now); !got.Equal(c.want) {
			t.Errorf("%s: quiet until %v, want %v", name, got, c.want)
		}
	}
}

func zoneOf(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestPacesAreCheckedAndKept(t *testing.T) {
	paces := message.Paces{DB: dbtest.New(t)}
	ctx := t.Context()
	for name, c := range map[string]struct {
		pace        message.Pace
		field, code string
	}{
		"a start beyond the day": {message.Pace{QuietFrom: 1440}, "quietFrom", "BAD_TIME"},
		"an end before the day":  {message.Pace{QuietTo: -1}, "quietTo", "BAD_TIME"},
		"hardly ever open":       {message.Pace{QuietFrom: 9 * 60, QuietTo: 8*60 + 1}, "quietTo", "QUIET_TOO_LONG"},
		"too many a day":         {message.Pace{PerDay: 101}, "perDay", "RANGE"},
		"less than none a week":  {message.Pace{PerWeek: -1}, "perWeek", "RANGE"},
		"a week below a day":     {message.Pace{PerDay: 3, PerWeek: 2}, "perWeek", "WEEK_BELOW_DAY"},
	} {
		var f *fault.Error
		if _, err := paces.Update(ctx, "MAIL", c.pace); !errors.As(err, &f) || f.Field != c.field || f.CodeOrKind() != c.code {
			t.Errorf("%s: %v, want %s at %s", name, err, c.code, c.field)
		}
	}
	if p, err := paces.Of(ctx, "MAIL"); err != nil || p != (message.Pace{}) {
		t.Errorf("nobody has set a pace, and it is %+v, %v", p, err)
	}
	mail, line := message.Pace{QuietFrom: 21 * 60, QuietTo: 8 * 60, PerDay: 1, PerWeek: 3}, message.Pace{PerDay: 2}
	for through, p := range map[string]message.Pace{"MAIL": mail, "LINE": line} {
		if _, err := paces.Update(ctx, through, p); err != nil {
			t.Fatal(err)
		}
	}
	for through, want := range map[string]message.Pace{"MAIL": mail, "LINE": line, "SMS": {}} {
		if p, err := paces.Of(ctx, through); err != nil || p != want {
			t.Errorf("%s: %+v, %v, want %+v", through, p, err, want)
		}
	}
}

// capWorld is one customer who may be written to, and deliveries to him.
type capWorld struct {
	people
	d        *db.DB
	now      time.Time
	customer int64
	gate     *message.Gate
}

const month = "2026-11-01"

func newCapWorld(t *testing.T, p message.Pace) *capWorld {
	t.Helper()
	d := dbtest.New(t)
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	w := &capWorld{people: people{t, d}, d: d, now: now, gate: message.NewGate(&clock.Fixed{T: now}, time.UTC)}
	shop := w.shop("own", "OWN_SITE")
	w.customer = w.people.customer("hana@example.com", shop)
	w.consent(w.customer, shop, "GIVEN", now.AddDate(0, -1, 0))
	if _, err := (message.Paces{DB: d}).Update(t.Context(), "MAIL", p); err != nil {
		t.Fatal(err)
	}
	return w
}

// message makes a delivery with a message to the customer.
func (w *capWorld) message(channel, status string, sentAt, slotAt *time.Time) (delivery int64) {
	w.t.Helper()
	err := w.tx.NewRaw(`INSERT INTO deliveries (channel, delivery_month, content) VALUES (?, ?, '{}') RETURNING id`, channel, month).Scan(w.t.Context(), &delivery)
	if err != nil {
		w.t.Fatal(err)
	}
	w.exec(`INSERT INTO messages (customer_id, delivery_id, delivery_month, status, sent_at, slot_at) VALUES (?, ?, ?, ?, ?, ?)`,
		w.customer, delivery, month, status, sentAt, slotAt)
	return delivery
}

func (w *capWorld) ask() []message.Asked { return []message.Asked{{CustomerID: w.customer}} }

func (w *capWorld) admission(delivery int64) message.Admission {
	return message.Admission{
		Through: "MAIL", DeliveryID: delivery, DeliveryMonth: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Asked: w.ask(),
	}
}

func TestCapsCountWhatReachesAPersonWithinADayAndAWeek(t *testing.T) {
	type sent struct {
		channel, status string
		ago             time.Duration
		slot            bool // on its way since then, not sent
	}
	const hour = time.Hour
	twice := message.Pace{PerDay: 1, PerWeek: 2}
	cases := map[string]struct {
		before []sent
		pass   bool
	}{
		"nothing before":                         {nil, true},
		"one within the day":                     {[]sent{{"MAIL", "SENT", 23 * hour, false}}, false},
		"one a day ago":                          {[]sent{{"MAIL", "SENT", 24 * hour, false}}, true},
		"one whose outcome was lost":             {[]sent{{"MAIL", "UNCERTAIN", hour, false}}, false},
		"two within the week":                    {[]sent{{"MAIL", "SENT", 30 * hour, false}, {"MAIL", "SENT", 6 * 24 * hour, false}}, false},
		"one of two a week ago":                  {[]sent{{"MAIL", "SENT", 30 * hour, false}, {"MAIL", "SENT", 7 * 24 * hour, false}}, true},
		"one on its way":                         {[]sent{{"MAIL", "SENDING", hour, true}}, false},
		"one that waits for another attempt":     {[]sent{{"MAIL", "QUEUED", hour, true}}, false},
		"one that never got a slot":              {[]sent{{"MAIL", "QUEUED", 0, false}}, true},
		"one that was refused by the mailbox":    {[]sent{{"MAIL", "BOUNCED", hour, true}}, true},
		"one that was withdrawn":                 {[]sent{{"MAIL", "CANCELLED", hour, true}}, true},
		"one through another channel":            {[]sent{{"LINE", "SENT", hour, false}}, true},
		"the one before the limit was there too": {[]sent{{"MAIL", "SENT", 40 * hour, false}}, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newCapWorld(t, twice)
			for _, s := range c.before {
				at := w.now.Add(-s.ago)
				switch {
				case s.slot:
					w.message(s.channel, s.status, nil, &at)
				case s.ago == 0:
					w.message(s.channel, s.status, nil, nil)
				default:
					w.message(s.channel, s.status, &at, nil)
				}
			}
			var want []string
			if !c.pass {
				want = []string{message.FrequencyCap}
			}
			looked, err := w.gate.Check(t.Context(), w.d, "MAIL", w.ask())
			if err != nil || !slices.Equal(looked[0].Refusals, want) {
				t.Errorf("before the send: %v, %v, want %v", looked, err, want)
			}
			mine := w.message("MAIL", "SENDING", nil, nil)
			said, quiet, err := w.gate.Admit(t.Context(), w.d, w.admission(mine))
			if err != nil || !quiet.IsZero() || !slices.Equal(said[0].Refusals, want) {
				t.Errorf("at the send: %v, %v, %v, want %v", said, quiet, err, want)
			}
		})
	}
}

func TestCapsCanBeIgnoredAndAskingAgainTakesNothing(t *testing.T) {
	w := newCapWorld(t, message.Pace{PerDay: 1})
	first, second := w.message("MAIL", "SENDING", nil, nil), w.message("MAIL", "SENDING", nil, nil)
	admit := func(a message.Admission) bool {
		t.Helper()
		said, _, err := w.gate.Admit(t.Context(), w.d, a)
		if err != nil {
			t.Fatal(err)
		}
		return said[0].Allowed()
	}
	for _, attempt := range []string{"first", "second"} {
		if !admit(w.admission(first)) {
			t.Errorf("at the %s attempt the message that has the slot is refused", attempt)
		}
	}
	if admit(w.admission(second)) {
		t.Error("a second message passes a limit of one")
	}
	free := w.admission(second)
	free.IgnoresCaps = true
	if !admit(free) {
		t.Error("a delivery that is let off is refused")
	}
	free.Asked[0].IgnoresCaps = true
	if said, err := w.gate.Check(t.Context(), w.d, "MAIL", free.Asked); err != nil || !said[0].Allowed() {
		t.Errorf("one who is asked about without caps is refused: %v, %v", said, err)
	}
}

// Many deliveries ask for the same person at the same time.
func TestTheLastSlotIsTakenOnce(t *testing.T) {
	const racers, limit = 12, 3
	w := newCapWorld(t, message.Pace{PerDay: limit})
	deliveries := make([]int64, racers)
	for i := range deliveries {
		deliveries[i] = w.message("MAIL", "SENDING", nil, nil)
	}
	var passed sync.Map
	var racing sync.WaitGroup
	for _, delivery := range deliveries {
		racing.Go(func() {
			said, _, err := w.gate.Admit(t.Context(), w.d, w.admission(delivery))
			if err != nil {
				t.Error(err)
			} else if said[0].Allowed() {
				passed.Store(delivery, true)
			}
		})
	}
	racing.Wait()
	n := 0
	passed.Range(func(any, any) bool { n++; return true })
	if n != limit {
		t.Errorf("%d of %d passed at once, want %d", n, racers, limit)
	}
}

func TestNothingIsAdmittedInQuietHours(t *testing.T) {
	w := newCapWorld(t, message.Pace{QuietFrom: 2 * 60, QuietTo: 5 * 60}) // it is 03:00
	mine := w.message("MAIL", "SENDING", nil, nil)
	want := time.Date(2026, 11, 22, 5, 0, 0, 0, time.UTC)
	if said, quiet, err := w.gate.Admit(t.Context(), w.d, w.admission(mine)); err != nil || !quiet.Equal(want) || said != nil {
		t.Errorf("%v, %v, %v, want nobody until %v", said, quiet, err, want)
	}
	free := w.admission(mine)
	free.IgnoresQuiet = true
	if said, quiet, err := w.gate.Admit(t.Context(), w.d, free); err != nil || !quiet.IsZero() || !said[0].Allowed() {
		t.Errorf("let off: %v, %v, %v", said, quiet, err)
	}
}

func TestAPersonsOwnWishIsALimitWithoutTheMerchants(t *testing.T) {
	for name, c := range map[string]struct {
		pace    message.Pace
		perWish int
		ago     time.Duration
		pass    bool
	}{
		"one within the month":         {message.Pace{}, 1, 29 * 24 * time.Hour, false},
		"one of two":                   {message.Pace{}, 2, 24 * time.Hour, true},
		"one a month ago":              {message.Pace{}, 1, 30 * 24 * time.Hour, true},
		"under the merchant's as well": {message.Pace{PerDay: 5}, 1, 10 * 24 * time.Hour, false},
		"the merchant's is narrower":   {message.Pace{PerDay: 1}, 4, time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newCapWorld(t, c.pace)
			w.exec("INSERT INTO contact_wishes (customer_id, channel, per_month, said_at) VALUES (?, 'MAIL', ?, now())", w.customer, c.perWish)
			at := w.now.Add(-c.ago)
			w.message("MAIL", "SENT", &at, nil)
			looked, err := w.gate.Check(t.Context(), w.d, "MAIL", w.ask())
			if err != nil || looked[0].Allowed() != c.pass {
				t.Errorf("before the send: %v, %v", looked, err)
			}
			mine := w.message("MAIL", "SENDING", nil, nil)
			said, _, err := w.gate.Admit(t.Context(), w.d, w.admission(mine))
			if err != nil || said[0].Allowed() != c.pass {
				t.Errorf("at the send: %v, %v", said, err)
			}
		})
	}
}
