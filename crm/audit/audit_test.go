package audit_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/audit"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

var (
	tokyo = time.FixedZone("JST", 9*60*60)
	noon  = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
)

// log is an audit log with one entry an hour, the newest at noon.
func newLog(t *testing.T, entries ...db.AuditEntry) *audit.Log {
	t.Helper()
	d := dbtest.New(t)
	for i := range entries {
		e := &entries[i]
		if e.At.IsZero() {
			e.At = noon.Add(-time.Duration(len(entries)-1-i) * time.Hour)
		}
		if e.Detail == nil {
			e.Detail = []byte("{}")
		}
		if e.ActorKind == "" {
			e.ActorKind = "SYSTEM"
		}
		if _, err := d.NewInsert().Model(e).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return &audit.Log{DB: d}
}

func id(n int64) *int64 { return &n }

func actions(rows []*db.AuditEntry) (names []string) {
	for _, row := range rows {
		names = append(names, row.Action)
	}
	return names
}

func TestTheLogIsNarrowed(t *testing.T) {
	l := newLog(t,
		db.AuditEntry{Action: "a", ActorKind: "STAFF", ActorID: id(1), ObjectKind: "Campaign", ObjectID: id(7), At: noon.Add(-48 * time.Hour)},
		db.AuditEntry{Action: "b", ActorKind: "STAFF", ActorID: id(2), ObjectKind: "Campaign", ObjectID: id(8), At: noon.Add(-24 * time.Hour)},
		db.AuditEntry{Action: "c", ActorKind: "CUSTOMER", ActorID: id(1), ObjectKind: "Segment", ObjectID: id(7), At: noon},
	)
	for name, c := range map[string]struct {
		filter audit.Filter
		want   []string
	}{
		"everything":           {audit.Filter{}, []string{"c", "b", "a"}},
		"one action":           {audit.Filter{Actions: []string{"b"}}, []string{"b"}},
		"several actions":      {audit.Filter{Actions: []string{"a", "c", "x"}}, []string{"c", "a"}},
		"a person":             {audit.Filter{ActorKind: "STAFF", ActorID: 1}, []string{"a"}},
		"a kind of actor":      {audit.Filter{ActorKind: "CUSTOMER"}, []string{"c"}},
		"an object":            {audit.Filter{ObjectKind: "Campaign", ObjectID: 7}, []string{"a"}},
		"a kind of object":     {audit.Filter{ObjectKind: "Campaign"}, []string{"b", "a"}},
		"from a time":          {audit.Filter{From: noon.Add(-24 * time.Hour)}, []string{"c", "b"}},
		"until before a time":  {audit.Filter{To: noon.Add(-24 * time.Hour)}, []string{"a"}},
		"a person on a day":    {audit.Filter{ActorKind: "STAFF", ActorID: 2, From: noon.Add(-25 * time.Hour), To: noon}, []string{"b"}},
		"what nobody ever did": {audit.Filter{Actions: []string{"x"}}, nil},
	} {
		rows, err := l.List(t.Context(), c.filter, nil, false, 10)
		if err != nil || !slices.Equal(actions(rows), c.want) {
			t.Errorf("%s: %v, %v; want %v", name, actions(rows), err, c.want)
		}
	}
}

// Entries of one transaction bear the same instant: the pages neither lose nor
// repeat one.
func TestPagesFollowOneAnother(t *testing.T) {
	var entries []db.AuditEntry
	for i := range 25 {
		entries = append(entries, db.AuditEntry{Action: strconv.Itoa(i), ObjectKind: "Shop", At: noon.Add(time.Duration(i/10) * time.Microsecond)})
	}
	l := newLog(t, entries...)
	var seen []string
	for after := (*audit.Place)(nil); ; {
		rows, err := l.List(t.Context(), audit.Filter{}, after, false, 4)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, actions(rows)...)
		if len(rows) < 4 {
			break
		}
		place := audit.PlaceOf(rows[3])
		after = &place
	}
	var want []string
	for i := 24; i >= 0; i-- {
		want = append(want, strconv.Itoa(i))
	}
	if !slices.Equal(seen, want) {
		t.Errorf("seen %v", seen)
	}
	// And back again: the page before a place, in the other direction.
	rows, err := l.List(t.Context(), audit.Filter{}, &audit.Place{At: noon, ID: 0}, true, 4)
	if err != nil || !slices.Equal(actions(rows), []string{"0", "1", "2", "3"}) {
		t.Errorf("back: %v, %v", actions(rows), err)
	}
}

