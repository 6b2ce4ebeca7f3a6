package customer

import (
	"context"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// MailAddress is a mail address of a person in its one spelling; "" for what is none,
// or one that a mall lends.
func MailAddress(s string) string {
	address, relay := mail(s)
	if relay {
		return ""
	}
	return address
}

// OwnMail is the mail address of a customer, as far as the merchant lets him change
// it himself, and who he is since he was merged; tx holds him.
// Errors: fault.NotFound; fault.Precondition NOT_CHANGEABLE.
func (s *Service) OwnMail(ctx context.Context, tx db.Tx, id int64) (who int64, address string, err error) {
	may, err := readOwnRules(ctx, tx)
	if err != nil {
		return 0, "", err
	}
	if !may.Parts[OwnMail] {
		return 0, "", fault.New(fault.Precondition, "the shop changes this on request").WithCode("NOT_CHANGEABLE").At("mail")
	}
	row, err := holdPerson(ctx, tx, id)
	if err != nil {
		return 0, "", err
	}
	return row.ID, row.Email, nil
}

// ChangeOwnMail gives a customer another mail address, which is proved to be his, and
// answers with the former one. What he was known by stays. An address that somebody
// else is known by stays that one's key, and the two are a pair for staff to look at:
// a mailbox that people share makes nobody one. Errors: fault.NotFound.
func (s *Service) ChangeOwnMail(ctx context.Context, tx db.Tx, id int64, address string) (former string, err error) {
	if err := Together(ctx, tx); err != nil {
		return "", err
	}
	row, err := holdPerson(ctx, tx, id)
	if err != nil {
		return "", err
	}
	now := s.clock.Now()
	former, row.Email, row.UpdatedAt = row.Email, address, now
	row.SearchText = searchTextOf(row)
	if _, err := tx.NewUpdate().Model(row).WherePK().Column("email", "search_text", "updated_at").Exec(ctx); err != nil {
		return "", db.Fault(err)
	}
	if err := addKeys(ctx, tx, row); err != nil {
		return "", err
	}
	if err := s.pairByMail(ctx, tx, row); err != nil {
		return "", err
	}
	if err := event.Append(ctx, tx, event.Event{CustomerID: row.ID, OccurredAt: now, Kind: event.MailChanged}); err != nil {
		return "", err
	}
	return former, access.Audit(ctx, tx, access.Entry{Action: "customer.change_own_mail", ObjectKind: "Customer", ObjectID: row.ID})
}

// pairByMail keeps who may be one with a customer, by a mailbox that both have.
func (s *Service) pairByMail(ctx context.Context, tx db.Tx, row *db.Customer) error {
	var others []int64
	err := tx.NewRaw(`SELECT DISTINCT customer_id FROM identity_keys WHERE kind = ? AND shop_id = ? AND value = ? AND customer_id <> ?`,
		Mail, AnyShop, mailKey(row.Email), row.ID).Scan(ctx, &others)
	if err != nil || len(others) == 0 {
		return db.Fault(err)
	}
	var pairs []pairOf
	err = tx.NewRaw(`SELECT least(c.id, ?0) AS customer_id, greatest(c.id, ?0) AS other_id FROM customers c
		WHERE c.id = ANY (?1::bigint[]) AND c.merged_into IS NULL AND NOT c.anonymous`, row.ID, pgdialect.Array(others)).Scan(ctx, &pairs)
	if err != nil || len(pairs) == 0 {
		return db.Fault(err)
	}
	known := map[int64]*Known{}
	if _, err := loadKnown(ctx, tx, append(others, row.ID), known); err != nil {
		return err
	}
	found := map[pairOf]*db.Candidate{}
	for _, p := range pairs {
		c := Compare(*known[p.CustomerID], *known[p.OtherID])
		reason, score, ok := c.doubt()
		if !ok {
			reason, score = ByMail, c.weighed(ByMail)
		}
		found[p] = candidate(p, reason, score, c, row.UpdatedAt)
	}
	return save(ctx, tx, found, row.UpdatedAt)
}
