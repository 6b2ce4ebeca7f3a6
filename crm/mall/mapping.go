package mall

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/fault"
)

// Mapping says how the columns of any order CSV become orders. It is data:
// kept by name, written by staff as JSON, and copied onto each import that
// uses it.
type Mapping struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	// Kind is what a row is: "" or ORDERS, a line of an order; CUSTOMERS, a person.
	// A mapping of customers has no currency and no states.
	Kind string `json:"kind,omitempty"`
	// Currency of all money in the file, ISO 4217, unless a column tells it.
	Currency string `json:"currency,omitempty"`
	// Zone of times without an offset, IANA; default Asia/Tokyo.
	Zone string `json:"zone,omitempty"`
	// DateOrder of dates that do not begin with the year: YMD (default), MDY, DMY.
	DateOrder dateOrder `json:"dateOrder,omitempty"`
	// Columns of each field, by name; of several names the first that the file has.
	Columns map[Field][]string `json:"columns"`
	// Properties are the columns of custom properties, by their keys: of a mapping of customers.
	Properties map[string][]string `json:"properties,omitempty"`
	Status     StatusMap           `json:"status,omitzero"`
	// ReturnPrefix of order numbers that give goods back and name no sale.
	ReturnPrefix string `json:"returnPrefix,omitempty"`
	// AdjustmentPrefix of order numbers that correct money without goods.
	AdjustmentPrefix string `json:"adjustmentPrefix,omitempty"`
}

// StatusMap turns the file's words for an order's state into ours.
type StatusMap struct {
	// Default is the state when the file has no status column.
	Default OrderStatus `json:"default"`
	// Values by word; a word that is not here is a problem of its row.
	Values map[string]OrderStatus `json:"values,omitempty"`
}

// Field is a field of the canonical order that a column can fill.
type Field string

// The fields. orderNo, orderedAt, quantity and one of unitPrice and amount are needed.
const (
	FieldOrderNo     Field = "orderNo"
	FieldLineKey     Field = "lineKey" // without it a line is known by its place within its order, all of which must stand in one file
	FieldOrderedAt   Field = "orderedAt"
	FieldShippedAt   Field = "shippedAt"
	FieldCancelledAt Field = "cancelledAt"
	FieldStatus      Field = "status"
	FieldCurrency    Field = "currency"
	FieldSKU         Field = "sku"
	FieldName        Field = "name"
	FieldOption      Field = "option"
	FieldQuantity    Field = "quantity"
	FieldUnitPrice   Field = "unitPrice"
	FieldAmount      Field = "amount"   // of the line
	FieldDiscount    Field = "discount" // of the line, off the price; an amount has it off already
	FieldGoods       Field = "goods"    // of the order, like the five below; written once or on every line
	FieldShipping    Field = "shipping"
	FieldFee         Field = "fee"
	FieldTax         Field = "tax"
	FieldShopCoupon  Field = "shopCoupon"
	FieldMallCoupon  Field = "mallCoupon"
	FieldPointsUsed  Field = "pointsUsed"
	FieldTotal       Field = "total"
	FieldCouponCode  Field = "couponCode"
	FieldMemberID    Field = "memberId"
	FieldMail        Field = "mail"
	FieldFullName    Field = "fullName" // family name first, then a space
	FieldFamilyName  Field = "familyName"
	FieldGivenName   Field = "givenName"
	FieldFullKana    Field = "fullKana"
	FieldFamilyKana  Field = "familyKana"
	FieldGivenKana   Field = "givenKana"
	FieldPhone       Field = "phone"
	FieldPostalCode  Field = "postalCode"
	FieldPrefecture  Field = "prefecture"
	FieldCity        Field = "city"
	FieldAddress     Field = "address"
	FieldGender      Field = "gender"
	FieldBirthDate   Field = "birthDate"
)

// Fields lists the fields in the order a mapping form shows them.
var Fields = []Field{
	FieldOrderNo, FieldLineKey, FieldOrderedAt, FieldShippedAt, FieldCancelledAt, FieldStatus, FieldCurrency,
	FieldSKU, FieldName, FieldOption, FieldQuantity, FieldUnitPrice, FieldAmount, FieldDiscount,
	FieldGoods, FieldShipping, FieldFee, FieldTax, FieldShopCoupon, FieldMallCoupon, FieldPointsUsed, FieldTotal, FieldCouponCode,
	FieldMemberID, FieldMail, FieldFullName, FieldFamilyName, FieldGivenName, FieldFullKana, FieldFamilyKana, FieldGivenKana,
	FieldPhone, FieldPostalCode, FieldPrefecture, FieldCity, FieldAddress, FieldGender, FieldBirthDate,
}

//go:embed mappings/*.json
var builtIn embed.FS

// BuiltInMappings are the examples that ship with the product, by name.
func BuiltInMappings() (map[string]Mapping, error) {
	files, err := fs.Glob(builtIn, "mappings/*.json")
	if err != nil {
		return nil, err
	}
	mappings := map[string]Mapping{}
	for _, f := range files {
		content, err := builtIn.ReadFile(f)
		if err != nil {
			return nil, err
		}
		m, err := ParseMapping(content)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path.Base(f), err)
		}
		mappings[m.Name] = m
	}
	return mappings, nil
}

