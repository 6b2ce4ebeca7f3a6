package segment

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// Config is what a Service needs.
type Config struct {
	DB       *db.DB
	Clock    clock.Clock
	Zone     *time.Location // the merchant's
	Currency string         // ISO 4217, the base currency
	Timeout  time.Duration  // of one statement of a count or preview; 0 = 10 s
	Calendar Calendar       // nil: there are no events
}

// Calendar tells of the events that rules may speak of.
type Calendar interface {
	// SegmentEvents are all events, in the order a form shows them, with the times
	// they were and will be from the instant on.
	SegmentEvents(ctx context.Context, since time.Time) ([]Event, error)
}

// Service counts rules and keeps segments. It is safe for concurrent use.
type Service struct {
	db      *db.DB
	clock   clock.Clock
	config  Config
	quick   time.Duration // how long a rule may take before it is run anew under RuleSettings
	catalog cachedCatalog
}

// New makes the service.
func New(c Config) *Service {
	if c.Timeout == 0 {
		c.Timeout = 10 * time.Second
	}
	return &Service{db: c.DB, clock: c.Clock, config: c, quick: min(quickLimit, c.Timeout)}
}

// RuleSettings is SQL that holds for the rest of a transaction and keeps any rule
// from going quadratic.
//
// A rule has many conditions that depend on one another, and it may be asked
// right after an import, before Postgres has counted the new rows. Its estimate
// then is one row, and it joins grouped subqueries in nested loops or even
// crosswise: 250 customers took minutes. Without nested loops each part is
// hashed once, whatever the estimates.
const RuleSettings = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '16MB'; SET LOCAL jit = off"

// quickPlan leaves the plan to Postgres, which is faster where few customers
// are meant and the estimates are right. It has the room to hash everybody once.
// Compiling to machine code takes longer than most rules do.
const quickPlan = "SET LOCAL work_mem = '16MB'; SET LOCAL jit = off"

// queryCanceled is the SQLSTATE of a statement that took too long.
const queryCanceled = "57014"

// quickLimit is far above what a rule takes with a sensible plan, also on a machine
// that has much else to do: there the safe plan would only be slower.
const quickLimit = 3 * time.Second

// beginRule opens a read-only transaction in which a rule may run for so long.
func beginRule(settings string, limit time.Duration) string {
	return "BEGIN READ ONLY; " + settings + "; SET LOCAL statement_timeout = " + strconv.FormatInt(max(1, limit.Milliseconds()), 10)
}

// Count is how many customers a rule has now.
// Errors: those of Parse; fault.Unavailable when it takes too long.
func (s *Service) Count(ctx context.Context, raw json.RawMessage) (int64, error) {
	query, _, err := s.compile(ctx, raw)
	if err != nil {
		return 0, err
	}
	var count int64
	err = s.run(ctx, query.Count(), func(row pgx.Row) error { return row.Scan(&count) })
	return count, err
}

// Preview is what a rule means on today's data.
type Preview struct {
	Count    int64
	Sample   []int64 // customer ids
	Sentence Words
	Took     time.Duration // of the statements
}

// MaxSample is the most customers a preview takes.
const MaxSample = 50

// Preview counts a rule, takes a sample of at most n customers and says it in
// words. Errors: as Count; fault.Invalid for a sample below 0 or above MaxSample.
func (s *Service) Preview(ctx context.Context, raw json.RawMessage, n int) (*Preview, error) {
	if n < 0 || n > MaxSample {
		return nil, fault.New(fault.Invalid, "a sample has 0 to %d customers", MaxSample).WithCode("SAMPLE_INVALID").At("sample").With("max", MaxSample)
	}
	query, sentence, err := s.compile(ctx, raw)
	if err != nil {
		return nil, err
	}
	p := &Preview{Sentence: sentence}
	start := time.Now()
	err = s.run(ctx, query.Preview(n), func(row pgx.Row) error { return row.Scan(&p.Count, &p.Sample) })
	if err == nil && int64(len(p.Sample)) < min(int64(n), p.Count) { // few people, and fewer of them where the sample was looked for
		err = s.run(ctx, query.Sample(n), func(row pgx.Row) error { return row.Scan(&p.Sample) })
	}
	p.Took = time.Since(start)
	return p, err
}

