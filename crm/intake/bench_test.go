package intake_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/klauspost/compress/zstd"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/stage"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// BenchmarkImport takes a file in beside what it costs at least, one after the
// other on one server: (a) bare COPY into one table, (b) COPY into a staging
// table, then orders and lines with their keys by SQL written by hand. The
// promises are at least 0.05 of (a) and 0.4 of (b) in rows per second.
//
// The file is Online Retail where it is at hand (MEGURI_BENCH_FILE, else beside
// the repository), and a made-up one of the same shape elsewhere.
func BenchmarkImport(b *testing.B) {
	file := benchFile(b)
	rows := float64(bytes.Count(file, []byte("\n")) - 1)
	for b.Loop() {
		d := dbtest.New(b)
		bare := seconds(b, func() { bareCopy(b, d, file) })
		hand := seconds(b, func() { byHand(b, d, file) })
		s := newService(d, intake.Hooks{
			Ledger:      points.New(d, clock.System{}, time.UTC),
			Stages:      stage.New(d, clock.System{}, time.UTC, "JPY"),
			Conversions: campaign.Conversions{},
		})
		to := newShop(b, d, "bench", mall.OwnSite)
		product := seconds(b, func() { take(b, s, to.ID, onlineRetail(b), string(file)) })

		b.ReportMetric(rows/product, "rows/s")
		b.ReportMetric(rows/bare, "copy-rows/s")
		b.ReportMetric(rows/hand, "hand-rows/s")
		b.ReportMetric(bare/product, "ratio-to-copy")
		b.ReportMetric(hand/product, "ratio-to-hand")
	}
}

func seconds(b *testing.B, do func()) float64 {
	b.Helper()
	begun := time.Now()
	do()
	return time.Since(begun).Seconds()
}

func benchFile(b *testing.B) []byte {
	b.Helper()
	path := os.Getenv("MEGURI_BENCH_FILE")
	if path == "" {
		path = filepath.Join("..", "..", "..", "shared", "data", "online_retail", "online_retail.csv.zst")
		if _, err := os.Stat(path); err != nil {
			return []byte(retailHeader + strings.Join(retailOrders(1, 26_000), ""))
		}
	}
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var content io.Reader = f
	if strings.HasSuffix(path, ".zst") {
		z, err := zstd.NewReader(f)
		if err != nil {
			b.Fatal(err)
		}
		defer z.Close()
		content = z
	}
	all, err := io.ReadAll(content)
	if err != nil {
		b.Fatal(err)
	}
	return all
}

const rawColumns = `(invoice_no text, stock_code text, description text, quantity int, invoice_date timestamp, unit_price numeric, customer_id text, country text)`

func bareCopy(b *testing.B, d *db.DB, file []byte) { copyFile(b, d, "bare", file) }