// ParseMapping reads and checks a mapping. The fault names the field at fault.
func ParseMapping(content []byte) (Mapping, error) {
	var m Mapping
	dec := json.NewDecoder(bytes.NewReader(content))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return Mapping{}, fault.Wrap(fault.Invalid, err, "the mapping is no valid JSON of a mapping: %v", err).WithCode("BAD_MAPPING").At("mapping")
	}
	return m, m.check()
}

func (m Mapping) check() error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, format, args...).WithCode("BAD_MAPPING").At("mapping." + field)
	}
	switch m.Kind {
	case "", "ORDERS":
	case CustomersKind:
		return m.checkPeople()
	default:
		return bad("kind", "a row is one of ORDERS or of CUSTOMERS, not of %q", m.Kind)
	}
	for f := range m.Columns {
		if !slices.Contains(Fields, f) {
			return bad("columns", "there is no field %q", f)
		}
	}
	if len(m.Properties) > 0 {
		return bad("properties", "orders have no custom properties")
	}
	for _, f := range []Field{FieldOrderNo, FieldOrderedAt, FieldQuantity} {
		if len(m.Columns[f]) == 0 {
			return bad("columns."+string(f), "a column for %s is needed", f)
		}
	}
	if len(m.Columns[FieldUnitPrice]) == 0 && len(m.Columns[FieldAmount]) == 0 {
		return bad("columns.unitPrice", "a column for unitPrice or amount is needed")
	}
	if _, ok := minorDigits(m.Currency); !ok {
		return bad("currency", "%q is no ISO 4217 currency", m.Currency)
	}
	if _, err := m.location(); err != nil {
		return bad("zone", "%q is no IANA time zone", m.Zone)
	}
	if !slices.Contains([]dateOrder{"", ymd, mdy, dmy}, m.DateOrder) {
		return bad("dateOrder", "the order of a date is YMD, MDY or DMY")
	}
	states := []OrderStatus{Placed, Shipped, Completed, Cancelled}
	for _, s := range append(slices.Collect(maps.Values(m.Status.Values)), m.Status.Default) {
		if !slices.Contains(states, s) {
			return bad("status", "an order's state is PLACED, SHIPPED, COMPLETED or CANCELLED, not %q", s)
		}
	}
	return nil
}

func (m Mapping) location() (*time.Location, error) {
	if m.Zone == "" {
		return time.LoadLocation("Asia/Tokyo")
	}
	return time.LoadLocation(m.Zone)
}

// MappingOrders is the format of files read by a mapping.
type MappingOrders struct{ Mapping Mapping }

// Name is the format's stable name.
func (MappingOrders) Name() string { return "MAPPING" }

// Mall is any mall.
func (MappingOrders) Mall() Mall { return "" }

// Needs are the columns of the mapping without which there is no order.
func (f MappingOrders) Needs() []Need {
	column := func(fields ...Field) []string {
		var names []string
		for _, field := range fields {
			names = append(names, f.Mapping.Columns[field]...)
		}
		return []string{strings.Join(names, "|")}
	}
	return layout{
		order: slices.Concat(column(FieldOrderNo), column(FieldOrderedAt)), goods: column(FieldQuantity), money: column(FieldUnitPrice, FieldAmount),
	}.needs()
}

// Bind finds the mapping's columns in header.
func (f MappingOrders) Bind(header []string) (Decoder, error) {
	m := f.Mapping
	if m.Kind == CustomersKind {
		return nil, fault.New(fault.Invalid, "the mapping is one of customers").WithCode("BAD_MAPPING").At("mapping")
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	zone, err := m.location()
	if err != nil {
		return nil, err
	}
	digits, _ := minorDigits(m.Currency)
	d := &mappingDecoder{mapping: m, header: header, zone: zone, digits: digits, order: cmpOr(m.DateOrder, ymd), at: map[Field]int{}}
	cols := newColumns(header)
	var missing []string
	for _, field := range Fields {
		d.at[field] = cols.find(m.Columns[field]...)
	}
	for _, field := range []Field{FieldOrderNo, FieldOrderedAt, FieldQuantity} {
		if d.at[field] < 0 {
			missing = append(missing, m.Columns[field][0])
		}
	}
	if d.at[FieldUnitPrice] < 0 && d.at[FieldAmount] < 0 {
		missing = append(missing, append(m.Columns[FieldUnitPrice], m.Columns[FieldAmount]...)[0])
	}
	if len(missing) > 0 {
		return nil, missingColumns(missing)
	}
	d.line = lineColumns{
		key: d.at[FieldLineKey], sku: d.at[FieldSKU], name: d.at[FieldName], option: d.at[FieldOption],
		quantity: d.at[FieldQuantity], unitPrice: d.at[FieldUnitPrice], amount: d.at[FieldAmount], discount: d.at[FieldDiscount],
	}
	return d, nil
}

func cmpOr(a, b dateOrder) dateOrder {
	if a == "" {
		return b
	}
	return a
}
