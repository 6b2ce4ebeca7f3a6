package customer

import (
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"
)

// shortest is from how many letters on a part of a word is looked for. An index
// of trigrams has nothing to offer for less, but it does know how words begin.
const shortest = 3

// searched narrows a list of customers to those that somebody's words may mean:
// a part of name, kana, mail or phone, a whole order number, or a member id.
func searched(q *bun.SelectQuery, words string) {
	text, args := textMatch(words)
	q.Where("s.customer_id IN (SELECT id FROM customers WHERE "+text+`
		UNION SELECT k.customer_id FROM shops JOIN order_keys k ON k.shop_id = shops.id WHERE k.order_no = ?
		UNION SELECT k.customer_id FROM shops JOIN identity_keys k ON k.shop_id = shops.id WHERE k.kind = 'MEMBER_ID' AND k.value = ?)`,
		append(args, words, words)...)
}

// textMatch is the condition on the search text of a profile.
func textMatch(words string) (sql string, args []any) {
	folded := FoldSearch(words)
	if digits := phoneDigits(folded); digits != "" {
		folded = digits
	}
	like := likeEscaper.Replace(folded)
	if utf8.RuneCountInString(folded) >= shortest {
		return "search_text LIKE ?", []any{"%" + like + "%"}
	}
	return "(search_text LIKE ? OR search_text LIKE ? OR search_text LIKE ?)", []any{like + "%", "% " + like + "%", "%\n" + like + "%"}
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
