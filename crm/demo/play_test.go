package demo

import (
	"fmt"
	"slices"
	"testing"
)

// TestThePlayIsTheSameEveryTime and comes out as the rates say.
func TestThePlayIsTheSameEveryTime(t *testing.T) {
	const readers = 20_000
	count := func(round int) map[doing]int {
		n := map[doing]int{}
		for i := range readers {
			reader := fmt.Sprintf("reader%d@mail.example", i)
			acts := play("mail", reader, round)
			if !slices.Equal(acts, play("mail", reader, round)) {
				t.Fatalf("%s does something else the second time", reader)
			}
			for j, a := range acts {
				if a.after >= span-ordersEvery || j > 0 && a.after < acts[j-1].after {
					t.Fatalf("%s: %v", reader, acts)
				}
				n[a.doing]++
			}
		}
		return n
	}
	within := func(what string, got, of, from, to int) {
		t.Helper()
		if got*100 < of*from || got*100 > of*to {
			t.Errorf("%s: %d of %d, want %d to %d %%", what, got, of, from, to)
		}
	}
	now := count(0)
	within("opened by machines", now[machineOpening], readers, 11, 13)
	within("opened", now[opening], readers, 45, 50)
	within("unsubscribed", now[unsubscribing], now[opening], 2, 4)
	within("clicked", now[clicking], now[opening], 41, 46)
	within("bought", now[buying], now[clicking], 33, 37)
	late := count(1)
	within("opened late", late[opening], readers, 14, 16)
	if late[unsubscribing]+late[machineOpening] != 0 || late[buying] == 0 {
		t.Errorf("late: %v", late)
	}
}
