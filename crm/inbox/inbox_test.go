package inbox_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/inbox"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/shop"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

type quietQueue struct{}

func (quietQueue) Enqueue(context.Context, db.Tx, interface{ Kind() string }) error { return nil }

// world is an installation with a shop of its own and a watched folder.
type world struct {
	t      *testing.T
	d      *db.DB
	clock  *clock.Fixed
	intake *intake.Service
	inbox  *inbox.Service
	owner  context.Context
	shopID int64
	folder *db.Inbox
	dir    string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	d := dbtest.New(t)
	row, err := shop.New(d, clock.System{}).Create(t.Context(), shop.Draft{Code: "shop", Name: "巡り商店", Mall: mall.OwnSite, Currency: "JPY"})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, d: d, clock: &clock.Fixed{T: time.Now()}, shopID: row.ID, owner: access.As(t.Context(), access.Principal{Kind: access.ActorCommand})}
	w.intake = newIntake(d)
	w.inbox = newInbox(d, w.clock, w.intake, t.TempDir())
	w.folder, err = w.inbox.Create(w.owner, inbox.Draft{Folder: "お店", ShopID: row.ID})
	if err != nil {
		t.Fatal(err)
	}
	w.dir = filepath.Join(w.inbox.Root, "お店")
	return w
}

func newIntake(d *db.DB) *intake.Service {
	return intake.New(d, clock.System{}, quietQueue{}, intake.Hooks{People: customer.New(d, clock.System{}, nil)}, slog.New(slog.DiscardHandler), fmt.Sprint("intake-", os.Getpid()))
}

func newInbox(d *db.DB, c clock.Clock, taker inbox.Intake, root string) *inbox.Service {
	return inbox.New(inbox.Config{DB: d, Clock: c, Queue: quietQueue{}, Intake: taker, Log: slog.New(slog.DiscardHandler), Owner: fmt.Sprint("inbox-", os.Getpid()), Root: root})
}

