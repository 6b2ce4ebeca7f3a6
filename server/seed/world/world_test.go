package world

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

func dayOf(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := Morning(text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// written are the files of a merchant, by name.
func written(t *testing.T, w *World) (map[string][]byte, *Truth) {
	t.Helper()
	dir := t.TempDir()
	plan, truth, err := w.Write(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, s := range plan.Steps {
		for _, f := range s.Files {
			content, err := os.ReadFile(filepath.Join(dir, f.Name))
			if err != nil {
				t.Fatal(err)
			}
			files[f.Name] = content
		}
	}
	return files, truth
}

func TestTheSameMerchantWritesTheSameBytes(t *testing.T) {
	end := dayOf(t, "2026-06-30")
	first, truth := written(t, New(300, end))
	again, _ := written(t, New(300, end))
	if len(first) < 40 || len(again) != len(first) {
		t.Fatalf("%d files, then %d", len(first), len(again))
	}
	for name, content := range first {
		if !bytes.Equal(content, again[name]) {
			t.Errorf("%s is not the same twice", name)
		}
	}
	for _, s := range Shops {
		if truth.Orders[s.Code] < 10 {
			t.Errorf("%d orders on %s: a page would be empty", truth.Orders[s.Code], s.Code)
		}
	}
	if truth.Members < 30 || truth.Spoilt != spoiltRows {
		t.Errorf("%d members, %d spoilt rows", truth.Members, truth.Spoilt)
	}
}

// What is made up must belong to nobody.
func TestNobodyOfThemExists(t *testing.T) {
	w := New(600, dayOf(t, "2026-06-30"))
	for p := range w.People() {
		if p.nameless {
			continue
		}
		for _, number := range []string{p.phone, p.oldPhone} {
			if number != "" && !strings.HasPrefix(number, "090-0") && !strings.HasPrefix(number, "070-0") {
				t.Errorf("person %d: the phone %s may be somebody's", p.No, number)
			}
		}
		for _, m := range []mall.Mall{mall.OwnSite, mall.Yahoo} {
			if domain := p.mailOn(m)[strings.Index(p.mailOn(m), "@")+1:]; domain != "example.com" && !strings.HasSuffix(domain, ".example") {
				t.Errorf("person %d: mail at %s", p.No, domain)
			}
		}
	}
}

func TestPeopleLiveTheirTwoYears(t *testing.T) {
	w := New(2000, dayOf(t, "2026-06-30"))
	var orders, again, seasonal, several int
	numbers := map[string]int{}
	for p := range w.People() {
		if len(p.Orders) == 0 && !p.nameless {
			t.Errorf("person %d never buys", p.No)
		}
		malls := map[mall.Mall]bool{}
		for i, o := range p.Orders {
			orders++
			numbers[fmt.Sprint(o.Mall, o.no)]++
			malls[o.Mall] = true
			if o.at.Before(w.Begin()) || !o.at.Before(w.End) || i > 0 && o.at.Before(p.Orders[i-1].at) {
				t.Errorf("person %d: order %s at %s is out of time", p.No, o.no, o.at)
			}
			for _, l := range o.lines {
				if !l.product.season.on(o.at) {
					t.Errorf("%s was sold on %s", l.product.Name, o.at.Format(time.DateOnly))
				}
				if l.product.season != (season{}) {
					seasonal++
				}
			}
			if o.goods()-o.shopCoupon-o.mallCoupon-o.pointsUsed < 0 {
				t.Errorf("order %s costs less than nothing", o.no)
			}
		}
		if len(p.Orders) > 1 {
			again++
		}
		if len(malls) > 1 {
			several++
		}
	}
	for number, n := range numbers {
		if n > 1 {
			t.Errorf("%s is the number of %d orders", number, n)
		}
	}
	if orders < 5000 || orders > 7000 || again < 700 || again > 1200 || several < 150 || seasonal < 500 {
		t.Errorf("%d orders, %d people came again, %d on several malls, %d lines of the season: not the merchant that was meant", orders, again, several, seasonal)
	}
}

// A member never spends what the ledger may not have by then.
func TestNobodySpendsMoreThanHeHas(t *testing.T) {
	w := New(1500, dayOf(t, "2026-06-30"))
	spent := 0
	for p := range w.People() {
		var got, used int64
		for _, a := range p.deeds {
			if a.Kind == "REDEEM" {
				used += a.Amount
				spent++
			} else {
				got += a.worth
			}
			if !newer(a.at, p.Joined, w.End) {
				t.Errorf("person %d: %s at %s, a member since %s", p.No, a.Key, a.at, p.Joined)
			}
		}
		for _, o := range p.Orders {
			if !o.at.Before(p.Joined) {
				got += (o.goods() - o.shopCoupon) / 100
			}
		}
		if used > got {
			t.Errorf("person %d spends %d of %d points", p.No, used, got)
		}
	}
	if spent < 100 {
		t.Errorf("points are spent %d times", spent)
	}
}

// The malls' own formats read what is written.
func TestMallsKnowTheirFiles(t *testing.T) {
	for _, s := range sheets {
		if s.mapping != "" {
			continue
		}
		f, err := mall.Detect(s.header)
		if err != nil || !f.Mall().Exports(s.of) {
			t.Errorf("%s is read as %v, %v", s.name, f, err)
		}
	}
	m, err := mall.ParseMapping(tillMappingJSON)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (mall.MappingOrders{Mapping: m}).Bind(tillHeader.Columns()); err != nil {
		t.Error(err)
	}
}

// Nobody may be taken for somebody else, however many they are: no two share a
// phone and a name, a home and a name, or what a mall knows one by. Those who are
// doubtful on purpose stand beside others and are not asked.
func TestEverybodyIsOnePerson(t *testing.T) {
	w := New(200_000, dayOf(t, "2026-11-21"))
	owner := map[string]int{}
	for no := 1; no <= w.Customers-w.doubles(); no++ {
		p := w.original(no)
		home := fmt.Sprint(p.home.postal, p.house)
		for _, key := range []string{
			p.phone + p.family.kanji + p.given.kanji, p.phone + p.family.kana + p.given.kana,
			home + p.family.kanji + p.given.kanji, home + p.family.kana + p.given.kana,
			p.Mail, p.mailOn(mall.Yahoo), p.mailOn(mall.Rakuten), p.mailOn(mall.Amazon), p.MemberNo(), p.cardNo(), p.lineID(),
		} {
			if other := owner[key]; other != 0 && other != no {
				t.Fatalf("persons %d and %d share %s", other, no, key)
			}
			owner[key] = no
		}
	}
}
