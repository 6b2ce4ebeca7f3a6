package stress

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/server/servertest"
)

// merchant is a signed-in owner of an installation, with two shops.
type merchant struct {
	*servertest.Client
	t  *testing.T
	db *db.DB
	// ownSite is where consents come from, abroad where the imported file does.
	ownSite, abroad string
}

func newMerchant(t *testing.T, in *servertest.Installation, serving *servertest.Process) *merchant {
	t.Helper()
	m := &merchant{Client: in.Owner(t, serving), t: t, db: in.DB(t)}
	m.ownSite = m.shop("own", "OWN_SITE", "JPY")
	m.abroad = m.shop("abroad", "OWN_SITE", "GBP")
	m.mutate("updateSenderSettings", `{name: "めぐり堂", email: "shop@example.com", postalAddress: "東京都千代田区1-1", contact: "03-0000-0000"}`, `settings { name }`)
	return m
}

// colleague is another member of staff, with a share of requests of their own.
func (m *merchant) colleague(in *servertest.Installation) *servertest.Client {
	m.t.Helper()
	const email, password = "desk@meguri.example", "a long enough password"
	m.mutate("createStaff", fmt.Sprintf(`{email: %q, name: "受付", role: SUPPORT, password: %q}`, email, password), "staff { id }")
	return in.SignIn(m.t, email, password)
}

// mutate runs a mutation that must succeed and answers what it selected.
func (m *merchant) mutate(mutation, input, selection string) map[string]json.RawMessage {
	m.t.Helper()
	data := servertest.Must[map[string]map[string]json.RawMessage](m.t, m.Client,
		fmt.Sprintf(`mutation { %s(input: %s) { %s userErrors { code message } } }`, mutation, input, selection), nil)
	if wrong := string(data[mutation]["userErrors"]); wrong != "[]" {
		m.t.Fatalf("%s: %s", mutation, wrong)
	}
	return data[mutation]
}

// made is an object that a mutation made or changed.
type made struct {
	ID      string
	Version int
}

// object is mutate of a mutation that makes or changes one object.
func (m *merchant) object(mutation, input, name, fields string) (o made) {
	m.t.Helper()
	if err := json.Unmarshal(m.mutate(mutation, input, name+" { "+fields+" }")[name], &o); err != nil {
		m.t.Fatal(err)
	}
	return o
}

func (m *merchant) shop(code, mall, currency string) string {
	m.t.Helper()
	return m.object("createShop", fmt.Sprintf(`{code: %q, name: %q, mall: %s, currency: %q}`, code, code, mall, currency), "shop", "id").ID
}

func (m *merchant) exec(sql string, args ...any) {
	m.t.Helper()
	if _, err := m.db.Pool.Exec(m.t.Context(), sql, args...); err != nil {
		m.t.Fatalf("%.80s: %v", sql, err)
	}
}

func (m *merchant) count(sql string, args ...any) (n int64) {
	m.t.Helper()
	if err := m.db.Pool.QueryRow(m.t.Context(), sql, args...).Scan(&n); err != nil {
		m.t.Fatalf("%.80s: %v", sql, err)
	}
	return n
}

// ask is count of a database that may be down: -1 then.
func (m *merchant) ask(sql string) (n int64) {
	ctx, cancel := context.WithTimeout(m.t.Context(), time.Second)
	defer cancel()
	if err := m.db.Pool.QueryRow(ctx, sql).Scan(&n); err != nil {
		return -1
	}
	return n
}

// subscribers makes n people who may be written to, c1@example.com and on.
func (m *merchant) subscribers(n int) {
	m.t.Helper()
	shop, err := gid.Decode("Shop", m.ownSite)
	if err != nil {
		m.t.Fatal(err)
	}
	m.exec(`WITH new AS (INSERT INTO customers (family_name, email, member_since, member_via)
		SELECT '佐藤', 'c' || g || '@example.com', '2026-01-01', 'SITE' FROM generate_series(1, $1::int) g RETURNING id),
		stats AS (INSERT INTO customer_stats (customer_id) SELECT id FROM new)
		INSERT INTO consents (customer_id, channel, state, origin_shop_id, occurred_at, method, wording)
		SELECT id, 'MAIL', 'GIVEN', $2, now(), 'SIGN_UP_FORM', '受け取る' FROM new`, n, shop)
	m.exec("ANALYZE customers, consents")
}

