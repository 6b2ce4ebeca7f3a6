package customer

import (
	"cmp"
	"slices"
)

// Match is whom one piece of evidence belongs to and why.
type Match struct {
	Customer int64   // id of a customer, or minus the number of a new one, from -1
	Reason   KeyKind // the step that joined it; "" for a new customer
	By       Key     // the key that decided; the evidence's surest for a new customer
	NewKeys  []Key   // that this evidence adds
	Links    []Link  // other customers the evidence names
}

// Link says that one piece of evidence names two customers.
type Link struct {
	A, B  int64 // as Match.Customer
	Score int   // of the less sure of the two steps that lead to them
	Sure  bool  // nothing speaks against it: they are one
}

// Index answers to whom a key leads. New customers have negative numbers.
//
// Customers that are surely one stay apart in it, but are guarded as one: what
// contradicts any of them contradicts all. They are merged once the evidence is
// stored, and whenever that happens, the same people come out.
type Index struct {
	owners map[Key]int64
	known  map[int64]*Known
	groups map[int64]int64   // towards the head of those who are one
	apart  map[[2]int64]bool // pairs of heads that a person has told apart
	shares map[int64]int     // customers by the hash of a phone or home they have; absent: not asked for
	made   int64
}

// NewIndex is an index over what the database knows of the keys at hand.
func NewIndex(owners map[Key]int64, known map[int64]*Known) *Index {
	return &Index{owners: owners, known: known, groups: map[int64]int64{}, apart: map[[2]int64]bool{}, shares: map[int64]int{}}
}

// Sharing says how many customers have a phone or a home, by its hash.
func (x *Index) Sharing(hint int64, customers int) { x.shares[hint] = customers }

// Same says that two known customers are one.
func (x *Index) Same(a, b int64) {
	a, b = x.head(a), x.head(b)
	if a == b {
		return
	}
	x.known[a].join(x.known[b])
	x.groups[b] = a
	for pair := range x.apart {
		x.Apart(pair[0], pair[1])
	}
}

// Apart says that two customers are not one; nothing joins them.
func (x *Index) Apart(a, b int64) { x.apart[x.pair(a, b)] = true }

func (x *Index) pair(a, b int64) [2]int64 {
	a, b = x.head(a), x.head(b)
	return [2]int64{min(a, b), max(a, b)}
}

func (x *Index) head(customer int64) int64 {
	for {
		next, ok := x.groups[customer]
		if !ok {
			return customer
		}
		customer = next
	}
}

// Match walks down the ladder: the surest key whose customer is not
// contradicted wins, and the evidence's other keys become the customer's unless
// they are somebody's already. Nobody found: a new customer. The result depends
// on the order of calls only, not on how they are cut into batches.
func (x *Index) Match(e Evidence) Match {
	var m Match
	if len(e.Keys) > 0 {
		m.By = e.Keys[0]
	}
	others := x.namedBy(e)
	for _, o := range others {
		if !o.refused() {
			m.Customer, m.Reason, m.By = o.customer, o.by.Kind, o.by
			break
		}
	}
	if m.Customer == 0 {
		x.made++
		m.Customer = -x.made
		x.known[m.Customer] = &Known{MemberIDs: map[int64][]string{}}
	}
	m.NewKeys = x.claim(m.Customer, e)
	x.learn(m.Customer, e)
	m.Links = x.links(m, others)
	return m
}

// Stranger is a new customer of e, whomever its keys lead to: somebody who met
// the person says so. Keys of others stay theirs.
func (x *Index) Stranger(e Evidence) Match {
	x.made++
	m := Match{Customer: -x.made, By: e.Keys[0]}
	x.known[m.Customer] = &Known{MemberIDs: map[int64][]string{}}
	m.NewKeys = x.claim(m.Customer, e)
	x.learn(m.Customer, e)
	return m
}

