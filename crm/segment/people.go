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

// People is the SQL for the ids of everybody a rule means at this moment, for
// lists that are put together with Bun: its arguments are ?0, ?1 …
// Errors: fault.Invalid RULE_INVALID with the first mistake's path and code.
func (s *Service) People(ctx context.Context, raw json.RawMessage) (string, []any, error) {
	query, _, err := s.compile(ctx, raw)
	if problems := Problems(err); len(problems) > 0 {
		return "", nil, fault.Wrap(fault.Invalid, err, "this is no rule: %s", problems[0].Message).
			WithCode("RULE_INVALID").At("rule").With("path", problems[0].Field).With("cause", problems[0].CodeOrKind())
	}
	if err != nil {
		return "", nil, err
	}
	st := query.IDs()
	args := make([]any, len(st.Args))
	for i, arg := range st.Args {
		args[i] = forBun(arg)
	}
	return numbered.ReplaceAllStringFunc(st.SQL, func(place string) string {
		n, _ := strconv.Atoi(place[1:]) // digits, as the pattern says
		return "?" + strconv.Itoa(n-1)
	}), args, nil
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

// Guard runs a read that has a rule in it: first as Postgres would, and when
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
