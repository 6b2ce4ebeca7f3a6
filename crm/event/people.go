package event

import (
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
)

// shopRow is what recording needs of a shop.
type shopRow struct {
	id       int64
	currency string
}

// people finds whose each row is: a customer by id or by member id of the shop,
// or the one a visitor turned out to be. Who was merged away is followed to who
// he is now. Rows of customers that are not there are refused.
func (r *recording) people(rows []kept, receipt *Receipt) ([]kept, error) {
	found, err := r.lookUp(rows)
	if err != nil {
		return nil, err
	}
	out := rows[:0]
	for _, k := range rows {
		switch {
		case k.CustomerID != 0:
			k.customer = found.customers[k.CustomerID]
		case k.MemberID != "":
			k.customer = found.customers[found.members[k.MemberID]]
		default:
			k.customer = found.customers[found.visitors[k.VisitorID]]
		}
		switch {
		case k.customer != 0 || k.CustomerID == 0 && k.MemberID == "":
			out = append(out, k)
		case k.CustomerID != 0:
			receipt.refuse(k.index, fault.New(fault.Invalid, "there is no such customer").WithCode("CUSTOMER_UNKNOWN").At("customerId"))
		default:
			receipt.refuse(k.index, fault.New(fault.Invalid, "no customer of the shop has this member id").WithCode("MEMBER_UNKNOWN").At("memberId"))
		}
	}
	return out, nil
}

// who are the people that a batch names.
type who struct {
	members   map[string]int64 // customer by member id
	visitors  map[string]int64 // customer by visitor id
	customers map[int64]int64  // who each is now; the anonymous and unknown are not there
}

func (r *recording) lookUp(rows []kept) (*who, error) {
	w := &who{customers: map[int64]int64{}}
	ids, members, visitors := map[int64]bool{}, map[string]bool{}, map[string]bool{}
	for _, k := range rows {
		switch {
		case k.CustomerID != 0:
			ids[k.CustomerID] = true
		case k.MemberID != "":
			members[k.MemberID] = true
		default:
			visitors[k.VisitorID] = true
		}
	}
	var err error
	if w.members, err = r.pairs("SELECT value, customer_id FROM identity_keys WHERE kind = 'MEMBER_ID' AND shop_id = $1 AND value = ANY ($2)", members); err != nil {
		return nil, err
	}
	if w.visitors, err = r.pairs("SELECT visitor_id, customer_id FROM visitors WHERE shop_id = $1 AND visitor_id = ANY ($2)", visitors); err != nil {
		return nil, err
	}
	for _, of := range []map[string]int64{w.members, w.visitors} {
		for _, id := range of {
			ids[id] = true
		}
	}
	return w, r.follow(ids, w.customers)
}

func (r *recording) pairs(sql string, names map[string]bool) (map[string]int64, error) {
	out := make(map[string]int64, len(names))
	if len(names) == 0 {
		return out, nil
	}
	rows, err := r.tx.Query(r.ctx, sql, prepared, r.shop.id, keysOf(names))
	if err != nil {
		return nil, err
	}
	var name string
	var id int64
	_, err = pgx.ForEachRow(rows, []any{&name, &id}, func() error { out[name] = id; return nil })
	return out, err
}

// maxMerges bounds how often a customer was merged into one who was merged himself.
const maxMerges = 16

// follow tells who each of these customers is now.
func (r *recording) follow(ids map[int64]bool, into map[int64]int64) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := r.tx.Query(r.ctx, `WITH RECURSIVE now AS (
			SELECT c.id AS given, c.id, c.merged_into, c.anonymous, 0 AS depth FROM customers c WHERE c.id = ANY ($1)
			UNION ALL
			SELECT n.given, c.id, c.merged_into, c.anonymous, n.depth + 1 FROM now n JOIN customers c ON c.id = n.merged_into WHERE n.depth < `+
		strconv.Itoa(maxMerges)+`)
		SELECT given, id FROM now WHERE merged_into IS NULL AND NOT anonymous`, prepared, keysOf(ids))
	if err != nil {
		return err
	}
	var given, id int64
	_, err = pgx.ForEachRow(rows, []any{&given, &id}, func() error { into[given] = id; return nil })
	return err
}

func keysOf[K comparable](set map[K]bool) []K {
	list := make([]K, 0, len(set))
	for key := range set {
		list = append(list, key)
	}
	return list
}