// Said is what e adds to a known customer whose evidence it is, because somebody
// says so: the keys that are nobody's. Others whom e names are pairs for a person
// to look at, however sure the steps are that lead to them.
func (x *Index) Said(customer int64, e Evidence) Match {
	m := Match{Customer: customer, Reason: byStaff, By: e.Keys[0]}
	others := x.namedBy(e)
	m.NewKeys = x.claim(customer, e)
	for _, o := range others {
		if x.head(o.customer) != x.head(customer) {
			m.Links = append(m.Links, Link{A: customer, B: o.customer, Score: o.by.score()})
		}
	}
	x.learn(customer, e)
	return m
}

// claim makes keys that are nobody's the customer's. Mail and name together are
// a key only where the address itself is somebody else's.
func (x *Index) claim(customer int64, e Evidence) (claimed []Key) {
	shared := false
	for _, k := range e.Keys {
		owner, taken := x.owners[k]
		shared = shared || k.Kind == Mail && taken && x.head(owner) != x.head(customer)
		if taken || k.Kind == MailName && !shared {
			continue
		}
		x.owners[k] = customer
		claimed = append(claimed, k)
	}
	return claimed
}

func (x *Index) learn(customer int64, e Evidence) {
	k := x.known[x.head(customer)]
	had := k.hints
	k.learn(e)
	if had.Phone != k.hints.Phone {
		x.shares[k.hints.Phone]++
	}
	if had.Address != k.hints.Address {
		x.shares[k.hints.Address]++
	}
}

// crowded says that the phone or home in a key has too many customers for a name
// to tell them apart; a room they have in common does.
func (x *Index) crowded(kind KeyKind, e Evidence, known *Known) bool {
	switch kind {
	case PhoneName:
		return x.shares[e.Hints.Phone] > family
	case NameAddress:
		return x.shares[e.Hints.Address] > family && !known.sameRoom(e)
	}
	return false
}

// named is a customer that evidence leads to, and the surest key that does.
type named struct {
	customer     int64
	by           Key
	contradicted bool
	crowded      bool // by is of a phone or home that too many have
}

func (n named) refused() bool { return n.contradicted || n.crowded }

// namedBy are the customers the keys of e lead to, surest first, of those who
// are one the first; one that a key is not enough for may be led to by a later one.
func (x *Index) namedBy(e Evidence) []named {
	var found []named
	for _, k := range e.Keys {
		owner, ok := x.owners[k]
		if !ok {
			continue
		}
		known := x.known[x.head(owner)]
		n := named{customer: owner, by: k, contradicted: known.contradicts(e) || known.doubts(k, e)}
		n.crowded = x.crowded(k.Kind, e, known)
		at := slices.IndexFunc(found, func(n named) bool { return x.head(n.customer) == x.head(owner) })
		switch {
		case at < 0:
			found = append(found, n)
		case found[at].refused() && !n.refused():
			found[at] = n
		}
	}
	return found
}

// links are the other customers of m's evidence, joined at once where sure.
func (x *Index) links(m Match, others []named) []Link {
	var links []Link
	for _, o := range others {
		if x.head(o.customer) == x.head(m.Customer) {
			continue
		}
		l := Link{A: m.Customer, B: o.customer, Score: min(m.By.score(), o.by.score())}
		if m.Reason == "" {
			l.Score = o.by.score()
		}
		if o.crowded {
			l.Score = min(l.Score, linkedAtOdds)
		}
		l.Sure = l.Score >= sure && !o.refused() && !x.against(l, o.by) && !x.apart[x.pair(l.A, l.B)]
		if l.Sure {
			x.Same(l.A, l.B)
		}
		links = append(links, l)
	}
	return links
}

// against says that what is known of the two of a link speaks against their being
// one: something contradicts it, or a home joins them that may be two.
func (x *Index) against(l Link, by Key) bool {
	a, b := x.known[x.head(l.A)], x.known[x.head(l.B)]
	c := Compare(*a, *b)
	return len(c.contradictions()) > 0 || by.Kind == NameAddress && c.nextDoor(a.Normal, b.Normal)
}

// cmpKeys is the order in which keys are inserted.
func cmpKeys(a, b Key) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Shop, b.Shop), cmp.Compare(a.Value, b.Value))
}
