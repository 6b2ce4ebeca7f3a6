package server

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/export"
	"github.com/meguri-crm/meguri/crm/gid"
)

const beginExport = `mutation($input: CreateExportInput!) { createExport(input: $input) { job { id state url } userErrors { code field } } }`

// exported asks for everything of a kind, waits for the file, and answers with
// its path.
func (p *program) exported(kind export.Kind, key string) (path string) {
	p.t.Helper()
	var made struct{ Job struct{ ID string } }
	p.ask(beginExport, map[string]any{"kind": kind, "idempotencyKey": key}, &made)
	if err := p.app.Exports.Work(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	var told struct {
		ExportJob struct {
			State, URL string
			ExpiresAt  *time.Time
		}
	}
	r := p.with(p.bearer, `query($id: ID!) { exportJob(id: $id) { state url expiresAt } }`, map[string]any{"id": made.Job.ID})
	if err := json.Unmarshal(r.Data, &told); err != nil || told.ExportJob.State != "DONE" || told.ExportJob.ExpiresAt == nil {
		p.t.Fatalf("%s %v, %v", r.Data, r.Errors, err)
	}
	at, err := url.Parse(told.ExportJob.URL)
	if err != nil {
		p.t.Fatal(err)
	}
	return at.Path
}

// lines are the objects of a file.
func (p *program) lines(path string) (objects []map[string]any) {
	p.t.Helper()
	status, content := p.do(http.MethodGet, path, "", "Authorization", "Bearer "+p.bearer)
	if status.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %d %s", path, status.StatusCode, content)
	}
	for line := range bytes.Lines(content) {
		object := map[string]any{}
		numbers := json.NewDecoder(bytes.NewReader(line))
		numbers.UseNumber()
		if err := numbers.Decode(&object); err != nil {
			p.t.Fatalf("%v: %s", err, line)
		}
		objects = append(objects, object)
	}
	return objects
}

// newExporter is a program that may export everything, of a merchant who has
// something of everything.
func newExporter(t *testing.T) *program {
	t.Helper()
	p := newProgram(t)
	var who struct{ CustomerID string }
	p.ask(upsertOne, map[string]any{
		"shopId": p.shop, "memberId": "m-1", "enroll": true, "consents": []any{map[string]any{"channel": "MAIL", "state": "GIVEN", "wording": "「受け取る」\n\\ 100%"}},
		"profile": map[string]any{"familyName": "山田\t\"花\"", "email": "hanako@shopper.example", "birthDate": "1990-02-28", "gender": "FEMALE"},
	}, &who)
	p.ask(upsertOne, map[string]any{"shopId": p.shop, "memberId": "m-2", "profile": map[string]any{"familyName": "佐藤"}}, new(any))
	p.ask(tellOrder, map[string]any{"shopId": p.shop, "idempotencyKey": "o", "orders": []any{
		map[string]any{
			"orderNo": "1001", "orderedAt": "2026-11-01T01:02:03.4567Z", "status": "SHIPPED", "shippedAt": "2026-11-02T00:00:00Z", "shopCoupon": 100, "couponCodes": []string{"A", "\"B\""},
			"buyer": map[string]any{"memberId": "m-1"}, "lines": []any{map[string]any{"lineKey": "10", "name": "煎茶", "unitPrice": 1000, "quantity": 2, "taxRate": 800}, map[string]any{"lineKey": "9", "name": "急須", "unitPrice": 3000}},
		},
		map[string]any{"orderNo": "1002", "orderedAt": "2026-11-03T00:00:00Z", "lines": []any{map[string]any{"name": "煎茶", "unitPrice": 1000}}}, // of nobody
	}}, new(any))
	p.ask(`mutation($input: GrantPointsInput!) { grantPoints(input: $input) { userErrors { code } } }`, map[string]any{"customerId": who.CustomerID, "amount": 500, "note": "お詫び", "idempotencyKey": "g"}, new(any))
	customer, err := gid.Decode("Customer", who.CustomerID)
	if err != nil {
		t.Fatal(err)
	}
	tag := p.insert(`INSERT INTO customer_tags (name, created_at) VALUES ('常連', now()) RETURNING id`)
	p.insert(`INSERT INTO customer_taggings (customer_id, tag_id, tagged_at) VALUES ($1, $2, now()) RETURNING tag_id`, customer, tag)
	campaign := p.insert(`INSERT INTO campaigns (name) VALUES ('秋') RETURNING id`)
	delivery := p.insert(`INSERT INTO deliveries (campaign_id, delivery_month, content) VALUES ($1, date_trunc('month', now()), '{}') RETURNING id`, campaign)
	p.insert(`INSERT INTO messages (customer_id, delivery_id, delivery_month, campaign_id, mall, origin_mall, status, sent_at, opened_at)
		VALUES ($1, $2, date_trunc('month', now()), $3, 'OWN_SITE', 'OWN_SITE', 'SENT', now(), now()) RETURNING id`, customer, delivery, campaign)
	return p
}

