package customer

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Named is how a program that has its own word for a customer names him: by one
// of the fields, a member id or a LINE id together with the shop it is of.
type Named struct {
	CustomerID int64
	ShopID     int64
	MemberID   string
	LineID     string
	Mail       string
}

// Lookup is the customer whom n names, or the one who survived a merge.
// Errors: fault.Invalid REFERENCE_INVALID unless exactly one thing names him;
// fault.NotFound CUSTOMER_UNKNOWN.
func (s *Service) Lookup(ctx context.Context, n Named) (int64, error) {
	given := 0
	for _, is := range []bool{n.CustomerID != 0, n.MemberID != "", n.LineID != "", n.Mail != ""} {
		if is {
			given++
		}
	}
	if given != 1 || n.ShopID == 0 && (n.MemberID != "" || n.LineID != "") {
		return 0, fault.New(fault.Invalid, "name the customer by one thing: an id, a mail address, or a member id or LINE id with its shop").
			WithCode("REFERENCE_INVALID").At("customer")
	}
	var id int64
	err := s.db.NewRaw(`SELECT survivor_of(id) FROM customers WHERE id = ? AND NOT anonymous`, n.CustomerID).Scan(ctx, &id)
	if n.CustomerID == 0 {
		id, err = lookup(ctx, s.db, n)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fault.New(fault.NotFound, "nobody is known by this").WithCode("CUSTOMER_UNKNOWN").At("customer")
	}
	return id, db.Fault(err)
}

// lookup goes by the keys that orders are matched by, in the same spelling.
func lookup(ctx context.Context, idb bun.IDB, n Named) (id int64, err error) {
	var of mall.Mall
	if n.ShopID != 0 {
		if err := idb.NewRaw("SELECT mall FROM shops WHERE id = ?", n.ShopID).Scan(ctx, &of); err != nil {
			return 0, err
		}
	}
	e := NewEvidence(n.ShopID, of, mall.Buyer{MemberID: n.MemberID, LineID: n.LineID, Mail: n.Mail}, time.Time{})
	at := slices.IndexFunc(e.Keys, func(k Key) bool { return slices.Contains([]KeyKind{MemberID, LineID, Mail, RelayMail}, k.Kind) })
	if at < 0 {
		return 0, sql.ErrNoRows
	}
	k := e.Keys[at]
	err = idb.NewRaw("SELECT survivor_of(customer_id) FROM identity_keys WHERE kind = ? AND shop_id = ? AND value = ?", string(k.Kind), k.Shop, k.Value).Scan(ctx, &id)
	return id, err
}
