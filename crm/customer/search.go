package customer

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// shortest is from how many letters on a part of a word is looked for. An index
// of trigrams has nothing to offer for less, but it does know how words begin.
const shortest = 3

// searched narrows a list of customers to those that somebody's words may mean:
// a part of name, kana, mail or phone, a whole order number, or a member id.
// Whom a number belongs to is read first, as few as that are.
func (s *Service) searched(ctx context.Context, words string) (condition, error) {
	var owners []int64
	err := s.db.NewRaw(`SELECT k.customer_id FROM shops JOIN order_keys k ON k.shop_id = shops.id WHERE k.order_no = ?0
		UNION SELECT k.customer_id FROM shops JOIN identity_keys k ON k.shop_id = shops.id WHERE k.kind = 'MEMBER_ID' AND k.value = ?0`,
		words).Scan(ctx, &owners)
	if err != nil {
		return condition{}, db.Fault(err)
	}
	text, args := textMatch(words)
	profile := []string{"c"}
	if len(owners) == 0 {
		return condition{needs: profile, where: text, args: args}, nil
	}
	return condition{needs: profile, where: "(" + text + " OR c.id = ANY (?::bigint[]))", args: append(args, pgdialect.Array(owners))}, nil
}

// textMatch is the condition on the search text of a profile.
func textMatch(words string) (sql string, args []any) {
	folded := FoldSearch(words)
	if digits := phoneDigits(folded); digits != "" {
		folded = digits
	}
	like := likeEscaper.Replace(folded)
	if utf8.RuneCountInString(folded) >= shortest {
		return "c.search_text LIKE ?", []any{"%" + like + "%"}
	}
	return "(c.search_text LIKE ? OR c.search_text LIKE ? OR c.search_text LIKE ?)", []any{like + "%", "% " + like + "%", "%\n" + like + "%"}
}

// phoneDigits is a phone number as the search text holds it, when the words are
// digits with what people write between them.
func phoneDigits(words string) string {
	if !strings.ContainsAny(words, "-() ") || strings.Trim(words, "+0123456789-() ") != "" {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, words)
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