// Sentence says a rule in words. Errors: those of Parse.
func (s *Service) Sentence(ctx context.Context, raw json.RawMessage) (Words, error) {
	catalog, rule, err := s.parse(ctx, raw)
	if err != nil {
		return Words{}, err
	}
	return catalog.Sentence(rule), nil
}

func (s *Service) compile(ctx context.Context, raw json.RawMessage) (Query, Words, error) {
	catalog, rule, err := s.parse(ctx, raw)
	if err != nil {
		return Query{}, Words{}, err
	}
	return catalog.Compile(rule, s.clock.Now()), catalog.Sentence(rule), nil
}

// parse reads a rule by the catalog. A rule that does not fit the one at hand is
// held against a new one: it may name what another process has just saved.
func (s *Service) parse(ctx context.Context, raw json.RawMessage) (*Catalog, *Rule, error) {
	for again := false; ; again = true {
		catalog, err := s.Catalog(ctx)
		if err != nil {
			return nil, nil, err
		}
		rule, err := catalog.Parse(raw)
		if err == nil || again {
			return catalog, rule, err
		}
		s.catalog.forget()
	}
}

// run runs one statement that gives one row: first as Postgres would, and when
// that takes long, by the safe plan within the timeout. Rules are too different
// from one another to be worth preparing, and a plan made without the arguments
// would be a poor one.
func (s *Service) run(ctx context.Context, st Statement, scan func(pgx.Row) error) error {
	try := func(settings string, limit time.Duration) error {
		begin := pgx.TxOptions{BeginQuery: beginRule(settings, limit)}
		return pgx.BeginTxFunc(ctx, s.db.Pool, begin, func(tx pgx.Tx) error {
			return scan(tx.QueryRow(ctx, st.SQL, st.ExecArgs()...))
		})
	}
	err := try(quickPlan, s.quick)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == queryCanceled && ctx.Err() == nil {
		err = try(RuleSettings, s.config.Timeout)
	}
	return db.Fault(err)
}

// ExecArgs are the arguments for pgx, with the mode in which pgx sends them beside the
// SQL, without preparing it.
func (st Statement) ExecArgs() []any {
	return append([]any{pgx.QueryExecModeExec}, st.Args...)
}

// Catalog is the catalog with the merchant's stages, segments and events. It is read
// again after a few seconds, so that a renamed stage shows soon.
func (s *Service) Catalog(ctx context.Context) (*Catalog, error) {
	c, err := s.catalog.get(ctx, s.clock.Now(), func(ctx context.Context) (*Catalog, error) { return s.readCatalog(ctx, s.db.Pool) })
	return c, db.Fault(err)
}

// querier reads rows.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func (s *Service) readCatalog(ctx context.Context, q querier) (*Catalog, error) {
	stages, err := readStages(ctx, q)
	if err != nil {
		return nil, err
	}
	saved, err := readSegments(ctx, q)
	if err != nil {
		return nil, err
	}
	kept, err := readProperties(ctx, q)
	if err != nil {
		return nil, err
	}
	tags, err := readTags(ctx, q)
	if err != nil {
		return nil, err
	}
	rules, err := readEarnRules(ctx, q)
	if err != nil {
		return nil, err
	}
	m := Merchant{Zone: s.config.Zone, Currency: s.config.Currency, Stages: stages, Segments: saved, Properties: kept, Tags: tags, EarnRules: rules}
	if s.config.Calendar != nil {
		m.Events, err = s.config.Calendar.SegmentEvents(ctx, s.clock.Now().AddDate(0, 0, -MaxDays))
	}
	return NewCatalog(m), err
}

