package intake

import (
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Membership is whether a file of customers made members of them.
type Membership string

// The answers.
const (
	MembersTold    Membership = "TOLD"     // those of whom it says since when
	MembersUntold  Membership = "UNTOLD"   // it has no column that says so
	MembersLeftOut Membership = "LEFT_OUT" // it has one, and staff asked to leave it out
)

// MembershipOf is whether an import makes members; "" for files that are not of
// customers, and before the header is read.
func MembershipOf(imp *db.Import) Membership {
	if imp.Kind != customersKind || len(imp.Header) == 0 {
		return ""
	}
	f, err := personFormat(imp)
	switch {
	case err != nil || f.Name() == (mall.Members{}).Name():
		return MembersTold
	case joinedColumn(f, imp.Header) == "":
		return MembersUntold
	case imp.WithoutMembers:
		return MembersLeftOut
	}
	return MembersTold
}

// joinedColumn is the column of a file of customers that says since when they
// are members; "" where none does.
func joinedColumn(f mall.PersonFormat, header []string) string {
	dec, err := f.BindPeople(header)
	if err != nil {
		return ""
	}
	if e, ok := dec.(mall.Enrolling); ok {
		return e.JoinedColumn()
	}
	return ""
}
