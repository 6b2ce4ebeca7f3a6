package segment_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/segment"
)

// stiff are turns of phrase that nobody says.
var stiff = []string{"でが", "がが", "をを", "での、", "購入までが", "を閲覧回数", "〜ふだんの", "のの", "  "}

// TestEveryFieldAndOperatorIsSaid reads each combination the builder offers back
// in both languages; -v prints them all, to be read by somebody.
func TestEveryFieldAndOperatorIsSaid(t *testing.T) {
	c, r := catalog(), rand.New(rand.NewPCG(7, 7))
	said, all := map[string]bool{}, 0
	for _, f := range c.Fields() {
		all += len(f.Operators)
	}
	for tries := 0; len(said) < all && tries < 200_000; tries++ {
		condition := randomCondition(r)
		op, _ := condition["op"].(segment.Operator)
		name, _ := condition["field"].(string)
		key := name + " " + string(op)
		if said[key] {
			continue
		}
		raw, err := json.Marshal(condition)
		if err != nil {
			t.Fatal(err)
		}
		rule, err := c.Parse(raw)
		if err != nil {
			continue // not every draw is a rule
		}
		said[key] = true
		words := c.Sentence(rule)
		t.Logf("%s\n    %s\n    %s", key, words.JA, words.EN)
		for _, turn := range stiff {
			if strings.Contains(words.JA, turn) {
				t.Errorf("%s: %q in %s", key, turn, words.JA)
			}
		}
		if words.JA == "" || words.EN == "" || strings.Contains(words.JA+words.EN, "%!") {
			t.Errorf("%s is not said: %+v", key, words)
		}
	}
	if len(said) < all {
		t.Errorf("%d of %d combinations were said", len(said), all)
	}
}
