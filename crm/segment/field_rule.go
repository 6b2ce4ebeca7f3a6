package segment

import "github.com/meguri-crm/meguri/crm/gid"

// ruleField is the field of the rules of the point programme that gave people points.
const ruleField = "earn_rule"

// ruleFields speak of what gave people points.
func ruleFields(merchant Merchant) []*Field {
	return []*Field{{
		Name: ruleField, Type: TypeChoices, Group: membership,
		Words:     Words{"ポイントのルール", "Rules of points"},
		Help:      Words{"ポイントのルール（倍率、固定ポイント、行動）で付いたポイントがあるか。取り消された分は数えない", "Whether rules of the point programme gave points; what was taken back does not count"},
		Operators: []Operator{AnyOf, NoneOf, Known, Unknown}, Choices: merchant.EarnRules,
		sql: sqlRule, ja: jaRule, en: enRule,
	}}
}

// sqlRule asks what rules gave, which has an index by person and rule.
func sqlRule(b *builder, c *Condition) predicate {
	p := predicate{sql: "SELECT 1 FROM earn_uses AS u WHERE u.customer_id = c.id", exists: true, not: c.Op == NoneOf || c.Op == Unknown}
	if c.Op == Known || c.Op == Unknown {
		return p
	}
	ids := make([]int64, len(c.Texts))
	for i, text := range c.Texts {
		ids[i], _ = gid.Decode("EarnRule", text) // a choice of the catalog: always one
	}
	p.sql += " AND u.rule_id = ANY(" + b.arg(ids) + "::bigint[])"
	return p
}

func jaRule(_ *speaker, c *Condition) phrase {
	names := c.textsIn("ja")
	for i, n := range names {
		names[i] = "「" + n + "」"
	}
	switch c.Op {
	case Known:
		return phrase{"ルールでポイントが付き", "ルールでポイントが付いた"}
	case Unknown:
		return phrase{"ルールでポイントが付いたことがなく", "ルールでポイントが付いたことがない"}
	}
	text := someOf(names, "か", "など（ほか%d件）") + "でポイントが付"
	if c.Op == NoneOf {
		return phrase{text + "いたことがなく", text + "いたことがない"}
	}
	return phrase{text + "き", text + "いた"}
}

func enRule(_ *speaker, c *Condition) string {
	names := someOf(c.textsIn("en"), " or ", " or %d more")
	switch c.Op {
	case Known:
		return "got points by some rule"
	case Unknown:
		return "never got points by a rule"
	case NoneOf:
		return "never got points by " + names
	}
	return "got points by " + names
}
