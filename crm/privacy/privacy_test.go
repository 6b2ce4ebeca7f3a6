package privacy_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/privacy"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var now = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

type world struct {
	*privacy.Service
	t         *testing.T
	d         *db.DB
	clock     *clock.Fixed
	who       int64
	jobs      []privacy.ExportJob
	forfeited int
	withdrawn int
}

func (w *world) Enqueue(_ context.Context, _ db.Tx, args interface{ Kind() string }) error {
	if j, ok := args.(privacy.ExportJob); ok {
		w.jobs = append(w.jobs, j)
	}
	return nil
}

func (w *world) Forfeit(context.Context, db.Tx, int64, int64) error {
	w.forfeited++
	return nil
}

func (w *world) Withdraw(context.Context, db.Tx) error {
	w.withdrawn++
	return nil
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, d: dbtest.New(t), clock: &clock.Fixed{T: now}}
	var err error
	w.Service, err = privacy.New(privacy.Service{DB: w.d, Clock: w.clock, Zone: time.UTC, Queue: w, Ledger: w, Exports: w, Log: slog.New(slog.DiscardHandler)}, "secret")
	if err != nil {
		t.Fatal(err)
	}
	shop := db.Shop{Code: "site", Name: "本店", Mall: "OWN_SITE"}
	w.insert(&shop)
	people := customer.New(w.d, w.clock, nil)
	give := func(s string) *string { return &s }
	row, err := people.Create(t.Context(), shop.ID, "M-1", customer.Profile{
		FamilyName: give("佐藤"), GivenName: give("花子"), Email: give("Hanako@example.com"), Phone: give("090-1234-5678"), AddressLine: give("恵比須町1-2"),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.who = row.ID
	if _, _, err := people.Record(t.Context(), customer.Word{CustomerID: w.who, Channel: "MAIL", State: "GIVEN", OriginShopID: shop.ID, Method: "STAFF", Wording: "はい"}); err != nil {
		t.Fatal(err)
	}
	w.run("INSERT INTO events (customer_id, occurred_at, kind, data) VALUES (?, ?, 'behaviour.search', '{\"words\": \"=cmd|calc\"}')", w.who, now)
	w.run("INSERT INTO mailbox_mails (received_at, mail_from, rcpt_to, from_header, subject, message_id, raw) VALUES (?, 'a', 'hanako@example.com', 'a', 's', 'm', '')", now)
	return w
}

func (w *world) insert(row any) {
	w.t.Helper()
	if _, err := w.d.NewInsert().Model(row).Exec(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) run(sql string, args ...any) {
	w.t.Helper()
	if _, err := w.d.NewRaw(sql, args...).Exec(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) count(sql string, args ...any) (n int) {
	w.t.Helper()
	if err := w.d.NewRaw(sql, args...).Scan(w.t.Context(), &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

func staff(t *testing.T, id int64) context.Context {
	return access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: id})
}

// TestNoTableOfCustomersIsForgotten walks the schema: whoever adds a table with
// customer_id says here what an export and an erasure do with it.
func TestNoTableOfCustomersIsForgotten(t *testing.T) {
	d := dbtest.New(t)
	var found []string
	err := d.NewRaw(`SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE a.attname = 'customer_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = 'public' ORDER BY 1`).Scan(t.Context(), &found)
	if err != nil {
		t.Fatal(err)
	}
	told := privacy.TableNames()
	slices.Sort(told)
	if !slices.Equal(found, told) {
		for _, name := range found {
			if !slices.Contains(told, name) {
				t.Errorf("crm/privacy/table.go does not say what becomes of %s", name)
			}
		}
		for _, name := range told {
			if !slices.Contains(found, name) {
				t.Errorf("there is no table %s with customer_id", name)
			}
		}
	}
}

func TestAnExportHoldsEverythingAndExpires(t *testing.T) {
	w := newWorld(t)
	r, err := w.Ask(staff(t, 1), privacy.NewRequest{CustomerID: w.who, Kind: privacy.Export, Via: "MAIL"})
	if err != nil || r.DueOn.Sub(r.AskedOn) != 14*24*time.Hour {
		t.Fatal(r, err)
	}
	if _, err := w.Ask(staff(t, 1), privacy.NewRequest{CustomerID: w.who, Kind: privacy.Export, Via: "MAIL"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("twice at once: %v", err)
	}
	if _, err := w.File(t.Context(), r.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("before it is made: %v", err)
	}
	if err := w.RunExport(t.Context(), w.jobs[0]); err != nil {
		t.Fatal(err)
	}
	raw, err := w.File(staff(t, 1), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	files := unzip(t, raw)
	var data map[string][]map[string]any
	if err := json.Unmarshal([]byte(files["data.json"]), &data); err != nil {
		t.Fatal(err)
	}
	if data["customers"][0]["email"] != "hanako@example.com" || len(data["consents"]) != 1 || len(data["identities"]) == 0 || len(data["events"]) == 0 {
		t.Errorf("data.json holds %s", files["data.json"])
	}
	if _, there := data["customers"][0]["search_text"]; there || !strings.Contains(files["index.html"], "佐藤") || !strings.Contains(files["index.html"], "同意と配信停止") {
		t.Error("index.html cannot be read")
	}
	if !strings.HasPrefix(files["csv/customers.csv"], "\uFEFF") {
		t.Error("the CSV has no mark of its encoding")
	}
	if w.count("SELECT count(*) FROM audit_log WHERE action = 'privacy.download'") != 1 {
		t.Error("the download is not in the audit log")
	}
	w.clock.T = now.Add(privacy.FileFor)
	if _, err := w.File(staff(t, 1), r.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("after its time: %v", err)
	}
	if err := w.Sweep(t.Context()); err != nil || w.count("SELECT count(*) FROM privacy_requests WHERE file IS NOT NULL") != 0 {
		t.Errorf("the file is kept: %v", err)
	}
}

func unzip(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return files
}

func TestAnErasureLeavesNothingOfThePersonButWhatTheLawWants(t *testing.T) {
	w := newWorld(t)
	p, err := w.Preview(t.Context(), w.who)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range p.Fates {
		if f.Group == privacy.Consents && (f.Kept != 1 || !slices.Equal(f.Why, []string{privacy.WhyConsent})) || f.Group == privacy.Profile && f.Erased != 1 {
			t.Errorf("the preview says %+v", f)
		}
	}
	r, err := w.Ask(staff(t, 1), privacy.NewRequest{CustomerID: w.who, Kind: privacy.Erasure, Via: "PHONE"})
	if err != nil || w.count("SELECT count(*) FROM customers WHERE email <> ''") != 1 {
		t.Fatalf("asking alone erases, or fails: %v", err)
	}
	done, err := w.Approve(staff(t, 1), r.ID)
	if err != nil || done.Status != "DONE" || w.forfeited != 1 || w.withdrawn != 1 {
		t.Fatal(done, err)
	}
	if before, after := p.Fates, privacy.Fates(done); len(after) < len(before) {
		t.Errorf("it did %v, not %v", after, before)
	}
	for sql, want := range map[string]int{
		"SELECT count(*) FROM customers WHERE erased_at IS NOT NULL AND (family_name, email, phone, search_text) = ('', '', '', '') AND hint_phone IS NULL": 1,
		"SELECT count(*) FROM identities": 0, "SELECT count(*) FROM identity_keys": 0, "SELECT count(*) FROM mailbox_mails": 0, "SELECT count(*) FROM consents": 1,
		"SELECT count(*) FROM events WHERE kind LIKE 'behaviour.%'": 0, "SELECT count(*) FROM audit_log WHERE action = 'privacy.erase'": 1,
	} {
		if got := w.count(sql); got != want {
			t.Errorf("%s: %d, want %d", sql, got, want)
		}
	}
	for _, table := range []string{"audit_log", "privacy_requests", "erased_addresses", "customers", "events", "consents"} {
		if w.count("SELECT count(*) FROM "+table+" t WHERE to_jsonb(t)::text ~* 'hanako|佐藤|花子|12345678|恵比須'") != 0 {
			t.Errorf("%s still tells who it was", table)
		}
	}
	if _, err := w.Approve(staff(t, 1), r.ID); !fault.Is(err, fault.Precondition) {
		t.Errorf("a second time: %v", err)
	}
	if _, err := w.Ask(staff(t, 1), privacy.NewRequest{CustomerID: w.who, Kind: privacy.Erasure, Via: "PHONE"}); !fault.Is(err, fault.Precondition) {
		t.Errorf("of nobody: %v", err)
	}
	erased, err := w.Erased(t.Context(), w.d)
	if err != nil {
		t.Fatal(err)
	}
	if at, found := erased(" HANAKO@example.com"); !found || !at.Equal(now) {
		t.Error("the address could come back with an old file")
	}
	if _, found := erased("other@example.com"); found {
		t.Error("everybody is erased")
	}
	if err := w.Returned(t.Context(), w.d, "hanako@example.com"); err != nil || w.count("SELECT count(*) FROM erased_addresses") != 0 {
		t.Errorf("who comes back by himself stays out: %v", err)
	}
}

func TestAnErasureTakesASecondPersonWhereTheSettingsSaySo(t *testing.T) {
	w := newWorld(t)
	settings := privacy.DefaultSettings
	settings.TwoPeople = true
	if _, err := w.Update(staff(t, 1), settings); err != nil {
		t.Fatal(err)
	}
	r, err := w.Ask(staff(t, 1), privacy.NewRequest{CustomerID: w.who, Kind: privacy.Erasure, Via: "STORE"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Approve(staff(t, 1), r.ID); !fault.Is(err, fault.Precondition) || w.count("SELECT count(*) FROM identities") == 0 {
		t.Errorf("by oneself: %v", err)
	}
	if _, err := w.Approve(staff(t, 2), r.ID); err != nil {
		t.Error(err)
	}
}

func TestTheSweepRemovesWhatIsOverAndSaysSo(t *testing.T) {
	w := newWorld(t)
	settings := privacy.DefaultSettings
	settings.ConsentDays, settings.BehaviourDays = 3*366, 30
	if _, err := w.Update(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	short := settings
	short.ConsentDays = 30
	if _, err := w.Update(t.Context(), short); !fault.Is(err, fault.Invalid) {
		t.Errorf("shorter than the law: %v", err)
	}
	r, err := w.Ask(staff(t, 1), privacy.NewRequest{CustomerID: w.who, Kind: privacy.Erasure, Via: "STORE"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Approve(staff(t, 1), r.ID); err != nil {
		t.Fatal(err)
	}
	w.run("INSERT INTO events (customer_id, occurred_at, kind, data) VALUES (?, ?, 'behaviour.view', '{}')", w.who, now)
	if _, err := w.d.NewRaw("DELETE FROM consents").Exec(t.Context()); err == nil {
		t.Error("anybody deletes records of consent")
	}
	kept := func(consents, events int) {
		t.Helper()
		if err := w.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if c, e := w.count("SELECT count(*) FROM consents"), w.count("SELECT count(*) FROM events WHERE kind LIKE 'behaviour.%'"); c != consents || e != events {
			t.Errorf("%d consents and %d visits, want %d and %d", c, e, consents, events)
		}
	}
	kept(1, 1)
	w.clock.T = now.AddDate(0, 0, 31)
	kept(1, 0)
	w.clock.T = now.AddDate(0, 0, 3*366+1)
	kept(0, 0)
	runs, err := w.Runs(t.Context(), 10)
	if err != nil || len(runs) != 3 || !strings.Contains(string(runs[0].Removed), `"consents": 1`) || !strings.Contains(string(runs[1].Removed), `"behaviour": 1`) {
		t.Errorf("the runs say %+v, %v", runs, err)
	}
}
