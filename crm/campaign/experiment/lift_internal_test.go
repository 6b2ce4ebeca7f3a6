package experiment

import (
	"math"
	"testing"
)

// TestTheBoundaryIsThePublishedOne compares with the values that the authors'
// own program confseq tests itself by (two-sided normal mixture, v_opt 100).
func TestTheBoundaryIsThePublishedOne(t *testing.T) {
	if got := boundary(100, 100, 0.05); math.Abs(got-30.35209) > 1e-5 {
		t.Errorf("at its best moment %.5f, want 30.35209", got)
	}
	// 12.60056 is rho: at v = 0 the boundary is √(ρ·ln(1/α²)).
	if got := boundary(0, 100, 0.05); math.Abs(got-math.Sqrt(12.60056*math.Log(400))) > 1e-4 {
		t.Errorf("at the beginning %.5f", got)
	}
}