// A line of every kind is what the API answers for the same object: the fields
// that the guide lists, by name and value.
func TestLinesAreWhatTheAPIAnswers(t *testing.T) {
	p := newExporter(t)
	staff := p.signIn()
	for _, kind := range export.Kinds {
		objects := p.lines(p.exported(kind, string(kind)))
		if len(objects) == 0 {
			t.Errorf("%s: nothing was told", kind)
		}
		object, fields := kind.Selection()
		fields = "__typename " + fields
		for _, told := range objects {
			var answer any
			switch kind {
			case export.PointLots:
				answer = p.among(staff, told, "pointLots { "+fields+" }", "pointLots")
			case export.Events:
				answer = p.among(staff, told, "timeline(first: 200) { edges { node { "+fields+" } } }", "timeline", "edges", "node")
			default:
				answer = p.asked(staff, fmt.Sprintf("{ node(id: %q) { ... on %s { %s } } }", told["id"], object, fields))["node"]
			}
			if !reflect.DeepEqual(told, answer) {
				t.Errorf("%s:\n told %v\nasked %v", kind, told, answer)
			}
		}
	}
}

// asked is the data that a query answers.
func (p *program) asked(token, query string) (data map[string]any) {
	p.t.Helper()
	numbers := json.NewDecoder(strings.NewReader(p.data(token, query)))
	numbers.UseNumber()
	if err := numbers.Decode(&data); err != nil {
		p.t.Fatal(err)
	}
	return data
}

// among finds an object that is no Node by its id in a list of its customer.
func (p *program) among(token string, told map[string]any, selection string, path ...string) any {
	p.t.Helper()
	at := p.asked(token, fmt.Sprintf("{ customer(id: %q) { %s } }", told["customerId"], selection))["customer"]
	for _, name := range path {
		if list, ok := at.([]any); ok {
			for _, each := range list {
				node := each.(map[string]any)[name].(map[string]any)
				if node["id"] == told["id"] {
					return node
				}
			}
			return nil
		}
		at = at.(map[string]any)[name]
	}
	for _, each := range at.([]any) {
		if each.(map[string]any)["id"] == told["id"] {
			return each
		}
	}
	return nil
}

