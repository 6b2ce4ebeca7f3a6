package customer

// Reason is how a doubtful pair was found.
type Reason string

// The reasons, surest first.
const (
	Linked        Reason = "LINKED"         // one order names both
	ByNameAddress Reason = "NAME_ADDRESS"   // full name and address, and nothing to prove it
	ByPhone       Reason = "PHONE"          // a phone alone
	ByFamily      Reason = "ADDRESS_FAMILY" // address and surname
	ByGiven       Reason = "ADDRESS_GIVEN"  // address and given name: another surname by marriage

	// Reasons that are told to staff who writes somebody down, and that make no
	// candidates otherwise.
	ByMail Reason = "MAIL" // a mail address that another uses, too; also of who gives it as his own
	ByName Reason = "NAME" // the full name alone
)

// What a pair is worth before its facts are weighed, 0 to 100.
var bases = map[Reason]int{ByNameAddress: 70, ByPhone: 55, ByFamily: 50, ByGiven: 45, ByMail: 50, ByName: 30}

const (
	linkedAtOdds   = 60 // what a link is worth that something contradicts
	householdScore = 30
	lowest         = 10
)

// worth is what an agreement adds to a pair found otherwise.
var worth = map[Fact]int{
	FactBirthDate: 15, FactMail: 15, FactNearMail: 10, FactPhone: 5, FactAddress: 5, FactRoom: 5, FactFamilyName: 3, FactGivenName: 3, FactName: 8, FactKana: 5, FactNearName: 4,
}

// cost is what a difference takes from it.
var cost = map[Fact]int{
	FactMemberID: 15, FactBirthDate: 15, FactName: 15, FactKana: 10, FactWriting: 10, FactGivenName: 15, FactFamilyName: 10, FactRoom: 15,
}

// doubt is why a pair that shares a phone or an address is worth a look, and
// how sure it is that they are one, 0 to 100; never sure enough to join. ok is
// false when it is not: a phone that went to somebody else, an office, two
// families in one building.
func (c *Comparison) doubt() (reason Reason, score int, ok bool) {
	home := c.agrees(FactAddress)
	switch {
	case home && (c.fullName() || c.agrees(FactNearName)):
		reason = ByNameAddress
	case c.agrees(FactPhone) && (home || !c.stranger()):
		reason = ByPhone
	case home && c.agrees(FactFamilyName) && !c.differs(FactRoom):
		reason = ByFamily
	case home && c.agrees(FactGivenName) && !c.differs(FactRoom):
		reason = ByGiven
	default:
		return "", 0, false
	}
	if c.household() {
		return reason, householdScore, true
	}
	return reason, c.weigh(reason), true
}

// stranger says that nothing in the two names is the same.
func (c *Comparison) stranger() bool {
	return c.differs(FactName) || c.otherGiven() && c.differs(FactFamilyName)
}

// weigh adds up what the facts of a pair are worth. What the reason says already
// counts once.
func (c *Comparison) weigh(reason Reason) int {
	score := bases[reason]
	for _, w := range Weights(reason, c.Agree, c.Differ) {
		score += w.Points
	}
	return min(max(score, lowest), sure-1)
}

// BaseOf is what a pair counts for the way it was found, where facts add up to
// its score; nil where they do not.
func BaseOf(reason Reason, household bool) *int {
	base, ok := bases[reason]
	if !ok || household {
		return nil
	}
	return &base
}

// Weight is what a fact adds to a pair's score, or takes from it.
type Weight struct {
	Fact   Fact
	Agrees bool
	Points int
}

// implied are the facts that a reason consists of.
var implied = map[Reason][]Fact{
	ByNameAddress: {FactAddress, FactName}, ByPhone: {FactPhone}, ByFamily: {FactAddress, FactFamilyName}, ByGiven: {FactAddress, FactGivenName},
	ByMail: {FactMail}, ByName: {FactName},
}

// Weights are what the facts of a pair are worth, in the order they were found.
func Weights[S ~string](reason Reason, agree, differ []S) []Weight {
	weights := make([]Weight, 0, len(agree)+len(differ))
	for _, f := range agree {
		w := Weight{Fact: Fact(f), Agrees: true, Points: worth[Fact(f)]}
		for _, said := range implied[reason] {
			if said == Fact(f) {
				w.Points = 0
			}
		}
		weights = append(weights, w)
	}
	for _, f := range differ {
		weights = append(weights, Weight{Fact: Fact(f), Points: -cost[Fact(f)]})
	}
	return weights
}

// atOdds is the score of a pair that one order names, with what speaks against it.
func (c *Comparison) atOdds(score int) int {
	switch {
	case c.household():
		return householdScore
	case len(c.contradictions()) > 0:
		return min(score, linkedAtOdds)
	}
	return score
}
