package segment

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

var numbered = regexp.MustCompile(`\$(\d+)`)

// Condition is whom a rule means at this moment, as a condition on customers as
// c for lists that are put together with Bun: its arguments are ?0, ?1 …, and
// needs names what it reads beside c.id (c the profile, s customer_stats, p
// point_accounts, m member_stages with g its stages).
// Errors: fault.Invalid RULE_INVALID with the first mistake's path and code.
func (s *Service) Condition(ctx context.Context, raw json.RawMessage) (needs []string, where string, args []any, err error) {
	query, _, err := s.compile(ctx, raw)
	if problems := Problems(err); len(problems) > 0 {
		return nil, "", nil, fault.Wrap(fault.Invalid, err, "this is no rule: %s", problems[0].Message).
			WithCode("RULE_INVALID").At("rule").With("path", problems[0].Field).With("cause", problems[0].CodeOrKind())
	}
	if err != nil {
		return nil, "", nil, err
	}
	for _, arg := range query.args {
		args = append(args, forBun(arg))
	}
	where = numbered.ReplaceAllStringFunc(query.where, func(place string) string {
		n, _ := strconv.Atoi(place[1:]) // digits, as the pattern says
		return "?" + strconv.Itoa(n-1)
	})
	return query.needs, where, args, nil
}

// forBun says of lists that they are arrays of Postgres.
func forBun(arg any) any {
	switch list := arg.(type) {
	case []string:
		return pgdialect.Array(list)
	case []int64:
		return pgdialect.Array(list)
	}
	return arg
}

// Guard runs a read that nothing bounds, a rule for instance: first as Postgres would, and when
// that takes long, by the safe plan within the timeout of a count.
// Errors: those of read; fault.Unavailable when it takes too long.
func (s *Service) Guard(ctx context.Context, read func(context.Context, bun.IDB) error) error {
	try := func(settings string, limit time.Duration) error {
		return s.db.RunInTx(ctx, &sql.TxOptions{ReadOnly: true}, func(ctx context.Context, tx bun.Tx) error {
			timeout := "; SET LOCAL statement_timeout = " + strconv.FormatInt(max(1, limit.Milliseconds()), 10)
			if _, err := tx.ExecContext(ctx, settings+timeout); err != nil {
				return err
			}
			return read(ctx, tx)
		})
	}
	err := try(quickPlan, s.quick)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == queryCanceled && ctx.Err() == nil {
		err = try(RuleSettings, s.config.Timeout)
	}
	return db.Fault(err)
}
