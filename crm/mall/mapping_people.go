package mall

import (
	"regexp"
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/fault"
)

// CustomersKind is the kind of mappings whose rows are people.
const CustomersKind = "CUSTOMERS"

// The fields of a person beside those of a buyer.
const (
	FieldLineID        Field = "lineId"
	FieldMailConsent   Field = "mailConsent" // yes or no
	FieldSMSConsent    Field = "smsConsent"
	FieldPostalConsent Field = "postalConsent"
	FieldConsentedAt   Field = "consentedAt" // of all three
	FieldJoinedAt      Field = "joinedAt"    // since when he is a member of the program; who has none is none
)

// PersonFields lists the fields of a person in the order a mapping form shows them.
var PersonFields = []Field{
	FieldMemberID, FieldJoinedAt, FieldMail, FieldLineID, FieldFullName, FieldFamilyName, FieldGivenName, FieldFullKana, FieldFamilyKana, FieldGivenKana,
	FieldPhone, FieldPostalCode, FieldPrefecture, FieldCity, FieldAddress, FieldGender, FieldBirthDate,
	FieldMailConsent, FieldSMSConsent, FieldPostalConsent, FieldConsentedAt,
}

// knownBy are the fields by which a person can be known, each with what it needs beside it.
var knownBy = [][]Field{{FieldMemberID}, {FieldMail}, {FieldLineID}, {FieldPhone, FieldFullName, FieldFamilyName, FieldFullKana, FieldFamilyKana}}

// checkPeople is check for mappings of customers.
func (m Mapping) checkPeople() error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, format, args...).WithCode("BAD_MAPPING").At("mapping." + field)
	}
	for f := range m.Columns {
		if !slices.Contains(PersonFields, f) {
			return bad("columns", "a person has no field %q", f)
		}
	}
	if err := m.checkProperties(); err != nil {
		return err
	}
	if !m.knows(func(f Field) bool { return len(m.Columns[f]) > 0 }) {
		return bad("columns.mail", "a column to know a person by is needed: memberId, mail, lineId, or phone and name")
	}
	if _, err := m.location(); err != nil {
		return bad("zone", "%q is no IANA time zone", m.Zone)
	}
	if !slices.Contains([]dateOrder{"", ymd, mdy, dmy}, m.DateOrder) {
		return bad("dateOrder", "the order of a date is YMD, MDY or DMY")
	}
	return nil
}

// maxProperties is how many custom properties a mapping may fill.
const maxProperties = 100

var propertyKey = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

func (m Mapping) checkProperties() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, format, args...).WithCode("BAD_MAPPING").At("mapping.properties")
	}
	if len(m.Properties) > maxProperties {
		return bad("at most %d custom properties", maxProperties)
	}
	for key, columns := range m.Properties {
		if !propertyKey.MatchString(key) || len(columns) == 0 {
			return bad("%q is no key of a custom property with its column", key)
		}
	}
	return nil
}

// PropertyColumns are where the columns of custom properties stand in a header,
// by the keys of the properties; what the file has not is left out.
func (m Mapping) PropertyColumns(header []string) map[string]int {
	found, cols := map[string]int{}, newColumns(header)
	for key, columns := range m.Properties {
		if at := cols.find(columns...); at >= 0 {
			found[key] = at
		}
	}
	return found
}

// ColumnOf is where the column of a name stands in a header; -1: nowhere.
func ColumnOf(header []string, name string) int { return newColumns(header).find(name) }

// knows says that what is there suffices to know a person by.
func (m Mapping) knows(there func(Field) bool) bool {
	for _, way := range knownBy {
		if there(way[0]) && (len(way) == 1 || slices.ContainsFunc(way[1:], there)) {
			return true
		}
	}
	return false
}

// MappingCustomers is the format of files of customers read by a mapping.
type MappingCustomers struct{ Mapping Mapping }

// Name is the format's stable name.
func (MappingCustomers) Name() string { return "MAPPING" }

// Mall is any mall.
func (MappingCustomers) Mall() Mall { return "" }

// BindPeople finds the mapping's columns in header.
func (f MappingCustomers) BindPeople(header []string) (PersonDecoder, error) {
	m := f.Mapping
	if m.Kind != CustomersKind {
		return nil, fault.New(fault.Invalid, "the mapping is one of orders").WithCode("BAD_MAPPING").At("mapping")
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	zone, err := m.location()
	if err != nil {
		return nil, err
	}
	d := &mappingDecoder{mapping: m, header: header, zone: zone, order: cmpOr(m.DateOrder, ymd), at: map[Field]int{}}
	cols := newColumns(header)
	var missing []string
	for _, field := range append(slices.Clone(Fields), PersonFields...) {
		d.at[field] = cols.find(m.Columns[field]...)
	}
	for _, field := range PersonFields {
		if columns := m.Columns[field]; len(columns) > 0 && d.at[field] < 0 {
			missing = append(missing, columns[0])
		}
	}
	if !m.knows(func(f Field) bool { return d.at[f] >= 0 }) {
		return nil, missingColumns(missing)
	}
	return mappingPeople{d}, nil
}

type mappingPeople struct{ *mappingDecoder }

// Person implements PersonDecoder.
func (d mappingPeople) Person(rec []string) (Person, error) {
	p := Person{Buyer: d.buyer(rec)}
	p.Buyer.LineID = d.cell(rec, FieldLineID)
	p.Buyer.Prefecture = prefecture(p.Buyer.Prefecture)
	if brokenMail(p.Buyer.Mail) {
		return Person{}, d.problem(BadMail, FieldMail, "")
	}
	born := d.cell(rec, FieldBirthDate)
	if brokenDay(born, d.order) {
		return Person{}, d.problem(BadDate, FieldBirthDate, "")
	}
	if born != "" && d.mapping.DateOrder != "" {
		at, err := d.time(rec, FieldBirthDate)
		if err != nil {
			return Person{}, err
		}
		p.Buyer.BirthDate = at.Format("2006-01-02")
	}
	at, err := d.time(rec, FieldConsentedAt)
	if err != nil {
		return Person{}, err
	}
	p.Words, err = words(rec, d.header, []consentColumn{
		{"MAIL", d.at[FieldMailConsent]}, {"SMS", d.at[FieldSMSConsent]}, {"POSTAL", d.at[FieldPostalConsent]},
	})
	for i := range p.Words {
		if p.Words[i].Given { // a date of consent says nothing about a refusal
			p.Words[i].At = at
		}
	}
	if err != nil {
		return Person{}, err
	}
	joined, err := joinedAt(d.cell(rec, FieldJoinedAt), d.order, d.zone)
	if err != nil {
		return Person{}, d.problem(BadDate, FieldJoinedAt, err.Error())
	}
	p.Member = memberSince(joined)
	return p, nil
}

// JoinedColumn implements Enrolling.
func (d mappingPeople) JoinedColumn() string {
	if i := d.at[FieldJoinedAt]; i >= 0 {
		return strings.TrimSpace(d.header[i])
	}
	return ""
}
