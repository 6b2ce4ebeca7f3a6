package segment

// The SQL of fields about the person.

func sqlMemberSince(b *builder, c *Condition) predicate {
	b.join("profile")
	return predicate{sql: b.dates("c.member_since", c)}
}

// sqlConsent looks for words of consent that no later word about the same
// channel to the same shop supersedes.
func sqlConsent(b *builder, c *Condition) predicate {
	shop := ""
	channels := b.arg(c.Texts)
	if c.Mall != "" {
		shop = " AND t.origin_shop_id IN (SELECT h.id FROM shops AS h WHERE h.mall = " + b.arg(c.Mall) + ")"
	}
	where := "t.channel = ANY(" + channels + "::text[]) AND t.purpose = 'MARKETING' AND t.state = 'GIVEN'" + shop +
		" AND NOT EXISTS (SELECT 1 FROM consents AS n WHERE n.customer_id = t.customer_id AND n.channel = t.channel AND n.purpose = 'MARKETING'" +
		" AND n.origin_shop_id = t.origin_shop_id AND (n.occurred_at, n.id) > (t.occurred_at, t.id))"
	if c.Op == AllOf && len(c.Texts) > 1 {
		return predicate{exists: true, sql: grouped("SELECT t.customer_id FROM consents AS t WHERE " + where +
			" GROUP BY t.customer_id HAVING count(DISTINCT t.channel) = " + b.arg(int64(len(c.Texts))))}
	}
	return predicate{exists: true, not: c.Op == NoneOf, sql: "SELECT 1 FROM consents AS t WHERE t.customer_id = c.id AND " + where}
}

func sqlAge(b *builder, c *Condition) predicate {
	b.join("profile")
	return predicate{sql: b.compare("extract(year FROM age("+b.date(0)+", c.birth_date))", c)}
}

// sqlHousehold counts who was said to live with the customer; the customer alone
// is in no household.
func sqlHousehold(b *builder, c *Condition) predicate {
	having, not := b.compare("count(*)", c), false
	if c.satisfiedBy(1) {
		having, not = "NOT ("+having+")", true
	}
	return predicate{exists: true, not: not, sql: grouped("SELECT t.customer_id FROM household_members AS t" +
		" JOIN household_members AS n ON n.household_id = t.household_id GROUP BY t.customer_id HAVING " + having)}
}

// standingReferral is a referral t that nobody refused and of two people.
const standingReferral = "t.status NOT IN ('REFUSED', 'VOID') AND t.reason <> 'SELF'"

func sqlFriends(b *builder, c *Condition) predicate {
	where := standingReferral
	if c.Days != nil {
		where += " AND t.referred_at >= " + b.arg(b.day(-*c.Days))
	}
	return b.counted("(SELECT referrer_id AS customer_id, status, reason, referred_at FROM referrals)", where, "count(*)", c)
}

func sqlBrought(_ *builder, c *Condition) predicate {
	return predicate{exists: true, not: !c.Bool, sql: "SELECT 1 FROM referrals AS t WHERE t.customer_id = c.id AND " + standingReferral}
}

func sqlGender(b *builder, c *Condition) predicate {
	b.join("profile")
	return predicate{sql: "c.gender = ANY(" + b.arg(c.Texts) + "::text[])"}
}

func sqlPrefecture(b *builder, c *Condition) predicate {
	b.join("profile")
	return predicate{sql: "c.prefecture = ANY(" + b.arg(c.Texts) + "::text[])", not: c.Op == NoneOf}
}

func sqlRegion(b *builder, c *Condition) predicate {
	b.join("profile")
	var prefectures []string
	for _, p := range japan {
		if has(c.choices(), p.region) {
			prefectures = append(prefectures, p.name)
		}
	}
	return predicate{sql: "c.prefecture = ANY(" + b.arg(prefectures) + "::text[])", not: c.Op == NoneOf}
}

// choices are the condition's texts as choices.
func (c *Condition) choices() []Choice {
	list := make([]Choice, len(c.Texts))
	for i, t := range c.Texts {
		list[i] = Choice{Value: t}
	}
	return list
}
