package audit

import (
	"context"

	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/db"
)

// Ref is an object that an entry is about.
type Ref struct {
	Kind string
	ID   int64
}

// names is how the objects of a kind are called; a kind without a statement has
// no names of its own.
var names = map[string]string{
	"Alert":           "SELECT id, subject_name AS name FROM alerts WHERE id = ANY (?)",
	"ApiClient":       "SELECT id, name FROM api_clients WHERE id = ANY (?)",
	"WebhookEndpoint": "SELECT id, name FROM webhook_endpoints WHERE id = ANY (?)",
	"ImportMapping":   "SELECT id, name FROM import_mappings WHERE id = ANY (?)",
	"MallEvent":       "SELECT id, name FROM mall_event_occurrences WHERE id = ANY (?)",
	"Stage":           "SELECT id, name FROM stages WHERE id = ANY (?)",
	"Campaign":        "SELECT id, name FROM campaigns WHERE id = ANY (?)",
	"Customer":        "SELECT id, btrim(concat_ws(' ', family_name, given_name)) AS name FROM customers WHERE id = ANY (?)",
	"Import":          "SELECT id, file_name AS name FROM imports WHERE id = ANY (?)",
	"MallConnection":  "SELECT c.id, s.name FROM pull_connections c JOIN shops s ON s.id = c.shop_id WHERE c.id = ANY (?)",
	"Offer":           "SELECT id, name FROM offers WHERE id = ANY (?)",
	"CustomerTag":     "SELECT id, name FROM customer_tags WHERE id = ANY (?)",
	"Property":        "SELECT id, name FROM properties WHERE id = ANY (?)",
	"SavedView":       "SELECT id, name FROM saved_views WHERE id = ANY (?)",
	"WatchedFolder":   "SELECT id, folder AS name FROM inboxes WHERE id = ANY (?)",
	"EarnRule":        "SELECT DISTINCT ON (rule_id) rule_id AS id, name FROM earn_rule_versions WHERE rule_id = ANY (?) ORDER BY rule_id, version DESC",
	"Segment":         "SELECT id, name FROM segments WHERE id = ANY (?)",
	"SenderDomain":    "SELECT id, domain AS name FROM sender_domains WHERE id = ANY (?)",
	"Shop":            "SELECT id, name FROM shops WHERE id = ANY (?)",
	"Staff":           "SELECT id, name FROM staff WHERE id = ANY (?)",
	"StaffInvite":     "SELECT id, email AS name FROM staff_invites WHERE id = ANY (?)",
	"TokenIssuer":     "SELECT id, name FROM token_issuers WHERE id = ANY (?)",
	"Task":            "SELECT id, subject AS name FROM tasks WHERE id = ANY (?)",
}

// Names is what the objects are called now; one that is gone, or whose kind has
// no names, is left out. It takes one statement per kind.
func (l *Log) Names(ctx context.Context, refs []Ref) (map[Ref]string, error) {
	byKind := map[string][]int64{}
	for _, ref := range refs {
		byKind[ref.Kind] = append(byKind[ref.Kind], ref.ID)
	}
	found := map[Ref]string{}
	for kind, ids := range byKind {
		statement, ok := names[kind]
		if !ok {
			continue
		}
		var rows []struct {
			ID   int64
			Name string
		}
		if err := l.DB.NewRaw(statement, pgdialect.Array(ids)).Scan(ctx, &rows); err != nil {
			return nil, db.Fault(err)
		}
		for _, row := range rows {
			found[Ref{kind, row.ID}] = row.Name
		}
	}
	return found, nil
}
