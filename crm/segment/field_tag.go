package segment

import "github.com/meguri-crm/meguri/crm/gid"

// tagField is the field of the tags that staff puts on customers.
const tagField = "tag"

// tagFields speak of what staff put on people.
func tagFields(merchant Merchant) []*Field {
	return []*Field{{
		Name: tagField, Type: TypeChoices, Group: properties,
		Words:     Words{"顧客タグ", "Customer tags"},
		Help:      Words{"スタッフが顧客に付けたタグ", "Tags that staff put on customers"},
		Operators: []Operator{AnyOf, AllOf, NoneOf, Known, Unknown}, Choices: merchant.Tags,
		sql: sqlTag, ja: jaTag, en: enTag,
	}}
}

// sqlTag asks the index of a tag for who has it.
func sqlTag(b *builder, c *Condition) predicate {
	p := predicate{exists: true, not: c.Op == NoneOf || c.Op == Unknown}
	if c.Op == Known || c.Op == Unknown {
		p.sql = "SELECT 1 FROM customer_taggings AS t WHERE t.customer_id = c.id"
		return p
	}
	ids := make([]int64, len(c.Texts))
	for i, text := range c.Texts {
		ids[i], _ = gid.Decode("CustomerTag", text) // a choice of the catalog: always one
	}
	which := "t.tag_id = ANY(" + b.arg(ids) + "::bigint[])"
	if c.Op == AllOf && len(ids) > 1 {
		p.sql = grouped("SELECT t.customer_id FROM customer_taggings AS t WHERE " + which + " GROUP BY t.customer_id HAVING count(*) = " + b.arg(int64(len(ids))))
		return p
	}
	p.sql = "SELECT 1 FROM customer_taggings AS t WHERE t.customer_id = c.id AND " + which
	return p
}

func jaTag(_ *speaker, c *Condition) phrase {
	names := c.textsIn("ja")
	for i, n := range names {
		names[i] = "「" + n + "」"
	}
	switch c.Op {
	case Known:
		return phrase{"タグが付いており", "タグが付いている"}
	case Unknown:
		return phrase{"タグが付いておらず", "タグが付いていない"}
	case NoneOf:
		text := "タグ" + someOf(names, "も", "など（ほか%d件）") + "も"
		if len(names) == 1 {
			text = "タグ" + names[0] + "が"
		}
		return phrase{text + "付いておらず", text + "付いていない"}
	case AllOf:
		text := "タグ" + someOf(names, "と", "など（ほか%d件）")
		return phrase{text + "が付いており", text + "が付いている"}
	}
	text := "タグ" + someOf(names, "か", "など（ほか%d件）")
	return phrase{text + "が付いており", text + "が付いている"}
}

func enTag(_ *speaker, c *Condition) string {
	names := c.textsIn("en")
	switch c.Op {
	case Known:
		return "have a tag"
	case Unknown:
		return "have no tag"
	case NoneOf:
		return "are not tagged " + someOf(names, " or ", " or %d more")
	case AllOf:
		return "are tagged " + someOf(names, " and ", " and %d more")
	}
	return "are tagged " + someOf(names, " or ", " or %d more")
}
