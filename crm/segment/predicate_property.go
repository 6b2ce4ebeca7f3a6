package segment

import "strings"

// sqlProperty asks the index of the property's own column: the value leads to
// the customers who have it.
func sqlProperty(b *builder, c *Condition) predicate {
	p := predicate{exists: true, not: c.Op == NoneOf || c.Op == Unknown}
	p.sql = "SELECT 1 FROM property_values AS v WHERE v.customer_id = c.id AND v.property_id = " + b.arg(c.field.property.ID)
	if c.Op != Known && c.Op != Unknown {
		p.sql += " AND " + b.propertyValue(c)
	}
	return p
}

func (b *builder) propertyValue(c *Condition) string {
	switch c.field.property.Kind {
	case PropertyNumber:
		return b.propertyNumber(c)
	case PropertyDate:
		return b.propertyDate(c)
	case PropertyBoolean:
		return "v.flag = " + b.arg(c.Bool)
	case PropertyChoices:
		if c.Op == AllOf {
			return "v.choices @> " + b.arg(c.Texts) + "::text[]"
		}
		return "v.choices && " + b.arg(c.Texts) + "::text[]"
	case PropertyText, PropertyChoice:
	}
	if c.Op == Contains {
		return "v.text ILIKE ANY(" + b.arg(containing(c.Texts)) + "::text[])"
	}
	return "v.text = ANY(" + b.arg(c.Texts) + "::text[])"
}

// containing are patterns for texts anywhere in another.
func containing(texts []string) []string {
	escape := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)
	patterns := make([]string, len(texts))
	for i, t := range texts {
		patterns[i] = "%" + escape.Replace(t) + "%"
	}
	return patterns
}

func (b *builder) propertyNumber(c *Condition) string {
	number := func(i int) string { return b.arg(decimal(c.Numbers[i], c.field.Decimals)) + "::numeric" }
	switch c.Op {
	case AtLeast:
		return "v.number >= " + number(0)
	case AtMost:
		return "v.number <= " + number(0)
	case Between:
		return "v.number BETWEEN " + number(0) + " AND " + number(1)
	}
	return "v.number = " + number(0)
}

func (b *builder) propertyDate(c *Condition) string {
	day := func(d Date) string { return b.arg(d.String()) + "::date" }
	switch c.Op {
	case WithinDays:
		return "v.day BETWEEN " + b.date(-c.Numbers[0]) + " AND " + b.date(0)
	case BeforeDays:
		return "v.day < " + b.date(-c.Numbers[0])
	case NextDays:
		return "v.day BETWEEN " + b.date(0) + " AND " + b.date(c.Numbers[0])
	case Since:
		return "v.day >= " + day(c.Dates[0])
	case Before:
		return "v.day < " + day(c.Dates[0])
	case ThisMonth:
		return "extract(month FROM v.day) = " + b.arg(int64(b.now.In(b.zone).Month()))
	case NextMonth:
		return "extract(month FROM v.day) = " + b.arg(int64(b.now.In(b.zone).Month()%12+1))
	}
	return "v.day BETWEEN " + day(c.Dates[0]) + " AND " + day(c.Dates[1])
}