// A file is fetched whole or from any place, packed or not, and says when it is gone.
func TestTheFileOfAnExport(t *testing.T) {
	p := newExporter(t)
	path := p.exported(export.Customers, "k")
	token := "Bearer " + p.bearer
	get := func(headers ...string) (reply, []byte) {
		return p.do(http.MethodGet, path, "", append([]string{"Authorization", token, "Accept-Encoding", "identity"}, headers...)...)
	}
	whole, plain := get()
	zipped, packed := get("Accept-Encoding", "br, gzip")
	if zipped.Header.Get("Content-Encoding") != "gzip" || whole.Header.Get("Content-Encoding") != "" || whole.Header.Get("ETag") == zipped.Header.Get("ETag") {
		t.Errorf("%v\n%v", whole.Header, zipped.Header)
	}
	unzip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	unzip.Multistream(false) // browsers read no second member
	if lines, err := io.ReadAll(unzip); err != nil || !bytes.Equal(lines, plain) || bytes.Count(lines, []byte("\n")) != 2 {
		t.Errorf("%v\n%s\n%s", err, lines, plain)
	}
	for content, form := range map[string]struct{ encoding, tag string }{string(plain): {"identity", whole.Header.Get("ETag")}, string(packed): {"gzip", zipped.Header.Get("ETag")}} {
		half := len(content) / 2
		rest, got := get("Accept-Encoding", form.encoding, "Range", fmt.Sprintf("bytes=%d-", half), "If-Range", form.tag)
		if rest.StatusCode != http.StatusPartialContent || content[half:] != string(got) {
			t.Errorf("the rest as %s: %d, %d bytes of %d", form.encoding, rest.StatusCode, len(got), len(content)-half)
		}
		if again, got := get("Accept-Encoding", form.encoding, "Range", "bytes=5-", "If-Range", `"another"`); again.StatusCode != http.StatusOK || content != string(got) {
			t.Errorf("of another content as %s: %d, %d bytes", form.encoding, again.StatusCode, len(got))
		}
	}
	if same, _ := get("If-None-Match", whole.Header.Get("ETag")); same.StatusCode != http.StatusNotModified {
		t.Errorf("the same again: %d", same.StatusCode)
	}
	var audited int
	if err := p.app.DB.NewRaw("SELECT count(*) FROM audit_log WHERE action = 'export.download' AND actor_kind = 'CLIENT'").Scan(t.Context(), &audited); err != nil || audited != 7 {
		t.Errorf("%d downloads stand in the audit log, %v", audited, err)
	}
	if _, err := p.app.DB.Exec("UPDATE exports SET expires_at = now() - interval '1 second'"); err != nil {
		t.Fatal(err)
	}
	if gone, why := get(); gone.StatusCode != http.StatusConflict || !strings.Contains(string(why), "EXPORT_EXPIRED") {
		t.Errorf("after its days: %d %s", gone.StatusCode, why)
	}
	if err := p.app.Exports.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	var left, listed int
	if err := p.app.DB.NewRaw("SELECT (SELECT count(*) FROM export_parts), (SELECT count(*) FROM exports)").Scan(t.Context(), &left, &listed); err != nil || left != 0 || listed != 1 {
		t.Errorf("%d parts and %d exports are left, %v", left, listed, err)
	}
}

// What is refused, and to whom.
func TestExportsThatAreRefused(t *testing.T) {
	p := newExporter(t)
	segment := p.insert(`INSERT INTO segments (name, rule) VALUES ('全員', '{}') RETURNING id`)
	for name, c := range map[string]struct {
		input map[string]any
		want  string
	}{
		"lots by time":          {map[string]any{"kind": "POINT_LOTS", "changedSince": "2026-01-01T00:00:00Z"}, "NOT_OF_KIND"},
		"customers of a shop":   {map[string]any{"kind": "CUSTOMERS", "shopId": p.shop}, "NOT_OF_KIND"},
		"orders of a segment":   {map[string]any{"kind": "ORDERS", "segmentId": gid.Encode("Segment", segment)}, "NOT_OF_KIND"},
		"no such shop":          {map[string]any{"kind": "ORDERS", "shopId": gid.Encode("Shop", 999)}, "NOT_FOUND"},
		"an id of another type": {map[string]any{"kind": "ORDERS", "shopId": gid.Encode("Segment", segment)}, "INVALID_ID"},
		"no key":                {map[string]any{"kind": "ORDERS", "idempotencyKey": ""}, "OUT_OF_RANGE"},
	} {
		if _, given := c.input["idempotencyKey"]; !given {
			c.input["idempotencyKey"] = name
		}
		if got := p.refused(beginExport, c.input); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}

	var made, again struct{ Job struct{ ID string } }
	input := map[string]any{"kind": "ORDERS", "idempotencyKey": "one"}
	p.ask(beginExport, input, &made)
	if p.ask(beginExport, input, &again); again != made {
		t.Errorf("the same key: %v and %v", made, again)
	}
	if got := p.refused(beginExport, map[string]any{"kind": "ORDERS", "idempotencyKey": "two"}); got != "EXPORT_UNDERWAY" {
		t.Errorf("two at once: %q", got)
	}
	path := "/exports/" + made.Job.ID + "/objects.jsonl"
	fetch := func(bearer string) (int, string) {
		r, body := p.do(http.MethodGet, path, "", "Authorization", "Bearer "+bearer)
		return r.StatusCode, string(body)
	}
	if status, why := fetch(p.bearer); status != http.StatusConflict || !strings.Contains(why, "EXPORT_NOT_DONE") {
		t.Errorf("too early: %d %s", status, why)
	}
	if err := p.app.Exports.Work(t.Context()); err != nil {
		t.Fatal(err)
	}

	other := func(scopes ...access.Scope) string {
		id, secret := p.partner(fmt.Sprint("他社", len(scopes)), scopes...)
		_, a := p.token(url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}.Encode())
		return a.AccessToken
	}
	reader, blind := other(access.ScopeExportsWrite, access.ScopeCustomersRead), other(access.ScopeExportsWrite)
	for name, c := range map[string]struct {
		bearer string
		status int
	}{
		"who asked for it": {p.bearer, http.StatusOK}, "staff": {p.signIn(), http.StatusOK}, "another program": {reader, http.StatusNotFound},
		"without the scope": {other(access.ScopeCustomersRead, access.ScopePointsRead, access.ScopeShopsRead), http.StatusForbidden}, "nobody": {"", http.StatusUnauthorized},
	} {
		if status, why := fetch(c.bearer); status != c.status {
			t.Errorf("%s: %d, want %d: %.200s", name, status, c.status, why)
		}
	}
	for kind, scope := range map[string]access.Scope{"ORDERS": access.ScopeCustomersRead, "POINT_BOOKINGS": access.ScopePointsRead, "MESSAGES": access.ScopeCampaignsRead} {
		bearer := reader
		if scope == access.ScopeCustomersRead {
			bearer = blind
		}
		r := p.with(bearer, beginExport, map[string]any{"input": map[string]any{"kind": kind, "idempotencyKey": kind}})
		if len(r.Errors) != 1 || r.Errors[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("%s without %s: %s %v", kind, scope, r.Data, r.Errors)
		}
	}
	if r := p.with(reader, `query($id: ID!) { exportJob(id: $id) { id } node(id: $id) { id } exportJobs { nodes { id } } }`, map[string]any{"id": made.Job.ID}); strings.Contains(string(r.Data), made.Job.ID) {
		t.Errorf("another program sees it: %s", r.Data)
	}
}

