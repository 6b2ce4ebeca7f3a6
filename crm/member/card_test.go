package member

import (
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/stage"
)

var noon = time.Date(2026, 11, 22, 3, 0, 30, 0, time.UTC)

func cardsOf(t *testing.T, secrets string) *Cards {
	t.Helper()
	c, err := NewCards(secrets)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestACardIsTakenWhileItIsShownAndAMinuteLonger(t *testing.T) {
	c := cardsOf(t, "a secret of thirty-two characters")
	const number = "400000000006"
	code := c.code(number, noon)
	if len(code) != numberDigits+markDigits || !strings.HasPrefix(code, number) || !isDigits(code) {
		t.Fatalf("code %q", code)
	}
	for after, want := range map[time.Duration]string{
		0: "", 29 * time.Second: "", 89 * time.Second: "", -31 * time.Second: "",
		90 * time.Second: "CARD_EXPIRED", time.Hour: "CARD_EXPIRED", 3 * time.Hour: "CARD_UNKNOWN", -2 * time.Minute: "CARD_UNKNOWN",
	} {
		if got := faultCode(c.check(number, code[numberDigits:], noon.Add(after))); got != want {
			t.Errorf("%v later: %q, want %q", after, got, want)
		}
	}
	if got := faultCode(c.check("400000000014", code[numberDigits:], noon)); got != "CARD_UNKNOWN" {
		t.Errorf("the digits of another's card: %q", got)
	}
	if c.code(number, noon) == c.code(number, noon.Add(time.Minute)) {
		t.Error("the code of the next minute is the same")
	}
}

func TestCardsOutliveAChangeOfTheSecret(t *testing.T) {
	before, after := cardsOf(t, "the old secret of the merchant"), cardsOf(t, "the new one of the merchant, the old secret of the merchant")
	const number = "400000000006"
	if err := after.check(number, before.code(number, noon)[numberDigits:], noon); err != nil {
		t.Error(err)
	}
	if err := before.check(number, after.code(number, noon)[numberDigits:], noon); err == nil {
		t.Error("who has the old secret only takes codes of the new one")
	}
}

func TestACheckDigitFindsMistakesOfTheHand(t *testing.T) {
	for range 50 {
		number := drawNumber()
		if !isNumber(number) || number[0] == '0' {
			t.Fatalf("drawn: %s", number)
		}
		for i := range numberDigits {
			wrong := []byte(number)
			wrong[i] = '0' + (wrong[i]-'0'+1)%10
			if isNumber(string(wrong)) {
				t.Errorf("%s passes for %s", wrong, number)
			}
		}
	}
	if isNumber("40000000000x") || isNumber("4000000000") {
		t.Error("what is no number passes")
	}
}

func TestProgress(t *testing.T) {
	next := func(missing stage.Amounts) *Next { return &Next{Missing: missing} }
	for name, c := range map[string]struct {
		stage    Stage
		any, all int64
	}{
		"at the top":            {Stage{}, 10_000, 10_000},
		"nothing yet":           {Stage{Next: next(stage.Amounts{Spend: 50_000})}, 0, 0},
		"one amount":            {Stage{Counts: stage.Amounts{Spend: 46_800}, Next: next(stage.Amounts{Spend: 3_200})}, 9360, 9360},
		"returns outweigh":      {Stage{Counts: stage.Amounts{Spend: -100}, Next: next(stage.Amounts{Spend: 500})}, 0, 0},
		"two amounts":           {Stage{Counts: stage.Amounts{Spend: 10, Orders: 3}, Next: next(stage.Amounts{Spend: 90, Orders: 1})}, 7500, 1000},
		"one reached, of three": {Stage{Counts: stage.Amounts{Spend: 100, Orders: 1}, Next: next(stage.Amounts{Orders: 3})}, 2500, 2500},
	} {
		if anyOf, all := c.stage.Progress(true), c.stage.Progress(false); anyOf != c.any || all != c.all {
			t.Errorf("%s: any %d, all %d; want %d, %d", name, anyOf, all, c.any, c.all)
		}
	}
}

func faultCode(err error) string {
	if err == nil {
		return ""
	}
	return err.(*fault.Error).Code //nolint:errorlint // check gives faults
}
