package points

import (
	"context"
	"testing"
	"time"
)

// install awards that somebody has the app on a device, and answers with the points of
// it, or the code of the refusal.
func (l *ledger) install(customer int64, device string) (int64, string) {
	l.t.Helper()
	rc, b, err := l.Award(context.Background(), nil, Act{CustomerID: customer, Action: ActionAppInstall, Ref: device})
	if err != nil {
		return 0, codeOf(err)
	}
	if rc.Replayed {
		return 0, ""
	}
	return b.Total, ""
}

// The app earns once per person, whatever it is installed on, also where two become
// one; a device earns for one person.
func TestTheAppEarnsOncePerPersonAndDevice(t *testing.T) {
	l := newLedger(t)
	l.action(ActionAppInstall, 300, 0, Conditions{})
	a, b, c := l.member(), l.member(), l.member()
	gives := func(customer int64, device string, points int64, code string) {
		t.Helper()
		if got, refused := l.install(customer, device); got != points || refused != code {
			t.Errorf("%d on %q: %d %s, want %d %s", customer, device, got, refused, points, code)
		}
	}
	gives(a, "phone of a", 300, "")
	gives(a, "phone of a", 0, "")
	gives(a, "tablet of a", 0, "")
	gives(b, "phone of a", 0, "DEVICE_TAKEN")
	gives(b, "phone of b", 300, "")

	l.merge(1, b, a)
	l.exec(`UPDATE app_installs SET customer_id = $1 WHERE customer_id = $2`, a, b) // as crm/customer moves them
	gives(a, "phone of b", 0, "")
	gives(b, "new phone of b", 0, "")
	gives(c, "phone of b", 0, "DEVICE_TAKEN")
	l.want(a, 600, 0, 0, 0)
	gives(c, "phone of c", 300, "")
	if n := l.id(`SELECT count(*) FROM app_installs`); n != 3 {
		t.Errorf("%d devices are kept, want the first of each", n)
	}
}

// What was installed before a rule was made earns nothing by it; who joins first and
// tells then is told of as he joins.
func TestTheAppEarnsByTheRulesOfWhenItWasTold(t *testing.T) {
	l := newLedger(t)
	early, stranger := l.member(), l.id(`INSERT INTO customers DEFAULT VALUES RETURNING id`)
	if got, refused := l.install(early, "1"); got != 0 || refused != "" {
		t.Errorf("without a rule: %d %s", got, refused)
	}
	if _, refused := l.install(stranger, "2"); refused != "NOT_A_MEMBER" {
		t.Errorf("no member: %s", refused)
	}
	l.clock.Advance(time.Hour)
	l.rule(EarnRule{Kind: EarnAction, Action: ActionAppInstall, Points: 300})
	l.clock.Advance(time.Hour)
	l.exec(`UPDATE customers SET member_since = $2, member_via = 'APP' WHERE id = $1`, stranger, l.clock.Now())
	for customer, want := range map[int64]int64{early: 0, stranger: 300} {
		if got, refused := l.install(customer, "of "+string(rune('a'+customer))); got != want || refused != "" {
			t.Errorf("customer %d: %d %s, want %d", customer, got, refused, want)
		}
	}
}

// Of two who tell of one device at the same moment one gets the points, and of one
// person's two devices one.
func TestOneDeviceToldOfManyAtOnce(t *testing.T) {
	l := newLedger(t)
	l.action(ActionAppInstall, 300, 0, Conditions{})
	type told struct {
		points int64
		code   string
	}
	race := func(customers []int64, device func(n int) string) map[told]int {
		t.Helper()
		answers := make(chan told)
		for n, customer := range customers {
			go func() {
				points, code := l.install(customer, device(n))
				answers <- told{points, code}
			}()
		}
		got := map[told]int{}
		for range customers {
			got[<-answers]++
		}
		return got
	}
	many := make([]int64, 8)
	for n := range many {
		many[n] = l.member()
	}
	if got := race(many, func(int) string { return "one" }); got[told{300, ""}] != 1 || got[told{0, "DEVICE_TAKEN"}] != 7 {
		t.Errorf("one device of eight people: %v", got)
	}
	one := l.member()
	if got := race([]int64{one, one, one, one}, func(n int) string { return "his " + string(rune('a'+n)) }); got[told{300, ""}] != 1 || got[told{0, ""}] != 3 {
		t.Errorf("four devices of one person: %v", got)
	}
	l.want(one, 300, 0, 0, 0)
}