// A file has what changed since, of a shop, of a segment, and of a cancelled one
// there is nothing.
func TestExportsAreNarrowed(t *testing.T) {
	p := newExporter(t)
	orders := func(input map[string]any) int {
		t.Helper()
		input["kind"], input["idempotencyKey"] = "ORDERS", fmt.Sprint(input)
		var made struct{ Job struct{ ID string } }
		p.ask(beginExport, input, &made)
		if err := p.app.Exports.Work(t.Context()); err != nil {
			t.Fatal(err)
		}
		return len(p.lines("/exports/" + made.Job.ID + "/objects.jsonl"))
	}
	if n := orders(map[string]any{"shopId": p.shop}); n != 2 {
		t.Errorf("%d orders of the shop, not 2", n)
	}
	second := p.insert(`INSERT INTO shops (code, name, mall) VALUES ('second', '二号店', 'STORE') RETURNING id`)
	if n := orders(map[string]any{"shopId": gid.Encode("Shop", second)}); n != 0 {
		t.Errorf("%d orders of another shop", n)
	}
	if n := orders(map[string]any{"changedSince": time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)}); n != 2 {
		t.Errorf("%d orders changed within the hour, not 2", n)
	}
	if n := orders(map[string]any{"changedSince": time.Now().Add(time.Hour).UTC().Format(time.RFC3339)}); n != 0 {
		t.Errorf("%d orders changed in an hour to come", n)
	}

	member := p.mutate(p.signIn(), "createSegment", `{name: "会員", rule: {all: [{field: "member", op: "is", value: true}]}}`, "segment").ID
	var made struct{ Job struct{ ID, State string } }
	p.ask(beginExport, map[string]any{"kind": "CUSTOMERS", "segmentId": member, "idempotencyKey": "s"}, &made)
	if err := p.app.Exports.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := "/exports/" + made.Job.ID + "/objects.jsonl"
	if people := p.lines(path); len(people) != 1 || people[0]["memberSince"] == nil {
		t.Errorf("the members: %v", people)
	}
	for range 2 {
		p.ask(`mutation($input: CancelExportInput!) { cancelExport(input: $input) { job { id state } userErrors { code } } }`, map[string]any{"id": made.Job.ID}, &made)
		if made.Job.State != "CANCELLED" {
			t.Errorf("cancelled: %+v", made)
		}
	}
	if r, why := p.do(http.MethodGet, path, "", "Authorization", "Bearer "+p.bearer); r.StatusCode != http.StatusConflict || !strings.Contains(string(why), "EXPORT_NOT_DONE") {
		t.Errorf("after it was cancelled: %d %s", r.StatusCode, why)
	}
}