func TestDetailsAreReadInWords(t *testing.T) {
	detail := []byte(`{"role": {"before": "MARKETER", "after": "ANALYST"}, "sent": 1234567, "campaign": 1234567, "disabled": true, "note": "<b>",
		"delivery": 4, "customer": 0, "exclusions": null, "segment": {"before": null, "after": 12}, "pace": {"quietFrom": 1260}, "at": "2026-11-22T03:00:00Z",
		"rule": {"before": {"ja": "会員", "en": "Members"}, "after": {"ja": "全員", "en": "Everybody"}}, "rates.JPY.points": {"before": 1, "after": 2},
		"variants": {"OWN_SITE": {"offer": {"before": null, "after": 6}}}}`)
	refs := audit.Refs(detail)
	if len(refs) != 3 || !slices.Contains(refs, audit.Ref{Kind: "Offer", ID: 6}) || !slices.Contains(refs, audit.Ref{Kind: "Segment", ID: 12}) {
		t.Errorf("it names %v", refs)
	}
	changes := audit.Reader{Names: map[audit.Ref]string{{Kind: "Segment", ID: 12}: "優良顧客", {Kind: "Offer", ID: 6}: "送料無料"}, Zone: tokyo}.Changes(detail)
	got := map[string]string{}
	for _, c := range changes {
		text := c.Label.JA + ":" + c.After.JA
		if c.Before != nil {
			text = c.Label.JA + ":" + c.Before.JA + ">" + c.After.JA
		}
		got[c.Key] = text
	}
	for key, want := range map[string]string{
		"role": "役割:マーケター>アナリスト", "sent": "配信数:1,234,567", "campaign": "キャンペーン:#1234567",
		"disabled": "利用停止:はい", "note": "メモ:<b>", "delivery": "", "customer": "", "exclusions": "",
		"segment": "セグメント:なし>優良顧客", "pace.quietFrom": "配信時間と上限 · 送らない時間の始まり:21:00", "at": "日時:2026/11/22 12:00",
		"rule": "ルール:会員>全員", "rates.JPY.points": "付与率 · JPY · ポイント:1>2",
		"variants.OWN_SITE.offer": "モール別の内容 · 自社サイト · 特典:なし>送料無料",
	} {
		if got[key] != want {
			t.Errorf("%s: %q, want %q", key, got[key], want)
		}
	}
	if !slices.IsSortedFunc(changes, func(a, b audit.Change) int { return strings.Compare(a.Key, b.Key) }) {
		t.Error("the fields come in no order")
	}
}

func TestTheFileHoldsWhatThePageShows(t *testing.T) {
	l := newLog(t)
	ctx := access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: 1, Scopes: access.RoleManager.Scopes()})
	for _, statement := range []string{
		"INSERT INTO staff (email, name, role, password_hash) VALUES ('h@example.com', '＝花子', 'OWNER', '')",
		"INSERT INTO customers (id, family_name, given_name) OVERRIDING SYSTEM VALUE VALUES (7, '佐藤', '一郎')",
		`INSERT INTO audit_log (at, actor_kind, actor_id, action, object_kind, object_id, detail)
			SELECT '2026-11-22 03:00:00Z', 'STAFF', (SELECT id FROM staff), 'points.grant', 'Customer', 7, '{"amount": 1500}'`,
		`INSERT INTO audit_log (at, actor_kind, action, object_kind)
			SELECT '2026-11-21 03:00:00Z'::timestamptz - n * interval '1 second', 'SYSTEM', 'segment.refresh', 'Segment' FROM generate_series(1, 700) n`,
	} {
		if _, err := l.DB.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	rows := download(ctx, t, l, audit.Filter{To: noon.Add(time.Hour)})
	if len(rows) != 702 {
		t.Fatalf("%d lines, want a header and 701 entries", len(rows))
	}
	want := []string{"2026/11/22 12:00:00", "スタッフ", "'＝花子", "ポイントを付与", "points.grant", "顧客", "佐藤 一郎", "ポイント: 1,500", ""}
	if !slices.Equal(rows[1], want) {
		t.Errorf("line %q, want %q", rows[1], want)
	}
	narrow, err := access.Scopes(access.ScopeAuditRead)
	if err != nil {
		t.Fatal(err)
	}
	ctx = access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: 1, Scopes: narrow})
	if rows := download(ctx, t, l, audit.Filter{Actions: []string{"points.grant"}}); len(rows) != 2 || rows[1][6] != "#7" {
		t.Errorf("without customers:read: %q", rows)
	}
	if taken, err := l.List(ctx, audit.Filter{Actions: []string{"audit.download"}}, nil, false, 10); err != nil || len(taken) != 2 {
		t.Errorf("%d downloads in the log, %v; want 2", len(taken), err)
	}
}

func download(ctx context.Context, t *testing.T, l *audit.Log, f audit.Filter) [][]string {
	t.Helper()
	file, err := l.Download(ctx, f, "ja", tokyo)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := file.WriteTo(ctx, &b); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(b.String(), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked {
		t.Fatalf("marked %v, %v", marked, err)
	}
	return rows
}