func (w *world) lay(name, content string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// look lets some time pass and looks once.
func (w *world) look() {
	w.t.Helper()
	w.clock.Advance(inbox.Every)
	if err := w.inbox.Work(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// all looks, takes in and looks again until what lay there is moved away.
func (w *world) all() {
	w.t.Helper()
	for range 3 {
		w.look()
		if err := w.intake.Work(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) overview() inbox.Overview {
	w.t.Helper()
	list, err := w.inbox.List(w.t.Context())
	if err != nil || len(list) != 1 {
		w.t.Fatal(list, err)
	}
	return list[0]
}

// lying is what lies in a folder below the watched one, by name.
func (w *world) lying(in string) []string {
	w.t.Helper()
	entries, err := os.ReadDir(filepath.Join(w.dir, in))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		w.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

func (w *world) count(sql string) (n int) {
	w.t.Helper()
	if err := w.d.NewRaw(sql).Scan(w.t.Context(), &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

const customers = "会員番号,氏名,メールアドレス\nM-1,佐藤 花子,hanako@example.com\n"

// TestAFileComesInOnce, when it has stopped growing, and is moved away.
func TestAFileComesInOnce(t *testing.T) {
	w := newWorld(t)
	w.lay("members.csv", "会員番号,氏名")
	w.lay(".members.csv.swp", "x")
	w.lay("members.csv.part", "x")
	w.look()
	w.lay("members.csv", customers)
	w.look() // it grew
	if n := w.count("SELECT count(*) FROM imports"); n != 0 {
		t.Fatalf("%d imports of a file that grows", n)
	}
	w.all()
	if got := w.lying("done"); !slices.Equal(got, []string{"members.csv"}) || w.count("SELECT count(*) FROM customers") != 1 {
		t.Fatalf("done is %q, %d customers", got, w.count("SELECT count(*) FROM customers"))
	}
	if got := w.lying("."); !slices.Equal(got, []string{".members.csv.swp", "members.csv.part"}) {
		t.Errorf("left are %q", got)
	}
	w.lay("again.csv", customers)
	w.all()
	o := w.overview()
	if n := w.count("SELECT count(*) FROM imports"); n != 1 || o.Files[0].SameAs == nil || o.Files[0].Status != "DONE" || len(o.Files[1].Imports) != 1 {
		t.Errorf("the same content again: %d imports, %+v", n, o.Files[0].InboxFile)
	}
	if o.Waiting != 0 || o.Failed != 0 || o.LookedAt == nil || !o.LookedAt.Equal(w.clock.Now()) {
		t.Errorf("%+v", o)
	}

	// What was undone may come again.
	if _, err := w.intake.Undo(w.owner, o.Files[1].Imports[0]); err != nil {
		t.Fatal(err)
	}
	if err := w.intake.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.lay("members.csv", customers)
	w.all()
	if n := w.count("SELECT count(*) FROM imports"); n != 2 || w.count("SELECT count(*) FROM customers") != 1 {
		t.Errorf("after the undoing: %d imports", n)
	}
	if got := w.lying("done"); len(got) != 3 || slices.Contains(got, "") {
		t.Errorf("done is %q: something was written over", got)
	}
}

// TestAFileThatFails lies in failed with its reason, and is told until it is
// taken out of there.
func TestAFileThatFails(t *testing.T) {
	w := newWorld(t)
	w.lay("photo.csv", "\x89PNG\r\n")
	w.lay("unknown.csv", "a,b\n1,2\n")
	w.lay("empty.csv", "")
	w.lay("late.csv", "会員番号,氏名,メールアドレス\n\"M-1,佐藤")
	w.all()
	o := w.overview()
	codes := map[string]string{}
	for _, f := range o.Files {
		if f.Code != nil {
			codes[f.Name] = *f.Code
		}
	}
	if codes["photo.csv"] != "NOT_TEXT" || codes["unknown.csv"] != "UNKNOWN_FORMAT" || codes["empty.csv"] != "EMPTY_FILE" {
		t.Errorf("%v", codes)
	}
	for name := range codes {
		text, err := os.ReadFile(filepath.Join(w.dir, "failed", name+".reason.txt"))
		if err != nil || !strings.Contains(string(text), codes[name]) || strings.Contains(string(text), "取り込み」のページ") {
			t.Errorf("beside %s stands %q, %v", name, text, err)
		}
	}
	causes, err := w.inbox.Troubled(t.Context())
	if err != nil || len(causes) != 1 || causes[0].Figures["files"] != int64(len(codes)) || causes[0].Figures["code"] != nil {
		t.Errorf("%+v, %v", causes, err)
	}
	if err := os.RemoveAll(filepath.Join(w.dir, "failed")); err != nil {
		t.Fatal(err)
	}
	w.look()
	if causes, err := w.inbox.Troubled(t.Context()); err != nil || len(causes) != 0 {
		t.Errorf("once they are taken out: %+v, %v", causes, err)
	}
}

// TestAZip becomes an import of each of its files, or of none.
func TestAZip(t *testing.T) {
	w := newWorld(t)
	pack := func(files map[string]string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, content := range files {
			f, err := z.Create(name)
			if err == nil {
				_, err = f.Write([]byte(content))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	w.lay("good.zip", pack(map[string]string{"a.csv": customers, "b.csv": strings.ReplaceAll(customers, "M-1", "M-2")}))
	w.lay("half.zip", pack(map[string]string{"c.csv": strings.ReplaceAll(customers, "M-1", "M-3"), "d.csv": "a,b\n1,2\n"}))
	w.all()
	if n := w.count("SELECT count(*) FROM imports WHERE companion_id IS NULL"); n != 2 || !slices.Equal(w.lying("done"), []string{"good.zip"}) {
		t.Errorf("%d imports, done is %q", n, w.lying("done"))
	}
	if got := w.lying("failed"); !slices.Equal(got, []string{"half.zip", "half.zip.reason.txt"}) {
		t.Errorf("failed is %q", got)
	}
}

// TestAFolderThatIsGone is told, and is looked into again when it is back.
func TestAFolderThatIsGone(t *testing.T) {
	w := newWorld(t)
	if err := os.RemoveAll(w.dir); err != nil {
		t.Fatal(err)
	}
	w.look()
	causes, err := w.inbox.Troubled(t.Context())
	if o := w.overview(); err != nil || o.Trouble == nil || *o.Trouble != "FOLDER_GONE" || len(causes) != 1 || causes[0].Figures["code"] != "FOLDER_GONE" {
		t.Errorf("%+v, %+v, %v", o.Inbox, causes, err)
	}
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	w.look()
	if o := w.overview(); o.Trouble != nil {
		t.Errorf("%s is told still", *o.Trouble)
	}
}

// TestOnlyOwnersWatch folders, and none that leads elsewhere.
func TestOnlyOwnersWatch(t *testing.T) {
	w := newWorld(t)
	marketer := access.As(t.Context(), access.Principal{Kind: access.ActorStaff, ID: 1, Role: access.RoleManager})
	_, create := w.inbox.Create(marketer, inbox.Draft{Folder: "b", ShopID: w.shopID})
	_, update := w.inbox.Update(marketer, w.folder.ID, inbox.Draft{ShopID: w.shopID})
	for what, err := range map[string]error{"create": create, "update": update, "remove": w.inbox.Remove(marketer, w.folder.ID)} {
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, name := range []string{"", ".", "..", "../b", "a/b", `a\b`, "/etc", ".hidden", "a\x00", strings.Repeat("あ", 34)} {
		if _, err := w.inbox.Create(w.owner, inbox.Draft{Folder: name, ShopID: w.shopID}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := w.inbox.Create(w.owner, inbox.Draft{Folder: "お店", ShopID: w.shopID}); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same folder again: %v", err)
	}
	for what, d := range map[string]inbox.Draft{"no such shop": {Folder: "b", ShopID: 99}, "no such mapping": {Folder: "b", ShopID: w.shopID, Mapping: "x"}} {
		if _, err := w.inbox.Create(w.owner, d); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}

	// A link out of the root is no file of the folder, and a stopped folder is left alone.
	outside := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(outside, []byte(customers), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(w.dir, "link.csv")); err != nil {
		t.Fatal(err)
	}
	w.all()
	if _, err := w.inbox.Update(w.owner, w.folder.ID, inbox.Draft{ShopID: w.shopID, Stopped: true}); err != nil {
		t.Fatal(err)
	}
	w.lay("members.csv", customers)
	w.all()
	if n := w.count("SELECT count(*) FROM imports"); n != 0 {
		t.Errorf("%d imports", n)
	}
}
