package speed

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/meguri-crm/meguri/crm/gid"
)

// values are the variables of a question.
type values = map[string]any

// aside are questions that nobody waits for longer with more customers, and
// that need what the demo merchant does not have.
var aside = map[string]string{
	"ConnectionPulls":    "needs a connection to a mall's service",
	"CustomerBulkEdit":   "needs a change of many customers under way",
	"ImportInspect":      "reads a file that was just uploaded",
	"SignInInvite":       "needs the key of an invitation",
	"SignInResetOpen":    "needs the key of a lost password",
	"WebhooksDeliveries": "needs an endpoint of a partner",
}

// usual are values of variables that mean the same in every question.
var usual = values{
	"first": usualPage, "locale": "ja", "search": "佐藤", "query": "佐藤", "months": 12, "window": 90, "days": 30,
	"includeArchived": true, "withCustomers": true, "withMalls": true, "withPeople": true, "withTags": true, "withProperties": true, "resolved": false, "late": false, "list": "customers", "customerId": "$Customer", "open": false, "unknownCost": false,
	"consented": true, "direction": "DESC", "price": 5000, "value": 500, "minScore": 90, "text": "今だけポイント10倍",
	"rule": values{"all": []any{}},
}

// particular are the values of single questions beside those. "$Type" stands for
// the id of a thing; what a question shows by its id is found by itself.
var particular = map[string]values{
	"AuditEntry":           {"id": "$AuditEntry"},
	"CampaignAudience":     {"id": "$Draft"},
	"CampaignCalendar":     {"from": "$today", "to": "$inAMonth"},
	"CampaignEdit":         {"id": "$Draft"},
	"CampaignFindings":     {"id": "$Draft"},
	"CampaignProspect":     {"id": "$Draft"},
	"CampaignProspects":    {"id": "$Draft"},
	"CampaignQuiet":        {"id": "$Draft"},
	"CampaignRefused":      {"id": "$Draft", "reason": "RK-07"},
	"CandidatePair":        {"id": "$Candidate"},
	"CustomerWhy":          {"campaignId": "$Campaign"},
	"HomeEvents":           {"from": "$today", "to": "$inAMonth"},
	"ImportUndoPreview":    {"id": "$Import"},
	"LedgerAdjustmentRows": {"id": "$PointAdjustment", "troubled": false},
	"LedgerBookings":       {"filter": values{}},
	"MergePreview":         {"survivorId": "$Customer", "mergedId": "$Other"},
	"PolicyPremium":        {"input": values{"kind": "GIFT", "price": 5000, "value": 500}},
	"PolicyReport":         {"id": "$Campaign"},
	"PolicyRuleVersions":   {"id": "RK-07"},
	"ProductCosts":         {"sku": "$sku"},
	"ProductNames":         {"skus": []any{"$sku"}},
	"CampaignRenderPreview": {"input": values{
		"subject": "お知らせ", "mall": "RAKUTEN", "customerId": "$Customer",
		"mjml": "<mjml><mj-body><mj-section><mj-column><mj-text>こんにちは</mj-text></mj-column></mj-section></mj-body></mjml>",
	}},
	"CustomerDuplicates": {"input": values{
		"shopId":  "$Shop",
		"profile": values{"familyName": "佐藤", "givenName": "花子", "phone": "090-1234-5678", "email": "hanako@mail.example"},
	}},
	"MallMailLiveFindings": {"input": values{"campaignId": "$Draft", "mall": "RAKUTEN", "subject": "お知らせ", "text": "今だけポイント10倍"}},
	"PointsProgramPreview": {"input": values{"shopId": "$Shop", "goods": 10000}},
	"PolicyBench": {"input": values{
		"id": "RK-99", "origins": []any{"RAKUTEN"}, "channels": []any{"MAIL"}, "condition": "contact", "params": values{},
		"severity": "WARN", "override": "REASON", "messageJa": "x", "messageEn": "x", "remedyJa": "x", "remedyEn": "x", "sources": []any{},
		"certainty": "L", "enabled": true, "note": "x", "effectiveFrom": "$today",
	}},
	"StageTrial": {"input": values{
		"stages": []any{values{"name": "A"}, values{"name": "B", "spend": 20000}, values{"name": "C", "spend": 60000}},
		"match":  "ANY", "window": "ROLLING", "fall": "ONE_STEP", "review": "DAILY", "graceDays": 0,
	}},
}