func copyFile(b *testing.B, d *db.DB, table string, file []byte) {
	b.Helper()
	err := pgx.BeginFunc(b.Context(), d.Pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(b.Context(), "CREATE TABLE "+table+" "+rawColumns); err != nil {
			return err
		}
		_, err := tx.Conn().PgConn().CopyFrom(b.Context(), bytes.NewReader(file), "COPY "+table+" FROM STDIN WITH (FORMAT csv, HEADER)")
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

// byHand is what somebody who knows SQL does in an afternoon: no customers, no
// rollups, no events, no resumption, no progress, no quarantine.
func byHand(b *testing.B, d *db.DB, file []byte) {
	b.Helper()
	copyFile(b, d, "staging", file)
	for _, sql := range []string{
		`CREATE TABLE hand_orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_no text NOT NULL UNIQUE,
			customer text, ordered_at timestamptz NOT NULL, amount bigint NOT NULL, quantity bigint NOT NULL)`,
		`CREATE TABLE hand_lines (order_id bigint, line int, sku text NOT NULL, name text NOT NULL, unit_price bigint NOT NULL,
			quantity bigint NOT NULL, amount bigint NOT NULL, PRIMARY KEY (order_id, line))`,
		`INSERT INTO hand_orders (order_no, customer, ordered_at, amount, quantity)
			SELECT invoice_no, min(customer_id), min(invoice_date), sum(round(unit_price * quantity * 100)), sum(quantity) FROM staging GROUP BY invoice_no`,
		`INSERT INTO hand_lines
			SELECT o.id, row_number() OVER (PARTITION BY s.invoice_no), s.stock_code, coalesce(s.description, ''),
				round(s.unit_price * 100), s.quantity, round(s.unit_price * s.quantity * 100)
			FROM staging s JOIN hand_orders o ON o.order_no = s.invoice_no`,
	} {
		if _, err := d.Pool.Exec(b.Context(), sql); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkImportCustomers takes 100,000 customers in beside what it costs at
// least: COPY of the file into a temporary table and one upsert into a table
// with the indexes of customers and a key on the mail address. The aim is 0.4
// of its customers per second; 0.25 to 0.40 is what two busy cores gave. The
// product also matches each of them with who is there, refuses rows, and can be
// stopped, killed and undone. To that end it writes ten rows for a new person
// where the other side writes one: beside the customer the figures, four keys,
// three identities and what an undo goes by. Keys, with two indexes, take a
// quarter of the time, the customers with the index names are searched in a
// third.
func BenchmarkImportCustomers(b *testing.B) {
	const people = 100_000
	file := madeUpPeople(people)
	for b.Loop() {
		d := dbtest.New(b)
		floor := seconds(b, func() { copyAndUpsert(b, d, file) })
		s := newService(d, intake.Hooks{})
		to := newShop(b, d, "bench", mall.OwnSite)
		product := seconds(b, func() { take(b, s, to.ID, membersMapping(b), file) })
		b.ReportMetric(people/product, "customers/s")
		b.ReportMetric(people/floor, "floor-customers/s")
		b.ReportMetric(floor/product, "ratio")
	}
}

func copyAndUpsert(b *testing.B, d *db.DB, file string) {
	b.Helper()
	err := pgx.BeginFunc(b.Context(), d.Pool, func(tx pgx.Tx) error {
		for _, sql := range []string{
			"CREATE TABLE hand_customers (LIKE customers INCLUDING ALL, member_id text)",
			"CREATE UNIQUE INDEX ON hand_customers (email)",
			"CREATE TEMPORARY TABLE incoming (member_id text, name text, kana text, mail text, phone text, born date, gender text, letters text, agreed date) ON COMMIT DROP",
		} {
			if _, err := tx.Exec(b.Context(), sql); err != nil {
				return err
			}
		}
		if _, err := tx.Conn().PgConn().CopyFrom(b.Context(), strings.NewReader(file), "COPY incoming FROM STDIN WITH (FORMAT csv, HEADER)"); err != nil {
			return err
		}
		_, err := tx.Exec(b.Context(), `INSERT INTO hand_customers (member_id, family_name, given_name, family_kana, given_kana, email, phone, birth_date, gender, search_text)
			SELECT member_id, split_part(name, ' ', 1), split_part(name, ' ', 2), split_part(kana, ' ', 1), split_part(kana, ' ', 2), mail,
				'+81' || substr(replace(phone, '-', ''), 2), born, CASE gender WHEN '男' THEN 'MALE' ELSE 'FEMALE' END,
				name || E'\n' || kana || E'\n' || mail || E'\n' || phone
			FROM incoming
			ON CONFLICT (email) DO UPDATE SET member_id = excluded.member_id, family_name = excluded.family_name, given_name = excluded.given_name,
				phone = excluded.phone, birth_date = excluded.birth_date, gender = excluded.gender, search_text = excluded.search_text, updated_at = now()`)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkImportMembers takes 50,000 members of another system in, each with two
// shops, two words of consent and two actions on points, beside the COPY of the
// same lines into one table. A member is some thirty rows: what a customer is
// (see above), the words, bookings with their postings, lots and accounts, the
// stage with its history, and the events of all of them.
func BenchmarkImportMembers(b *testing.B) {
	const members = 50_000
	file := madeUpMembers(members)
	for b.Loop() {
		l := newLoyal(b)
		floor := seconds(b, func() {
			_, err := l.d.Pool.Exec(b.Context(), "CREATE TABLE hand_members (line jsonb)")
			if err == nil {
				err = copyLines(b, l.d, file)
			}
			if err != nil {
				b.Fatal(err)
			}
		})
		product := seconds(b, func() { l.members(file) })
		b.ReportMetric(members/product, "members/s")
		b.ReportMetric(members/floor, "floor-lines/s")
		b.ReportMetric(floor/product, "ratio")
	}
}

func copyLines(b *testing.B, d *db.DB, file string) error {
	return pgx.BeginFunc(b.Context(), d.Pool, func(tx pgx.Tx) error {
		quoted := `"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(file), `"`, `""`), "\n", "\"\n\"") + `"`
		_, err := tx.Conn().PgConn().CopyFrom(b.Context(), strings.NewReader(quoted), "COPY hand_members FROM STDIN WITH (FORMAT csv)")
		return err
	})
}

func madeUpMembers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"memberNo":"M%[1]d","identities":[{"shop":"kyoto","kind":"MEMBER_ID","value":"K%[1]d"}],`+
			`"profile":{"familyName":"佐藤","givenName":"花子%[1]d","mail":"m%[1]d@example.com"},"joinedAt":"%[2]s",`+
			`"consents":[{"channel":"MAIL","state":"GIVEN","at":"%[2]s","wording":"お知らせを受け取る"},{"channel":"LINE","state":"GIVEN","at":"%[2]s","wording":"お知らせを受け取る"}],`+
			`"pointActions":[{"key":"join","kind":"GRANT","amount":500,"at":"%[2]s"},{"key":"use","kind":"REDEEM","amount":%[3]d,"at":"%[4]s"}]}`+"\n",
			i, day(30+i%300), 1+i%400, day(i%29))
	}
	return b.String()
}