// campaign sends one to everybody who has a mail address.
func (m *merchant) campaign(name string) (id string) {
	m.t.Helper()
	c := m.draft(name)
	m.object("sendCampaign", fmt.Sprintf(`{id: %q, version: %d, idempotencyKey: "once"}`, c.ID, c.Version), "campaign", "id")
	return c.ID
}

// draft is a campaign to everybody who has a mail address, ready to be sent.
func (m *merchant) draft(name string) made {
	m.t.Helper()
	segment := m.object("createSegment", fmt.Sprintf(`{name: %q, rule: {all: []}}`, name), "segment", "id")
	c := m.object("createCampaign", fmt.Sprintf(`{name: %q, segmentId: %q}`, name, segment.ID), "campaign", "id version")
	return m.object("updateCampaign", fmt.Sprintf(`{id: %q, version: %d, variants: [{mall: OWN_SITE, isDefault: true, subject: "{{ customer.family_name }}様へ",
		mjml: "<mjml><mj-body><mj-section><mj-column><mj-text><a href='https://shop.example/sale'>セール</a></mj-text></mj-column></mj-section></mj-body></mjml>"}]}`,
		c.ID, c.Version), "campaign", "id version")
}

// retail is a file of n orders from first on, of two lines each, by n/4 buyers.
func retail(first, n int) []byte {
	var b bytes.Buffer
	b.WriteString("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n")
	begin := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	for i := first; i < first+n; i++ {
		at := begin.Add(time.Duration(i) * time.Minute).Format("2006-01-02 15:04:05")
		for line := range 2 {
			fmt.Fprintf(&b, "%d,%05d,THING %d,%d,%s,%d.50,%d,United Kingdom\n", 500_000+i, line*37+i%90, line, 1+i%3, at, 1+line, 10_000+i%(n/4))
		}
	}
	return b.Bytes()
}

// importRetail begins to take the file in.
func (m *merchant) importRetail(file []byte) (id string) {
	m.t.Helper()
	raw, err := m.Post(m.t.Context(), "/uploads?name=retail.csv", "text/csv", bytes.NewReader(file))
	if err != nil {
		m.t.Fatal(err)
	}
	var upload struct{ UploadID string }
	if err := json.Unmarshal(raw, &upload); err != nil {
		m.t.Fatal(err)
	}
	return m.object("startImport", fmt.Sprintf(`{uploadId: %q, shopId: %q, mapping: "online-retail"}`, upload.UploadID, m.abroad), "import", "id").ID
}

// importing waits until the import has taken rows in and is not through.
func (m *merchant) importing() {
	m.t.Helper()
	servertest.Eventually(m.t, "the import is under way", func() bool {
		return m.ask("SELECT count(*) FROM imports WHERE finished_at IS NULL AND applied_to > 0") == 1
	})
}

// imported are the figures of an import.
type imported struct {
	Status                                                    string
	Rows, Inserted, Updated, Unchanged, Quarantined, Quantity int64
	Orders, Customers                                         int64
	ErrorCode                                                 *string
}

func (m *merchant) imported(id string) (imported, error) {
	var data struct{ Import imported }
	err := m.Do(m.t.Context(), fmt.Sprintf(`{ import(id: %q) { status rows inserted updated unchanged quarantined quantity orders customers errorCode } }`, id), nil, &data)
	return data.Import, err
}

// metrics are the figures of a campaign.
type metrics struct {
	Status string
	Total  struct{ Audience, Suppressed, Queued, Sent, Failed, Uncertain int64 }
}

func (m *merchant) metrics(id string) (metrics, error) {
	var data struct{ Campaign struct{ Metrics metrics } }
	err := m.Do(m.t.Context(), fmt.Sprintf(`{ campaign(id: %q) { metrics { status total { audience suppressed queued sent failed uncertain } } } }`, id), nil, &data)
	return data.Campaign.Metrics, err
}

// messageID is what identifies a mail wherever it arrives.
func messageID(raw []byte) string {
	for line := range strings.SplitSeq(string(raw), "\r\n") {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(name, "Message-Id") {
			return strings.TrimSpace(value)
		}
		if line == "" {
			break
		}
	}
	return ""
}
