package experiment_test

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/campaign/experiment"
)

// TestTheDrawIsUniform counts draws in cells of 500 customers in the order of
// their ids, where a weak hash of neighbouring ids shows first, and bounds
// Pearson's chi-square by its 99.9 % quantile (199 degrees of freedom: 266.4).
func TestTheDrawIsUniform(t *testing.T) {
	const cells, size, rate = 200, 500, 1000
	for _, campaign := range []int64{1, 2, 3, 1 << 40} {
		chi, total := 0.0, 0
		for cell := range int64(cells) {
			held := 0
			for i := range int64(size) {
				if experiment.HeldOut(campaign, cell*size+i, rate) {
					held++
				}
			}
			total += held
			expected := float64(size*rate) / 10_000
			d := float64(held) - expected
			chi += d * d / expected / (1 - float64(rate)/10_000)
		}
		if chi > 266.4 || chi < 140 {
			t.Errorf("campaign %d: chi-square %.1f over %d cells", campaign, chi, cells)
		}
		if total < 9_700 || total > 10_300 {
			t.Errorf("campaign %d: %d of 100,000 are held out, want about 10,000", campaign, total)
		}
	}
}

func TestTheDrawOfOneCampaignTellsNothingAboutAnother(t *testing.T) {
	both, first := 0, 0
	for customer := range int64(100_000) {
		if experiment.HeldOut(7, customer, 2000) {
			first++
			if experiment.HeldOut(8, customer, 2000) {
				both++
			}
		}
	}
	if share := float64(both) / float64(first); share < 0.19 || share > 0.21 {
		t.Errorf("%.3f of those held out of one campaign are held out of the next, want 0.2", share)
	}
}

func TestAHigherRateHoldsOutTheSamePeopleAndMore(t *testing.T) {
	more := 0
	for customer := range int64(10_000) {
		low, high := experiment.HeldOut(3, customer, 500), experiment.HeldOut(3, customer, 1000)
		if low && !high {
			t.Fatalf("customer %d is held out at 5%% and not at 10%%", customer)
		}
		if high && !low {
			more++
		}
		if experiment.HeldOut(3, customer, 0) {
			t.Fatalf("customer %d is held out at 0%%", customer)
		}
	}
	if more < 400 || more > 600 {
		t.Errorf("%d more at 10%% than at 5%%, want about 500", more)
	}
}
