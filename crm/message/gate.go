package message

import (
	"context"
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/message/channel"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Gate is the one place every send passes: it asks policy, consent, suppression,
// quiet hours and caps about each recipient and what he would be sent. It belongs to one
// database and is safe for concurrent use.
type Gate struct {
	clock clock.Clock
	zone  *time.Location // rules take effect at midnight here
	rules policy.Shelf
	paces paces
}

// NewGate makes the gate of a merchant in zone.
func NewGate(c clock.Clock, zone *time.Location) *Gate { return &Gate{clock: c, zone: zone} }

// Verdict is the gate's answer for one customer.
type Verdict struct {
	CustomerID int64
	// Address to write to; "" when refused.
	Address string
	// OriginShopID and OriginMall name the shop whose consent lets one speak; 0
	// and "" when refused.
	OriginShopID int64
	OriginMall   string
	// Refusals holds every rule id (LAW-01 …) and code (NO_ADDRESS) that says
	// no, most telling first; empty when allowed.
	Refusals []string
}

// Allowed reports whether the customer may be written to.
func (v Verdict) Allowed() bool { return len(v.Refusals) == 0 }

// Reason is the first refusal, "" when allowed.
func (v Verdict) Reason() string {
	if v.Allowed() {
		return ""
	}
	return v.Refusals[0]
}

// Asked is one customer about whom the gate is asked, and what he would be
// sent; without a letter he is judged alone.
type Asked struct {
	CustomerID  int64
	Letter      *Letter
	IgnoresCaps bool // how much he got before does not matter
}

// Check judges customers for advertising through a channel ("MAIL") with what
// each would be sent. It answers one verdict per asked in their order; a
// customer that does not exist, is anonymous or was merged into another has no
// address and no consent. It reads a few statements whatever the number of
// customers; some thousands at a time are meant. A letter is judged by the rules
// of the day, once for all who get it. Nothing goes out on its word alone: that
// is what Admit is for.
// Errors: fault.Internal when a rule in force cannot be checked.
func (g *Gate) Check(ctx context.Context, idb bun.IDB, through string, asked []Asked) ([]Verdict, error) {
	verdicts, err := g.judge(ctx, idb, through, asked)
	if err != nil {
		return nil, err
	}
	return verdicts, g.capOut(ctx, idb, through, asked, verdicts)
}

// judge asks policy, consent and suppression.
func (g *Gate) judge(ctx context.Context, idb bun.IDB, through string, asked []Asked) ([]Verdict, error) {
	rules, err := g.rules.Set(ctx, idb, through, g.today())
	if err != nil {
		return nil, err
	}
	readings, err := g.readings(ctx, idb, rules, asked)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(asked))
	for i, a := range asked {
		ids[i] = a.CustomerID
	}
	people, err := loadRecipients(ctx, idb, through, ids, g.today())
	if err != nil {
		return nil, err
	}
	verdicts := make([]Verdict, len(asked))
	for i, a := range asked {
		person := people[a.CustomerID]
		verdicts[i] = verdict(a.CustomerID, person.address, rules.Decide(person.facts, readings[a.Letter]))
	}
	return verdicts, nil
}

// readings is what the rules say of each distinct letter.
func (g *Gate) readings(ctx context.Context, idb bun.IDB, rules *policy.Set, asked []Asked) (map[*Letter]*policy.Reading, error) {
	readings := map[*Letter]*policy.Reading{}
	for _, a := range asked {
		if _, done := readings[a.Letter]; done || a.Letter == nil {
			continue
		}
		reading, err := a.Letter.read(ctx, idb, rules, g.now())
		if err != nil {
			return nil, err
		}
		readings[a.Letter] = reading
	}
	return readings, nil
}

// CheckLetter is what the rules say of a content to staff: findings for all
// recipients, and those for recipients one speaks to by the consent of a mall
// the merchant has a shop on.
func (g *Gate) CheckLetter(ctx context.Context, idb bun.IDB, through string, l *Letter) ([]policy.Finding, error) {
	rules, err := g.rules.Set(ctx, idb, through, g.today())
	if err != nil {
		return nil, err
	}
	reading, err := l.read(ctx, idb, rules, g.now())
	if err != nil {
		return nil, err
	}
	var malls []string
	if err := idb.NewSelect().Table("shops").ColumnExpr("DISTINCT mall").Where("archived_at IS NULL").Order("mall").Scan(ctx, &malls); err != nil {
		return nil, db.Fault(err)
	}
	return reading.Findings(malls), nil
}

// Try is what rules that need not be in force say of a content about recipients
// of the origins, whatever staff have lifted.
func (g *Gate) Try(ctx context.Context, idb bun.IDB, rules *policy.Set, l *Letter, origins []string) ([]policy.Finding, error) {
	reading, _, err := l.reads(ctx, idb, rules, g.now())
	if err != nil {
		return nil, err
	}
	return reading.Findings(origins), nil
}

// CheckSender is what LAW-02 and its like say about the merchant himself: the
// sender of a campaign, and how long he keeps records of consent.
func (g *Gate) CheckSender(ctx context.Context, idb bun.IDB, through string, sender policy.Sender) ([]policy.Finding, error) {
	rules, err := g.rules.Set(ctx, idb, through, g.today())
	if err != nil {
		return nil, err
	}
	days, err := retentionDays(ctx, idb)
	return append(rules.CheckSender(sender), rules.CheckRetention(days)...), err
}