// things are what a question shows, under the names that particular uses: SQL
// for a type and the row's id, or for a text. Of many the one with most to show
// stands for all.
var things = map[string]string{
	"$EarnRule":        `SELECT 'EarnRule', min(id) FROM earn_rules`,
	"$PointAdjustment": `SELECT 'PointAdjustment', max(id) FROM point_adjustments`,
	"$AuditEntry":      `SELECT 'AuditEntry', max(id) FROM audit_log`,
	"$Campaign":        `SELECT 'Campaign', campaign_id FROM messages WHERE campaign_id IS NOT NULL GROUP BY 2 ORDER BY count(*) DESC LIMIT 1`,
	"$Customer":        `SELECT 'Customer', customer_id FROM customer_stats ORDER BY orders_count DESC LIMIT 1`,
	"$Draft":           `SELECT 'Campaign', max(id) FROM campaigns WHERE status = 'DRAFT'`,
	"$Import":          `SELECT 'Import', max(id) FROM imports WHERE status = 'DONE' AND kind = 'ORDERS'`,
	"$MailboxMail":     `SELECT 'MailboxMail', max(id) FROM mailbox_mails`,
	"$Offer":           `SELECT 'Offer', min(id) FROM offers`,
	"$Other":           `SELECT 'Customer', customer_id FROM customer_stats ORDER BY orders_count DESC OFFSET 1 LIMIT 1`,
	"$Segment":         `SELECT 'Segment', min(id) FROM segments`,
	"$Shop":            `SELECT 'Shop', min(id) FROM shops`,
	"$SignUpForm":      `SELECT 'SignUpForm', min(id) FROM sign_up_forms`,
	"$Task":            `SELECT 'Task', max(id) FROM tasks`,
}

// texts are the same of what is no id.
var texts = map[string]string{
	"$sku":      `SELECT sku FROM products ORDER BY sku LIMIT 1`,
	"$today":    `SELECT current_date::text`,
	"$inAMonth": `SELECT (current_date + 31)::text`,
	"$pair":     `SELECT customer_id || ' ' || other_id FROM identity_candidates WHERE status = 'OPEN' ORDER BY score DESC LIMIT 1`,
}

// known are the things of a merchant, by their names.
func (m *merchant) known(b *testing.B) map[string]string {
	b.Helper()
	found := map[string]string{}
	for name, sql := range things {
		var kind string
		var id *int64
		if err := m.app.DB.Pool.QueryRow(b.Context(), sql).Scan(&kind, &id); err != nil && !errors.Is(err, pgx.ErrNoRows) {
			b.Fatalf("%s: %v", name, err)
		}
		if id != nil {
			found[name] = gid.Encode(kind, *id)
		}
	}
	for name, sql := range texts {
		var text string
		if err := m.app.DB.Pool.QueryRow(b.Context(), sql).Scan(&text); err != nil && !errors.Is(err, pgx.ErrNoRows) {
			b.Fatalf("%s: %v", name, err)
		}
		found[name] = text
	}
	var one, other int64
	if _, err := fmt.Sscan(found["$pair"], &one, &other); err == nil {
		found["$Candidate"] = gid.EncodePair("Candidate", one, other)
	}
	return found
}

// variables are what a question is asked with. What it may do without is left
// out; missing names what it cannot do without.
func variables(q question, schema *ast.Schema) (v values, missing string) {
	v = values{}
	for _, d := range q.VariableDefinitions {
		value, ok := particular[q.name][d.Variable]
		switch {
		case ok:
		case !d.Type.NonNull || d.DefaultValue != nil:
			continue
		case usual[d.Variable] != nil:
			value = usual[d.Variable]
		case schema.Types[d.Type.Name()].Kind == ast.Enum:
			value = schema.Types[d.Type.Name()].EnumValues[0].Name
		case d.Variable == "id" && things[shown(q, schema)] != "":
			value = shown(q, schema)
		default:
			return nil, d.Variable
		}
		v[d.Variable] = value
	}
	return v, ""
}

// shown is the name of what a question shows by its id.
func shown(q question, schema *ast.Schema) string {
	field, ok := q.SelectionSet[0].(*ast.Field)
	if !ok {
		return ""
	}
	return "$" + schema.Query.Fields.ForName(field.Name).Type.Name()
}

// fill puts known things where their names stand; lacking names one that the
// merchant does not have.
func fill(value any, known map[string]string) (filled any, lacking string) {
	switch value := value.(type) {
	case string:
		if !strings.HasPrefix(value, "$") {
			return value, ""
		}
		if known[value] == "" {
			return nil, value
		}
		return known[value], ""
	case values:
		out := values{}
		for name, inner := range value {
			if out[name], lacking = fill(inner, known); lacking != "" {
				return nil, lacking
			}
		}
		return out, ""
	case []any:
		out := make([]any, len(value))
		for i, inner := range value {
			if out[i], lacking = fill(inner, known); lacking != "" {
				return nil, lacking
			}
		}
		return out, ""
	}
	return value, ""
}

// TestEveryQuestionIsMeasured demands values for the variables of every
// question, and no value for a question that is gone.
func TestEveryQuestionIsMeasured(t *testing.T) {
	questions, schema := documents(t)
	names := map[string]bool{}
	for _, q := range questions {
		names[q.name] = true
		if _, missing := variables(q, schema); missing != "" && aside[q.name] == "" {
			t.Errorf("%s cannot be measured: say in `particular` what $%s is", q.name, missing)
		}
	}
	for _, table := range []any{particular, aside} {
		for _, name := range reflect.ValueOf(table).MapKeys() {
			if !names[name.String()] {
				t.Errorf("no page asks %s", name)
			}
		}
	}
}