// readProperties reads what the merchant keeps of customers, what is out of use
// last: kept rules still name it.
func readProperties(ctx context.Context, q querier) ([]Property, error) {
	rows, err := q.Query(ctx, "SELECT id, key, name, help, type, choices, decimals, archived_at IS NOT NULL FROM properties ORDER BY archived_at IS NOT NULL, position, id")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Property, err error) {
		var name string
		var archived bool
		var choices []struct {
			Value, Name string
			Archived    bool
		}
		err = row.Scan(&p.ID, &p.Key, &name, &p.Help, &p.Kind, &choices, &p.Decimals, &archived)
		p.Words = retired(name, name, archived)
		for _, c := range choices {
			p.Choices = append(p.Choices, Choice{c.Value, retired(c.Name, c.Name, c.Archived)})
		}
		return p, err
	})
}

func readTags(ctx context.Context, q querier) ([]Choice, error) {
	rows, err := q.Query(ctx, "SELECT id, name FROM customer_tags ORDER BY name, id")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Choice, error) {
		var id int64
		var name string
		err := row.Scan(&id, &name)
		return Choice{Value: gid.Encode("CustomerTag", id), Words: Words{JA: name, EN: name}}, err
	})
}

// readEarnRules reads the rules of the point programme as they are called now,
// removed ones last: kept rules of segments still name them.
func readEarnRules(ctx context.Context, q querier) ([]Choice, error) {
	rows, err := q.Query(ctx, `SELECT r.id, v.name, r.archived_at IS NOT NULL FROM earn_rules r
		JOIN LATERAL (SELECT name FROM earn_rule_versions WHERE rule_id = r.id ORDER BY version DESC LIMIT 1) v ON true
		ORDER BY r.archived_at IS NOT NULL, v.name, r.id`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Choice, error) {
		var id int64
		var name string
		var archived bool
		err := row.Scan(&id, &name, &archived)
		return Choice{Value: gid.Encode("EarnRule", id), Words: retired(name, name, archived)}, err
	})
}

// retired are the words of something that may be out of use.
func retired(ja, en string, archived bool) Words {
	if archived {
		return Words{JA: ja + "（廃止）", EN: en + " (retired)"}
	}
	return Words{JA: ja, EN: en}
}

// cachedCatalog keeps a catalog for a few seconds.
type cachedCatalog struct {
	mu    sync.Mutex
	value *Catalog
	until time.Time
}

const catalogLife = 5 * time.Second

func (k *cachedCatalog) get(ctx context.Context, now time.Time, read func(context.Context) (*Catalog, error)) (*Catalog, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.value != nil && now.Before(k.until) {
		return k.value, nil
	}
	value, err := read(ctx)
	if err == nil {
		k.value, k.until = value, now.Add(catalogLife)
	}
	return value, err
}

// forget has the next rule read the catalog anew: a segment was saved here.
func (k *cachedCatalog) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.value = nil
}

// readStages reads the ladder, and after it the stages that were taken off it:
// histories and kept rules still name those.
func readStages(ctx context.Context, q querier) ([]Choice, error) {
	rows, err := q.Query(ctx, "SELECT code, name, archived_at IS NOT NULL FROM stages ORDER BY archived_at IS NOT NULL, position, id")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Choice, error) {
		var code, name string
		var archived bool
		err := row.Scan(&code, &name, &archived)
		return Choice{Value: code, Words: retired(name, title(code), archived)}, err
	})
}

func readSegments(ctx context.Context, q querier) ([]Named, error) {
	rows, err := q.Query(ctx, "SELECT id, name, rule, CASE WHEN fixed THEN id ELSE 0 END FROM segments WHERE archived_at IS NULL ORDER BY name")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (n Named, err error) {
		var id int64
		err = row.Scan(&id, &n.Name, &n.Rule, &n.Fixed)
		n.ID = gid.Encode("Segment", id)
		return n, err
	})
}

// title makes a word of a code: GOLD → Gold. The ladder's names are Japanese.
func title(code string) string {
	if code == "" {
		return ""
	}
	return code[:1] + strings.ToLower(strings.ReplaceAll(code[1:], "_", " "))
}