// retentionDays is for how many days after the last mail records of consent are
// kept: the setting "retention", or 0, for good.
func retentionDays(ctx context.Context, idb bun.IDB) (int, error) {
	var days []int
	err := idb.NewSelect().Table("settings").ColumnExpr("coalesce((value->>'consentDays')::int, 0)").Where("key = 'retention'").Scan(ctx, &days)
	if err != nil || len(days) == 0 {
		return 0, db.Fault(err)
	}
	return days[0], nil
}

func (g *Gate) now() time.Time   { return g.clock.Now().In(g.zone) }
func (g *Gate) today() time.Time { return policy.Day(g.clock.Now(), g.zone) }

func verdict(id int64, address string, d policy.Decision) Verdict {
	if !d.Allowed() {
		return Verdict{CustomerID: id, Refusals: d.Refusals}
	}
	return Verdict{CustomerID: id, Address: address, OriginShopID: d.Origin.ShopID, OriginMall: d.Origin.Mall}
}

// recipient is one customer as the rules see him, and his address.
type recipient struct {
	address string
	facts   policy.Recipient
}

// recipientsSQL reads, per customer, the malls he is known from and whether he
// is suppressed, by his address or, where lists told them, by his member's number
// or his phone, in one row for each shop whose newest consent record he
// has, or in one row without a shop.
const recipientsSQL = `
SELECT c.id, c.email, coalesce(sup.reason, ''), coalesce(sup.at, 'epoch'),
       ARRAY(SELECT DISTINCT s.mall FROM identities i JOIN shops s ON s.id = i.shop_id WHERE i.customer_id = c.id),
       coalesce(said.origin_shop_id, 0), coalesce(shop.mall, ''), coalesce(said.state = 'GIVEN', false),
       coalesce(said.occurred_at, 'epoch'), coalesce(said.recorded, false), coalesce(date_part('year', age($3::date, c.birth_date))::int, 0)
FROM unnest($1::bigint[]) AS asked (id)
JOIN customers c ON c.id = asked.id AND NOT c.anonymous AND c.merged_into IS NULL
LEFT JOIN LATERAL (
    SELECT DISTINCT ON (o.origin_shop_id) o.origin_shop_id, o.state, o.occurred_at, o.wording <> '' OR o.evidence <> '{}' AS recorded
    FROM consents o
    WHERE o.customer_id = c.id AND o.channel = $2 AND o.purpose = 'MARKETING'
    ORDER BY o.origin_shop_id, o.occurred_at DESC, o.id DESC
) said ON true
LEFT JOIN shops shop ON shop.id = said.origin_shop_id
LEFT JOIN LATERAL (
    SELECT u.reason, u.at FROM (
        SELECT s.reason, s.at FROM suppressions s
        WHERE c.email <> '' AND s.channel = $2 AND s.value_hash = sha256(convert_to(lower(btrim(c.email)), 'UTF8'))
        UNION ALL
        SELECT s.reason, s.at FROM identity_keys k
        JOIN suppressions s ON s.channel = 'MEMBER_NO' AND s.value_hash = sha256(convert_to(k.shop_id || ':' || k.value, 'UTF8'))
        WHERE k.customer_id = c.id AND k.kind = 'MEMBER_ID' AND $2 = 'MAIL' AND EXISTS (SELECT FROM suppressions WHERE channel = 'MEMBER_NO')
        UNION ALL
        SELECT s.reason, s.at FROM suppressions s
        WHERE c.phone <> '' AND s.channel = 'PHONE' AND s.value_hash = sha256(convert_to(c.phone, 'UTF8')) AND $2 = 'MAIL'
            AND EXISTS (SELECT FROM suppressions WHERE channel = 'PHONE')
    ) u ORDER BY (u.reason = 'OPT_OUT'), u.at DESC LIMIT 1
) sup ON true`

// recipientRow is a row of recipientsSQL.
type recipientRow struct {
	ID           int64
	Email        string
	Suppression  string
	SuppressedAt time.Time
	Malls        []string
	ShopID       int64 // 0: he has no record
	Mall         string
	Given        bool
	At           time.Time
	Recorded     bool
	Age          int // 0: not known
}

func loadRecipients(ctx context.Context, idb bun.IDB, through string, ids []int64, today time.Time) (map[int64]recipient, error) {
	rows, err := db.Prepared(ctx, idb, pgx.RowToStructByPos[recipientRow], recipientsSQL, distinct(ids), through, today)
	if err != nil {
		return nil, err
	}
	people := make(map[int64]recipient, len(ids))
	for _, row := range rows {
		person, known := people[row.ID]
		if !known {
			person = row.recipient()
		}
		switch {
		case row.ShopID == 0:
		case row.Given:
			person.facts.Consents = append(person.facts.Consents,
				policy.Consent{ShopID: row.ShopID, Mall: row.Mall, OccurredAt: row.At, Recorded: row.Recorded})
		default:
			person.facts.Withdrawn = true
		}
		people[row.ID] = person
	}
	return people, nil
}

// recipient is the customer of the row without what he said.
func (row recipientRow) recipient() recipient {
	address := strings.TrimSpace(row.Email)
	domain := strings.ToLower(channel.Domain(address))
	return recipient{address: address, facts: policy.Recipient{
		KnownFrom: row.Malls, Suppression: row.Suppression, SuppressedAt: row.SuppressedAt,
		Domain: domain, HasAddress: address != "" && !mall.IsRelayDomain(domain), Age: max(row.Age, 0),
	}}
}

// distinct is each id once, in order: who is asked about twice has said what he
// said once.
func distinct(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// AddressHash is the key of an address in suppressions: the SHA-256 of it,
// trimmed and in lower case. The gate computes the same in SQL.
func AddressHash(email string) []byte {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(email))))
	return sum[:]
}
