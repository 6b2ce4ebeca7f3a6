package member

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Profile is what the merchant calls a customer, and knows of him that he may see
// and tell himself.
type Profile struct {
	FamilyName, GivenName, FamilyKana, GivenKana string
	Gender                                       string
	PostalCode, Prefecture, City, AddressLine    string
	Phone, Email                                 string
	BirthDate                                    *time.Time // midnight UTC; nil: not told yet
	BirthDateToldAt                              *time.Time // by himself; nil: never
	MemberSince                                  *time.Time // nil: no member
}

// Name is both names in the order of the language, or "" where neither is known.
func (p *Profile) Name() string { return strings.TrimSpace(p.FamilyName + " " + p.GivenName) }

// Profile is the profile of a customer. Errors: fault.NotFound.
func (s *Service) Profile(ctx context.Context, customer int64) (*Profile, error) {
	p := new(Profile)
	err := s.db.Pool.QueryRow(ctx, `SELECT family_name, given_name, family_kana, given_kana, gender, postal_code, prefecture, city, address_line, phone, email,
			birth_date, birth_date_told_at, member_since FROM customers WHERE id = $1`, customer).
		Scan(&p.FamilyName, &p.GivenName, &p.FamilyKana, &p.GivenKana, &p.Gender, &p.PostalCode, &p.Prefecture, &p.City, &p.AddressLine, &p.Phone, &p.Email,
			&p.BirthDate, &p.BirthDateToldAt, &p.MemberSince)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "there is no such customer")
	}
	return p, db.Fault(err)
}
