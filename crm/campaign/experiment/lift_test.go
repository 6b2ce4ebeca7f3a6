package experiment_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/meguri-crm/meguri/crm/campaign/experiment"
)

func TestNothingIsSaidBeforeEnoughWasBought(t *testing.T) {
	for name, arms := range map[string][2]experiment.Arm{
		"nobody":            {{}, {}},
		"nobody held out":   {{People: 1000, Buyers: 100}, {}},
		"few buyers":        {{People: 900, Buyers: 20}, {People: 100, Buyers: 5}},
		"a tiny held group": {{People: 10_000, Buyers: 300}, {People: 50, Buyers: 0}},
	} {
		l := experiment.Conversion(arms[0], arms[1])
		if l.Known || l.Decided() || !math.IsInf(l.High, 1) {
			t.Errorf("%s: %+v, want nothing known", name, l)
		}
	}
}

func TestAClearEffectIsDecidedAndAWeakOneIsNot(t *testing.T) {
	held := experiment.Arm{People: 2_000, Buyers: 40}
	clearly := experiment.Conversion(experiment.Arm{People: 18_000, Buyers: 900}, held)
	if !clearly.Decided() || clearly.Low <= 0 || math.Abs(clearly.Difference-0.03) > 1e-9 {
		t.Errorf("5%% against 2%%: %+v", clearly)
	}
	weakly := experiment.Conversion(experiment.Arm{People: 18_000, Buyers: 396}, held)
	if weakly.Decided() || !weakly.Known || weakly.Low >= 0 || weakly.High <= 0 {
		t.Errorf("2.2%% against 2%%: %+v", weakly)
	}
	harm := experiment.Conversion(experiment.Arm{People: 18_000, Buyers: 180}, experiment.Arm{People: 2_000, Buyers: 100})
	if !harm.Decided() || harm.High >= 0 {
		t.Errorf("1%% against 5%%: %+v", harm)
	}
}

func TestSalesAreComparedPerPerson(t *testing.T) {
	treated := experiment.Arm{People: 9_000, Buyers: 450, Sum: 450 * 8_000, Squares: 450 * 8_000 * 8_000}
	held := experiment.Arm{People: 1_000, Buyers: 20, Sum: 20 * 8_000, Squares: 20 * 8_000 * 8_000}
	l := experiment.Sales(treated, held)
	if math.Abs(l.Difference-240) > 1e-9 || !l.Decided() {
		t.Errorf("¥400 against ¥160 a person: %+v", l)
	}
}

// trial is one campaign with a true share of buyers per arm.
type trial struct {
	treated, heldOut int
	pTreated, pHeld  float64
}

// course plays a campaign: people buy one after another, in an order that tells
// nothing about their arm, some a second time; after each tenth order it shows
// the arms and the truth of that moment.
func (c trial) course(rng *rand.Rand, look func(treated, held experiment.Arm, conversion, sales float64)) {
	type order struct {
		at     float64
		held   bool
		amount float64
		first  bool
		person int
	}
	var orders []order
	const mean = 6_000.0
	add := func(n int, p float64, held bool) {
		for i := range n {
			if rng.Float64() >= p {
				continue
			}
			at := rng.Float64()
			orders = append(orders, order{at, held, mean * rng.ExpFloat64(), true, i})
			if again := at + rng.Float64(); again < 1 { // half as many come back
				orders = append(orders, order{again, held, mean * rng.ExpFloat64(), false, i})
			}
		}
	}
	add(c.treated, c.pTreated, false)
	add(c.heldOut, c.pHeld, true)
	slices.SortFunc(orders, func(a, b order) int { return cmp.Compare(a.at, b.at) })

	arms := map[bool]*experiment.Arm{false: {People: int64(c.treated)}, true: {People: int64(c.heldOut)}}
	spent := map[[2]int]float64{}
	for i, o := range orders {
		arm, key := arms[o.held], [2]int{o.person, 0}
		if o.held {
			key[1] = 1
		}
		if o.first {
			arm.Buyers++
		}
		before := spent[key]
		spent[key] = before + o.amount
		arm.Sum += o.amount
		arm.Squares += spent[key]*spent[key] - before*before
		if i%10 == 9 {
			// By time x a share x has bought first; second orders add x²/2 of the buyers.
			diff := c.pTreated - c.pHeld
			look(*arms[false], *arms[true], diff*o.at, diff*mean*(o.at+o.at*o.at/2))
		}
	}
}

// fixed is the interval one may look at once: ± 1.96 standard errors.
func fixed(treated, held experiment.Arm) (low, high float64, ok bool) {
	if treated.Buyers+held.Buyers < 30 {
		return 0, 0, false
	}
	p, q := float64(treated.Buyers)/float64(treated.People), float64(held.Buyers)/float64(held.People)
	se := math.Sqrt(p*(1-p)/float64(treated.People) + q*(1-q)/float64(held.People))
	return p - q - 1.96*se, p - q + 1.96*se, true
}

// TestLookingAllTheTimeIsAllowed plays campaigns with fixed seeds and looks after
// every tenth order. Our intervals hold the truth of every moment in at least 95
// of 100 campaigns; the usual interval, looked at as often, does not.
func TestLookingAllTheTimeIsAllowed(t *testing.T) {
	const campaigns = 600
	for name, c := range map[string]trial{
		"no effect, one tenth held out": {9_000, 1_000, 0.05, 0.05},
		"an effect, one tenth held out": {9_000, 1_000, 0.07, 0.05},
		"no effect, half held out":      {5_000, 5_000, 0.05, 0.05},
		"no effect, few people":         {1_900, 200, 0.10, 0.10},
		"mails that keep people away":   {9_000, 1_000, 0.04, 0.06},
	} {
		var conversion, sales, usual int
		for seed := range uint64(campaigns) {
			rng := rand.New(rand.NewPCG(seed, 2026))
			var missed [3]bool
			c.course(rng, func(treated, held experiment.Arm, trueConversion, trueSales float64) {
				l := experiment.Conversion(treated, held)
				missed[0] = missed[0] || trueConversion < l.Low || trueConversion > l.High
				l = experiment.Sales(treated, held)
				missed[1] = missed[1] || trueSales < l.Low || trueSales > l.High
				low, high, ok := fixed(treated, held)
				missed[2] = missed[2] || ok && (trueConversion < low || trueConversion > high)
			})
			conversion += count(missed[0])
			sales += count(missed[1])
			usual += count(missed[2])
		}
		t.Logf("%s: of %d campaigns missed at some moment: conversion %d, sales %d, the usual interval %d", name, campaigns, conversion, sales, usual)
		if limit := campaigns * 5 / 100; conversion > limit || sales > limit {
			t.Errorf("%s: conversion missed %d, sales %d of %d; at most %d are allowed", name, conversion, sales, campaigns, limit)
		}
		if usual < campaigns*15/100 {
			t.Errorf("%s: the usual interval missed only %d of %d: this test shows nothing", name, usual, campaigns)
		}
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
