package intake

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// lot is the rows of a file of customers that one transaction applies.
type lot struct {
	lines    []int64
	evidence []customer.Evidence
	words    [][]mall.Word
	members  []*mall.Member // of a file of members; nil in others
}

// readAhead makes the next lot ready while the database takes the one before
// in. The stage does not change while its import is applied, so that a lot may
// be read before its turn.
type readAhead struct {
	ctx   context.Context // of the worker, not of one batch
	s     *Service
	imp   db.Import // as it was when applying began
	known *knownNames
	after int64 // where the lot begins that is being made ready
	ready chan readyLot
}

type readyLot struct {
	*lot
	err error
}

// lot is the lot after a line; empty at the end of the file.
func (a *readAhead) lot(ctx context.Context, after int64) (*lot, error) {
	if a.ready == nil || a.after != after { // the first, or once more after a race
		a.begin(after)
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case got := <-a.ready:
		a.ready = nil
		if got.err == nil && len(got.lines) > 0 {
			a.begin(got.lines[len(got.lines)-1])
		}
		return got.lot, got.err
	}
}

func (a *readAhead) begin(after int64) {
	ready := make(chan readyLot, 1) // nobody may come for it
	a.after, a.ready = after, ready
	go func() {
		l, err := a.read(after)
		ready <- readyLot{l, db.Fault(err)}
	}()
}

func (a *readAhead) read(after int64) (*lot, error) {
	rows, err := a.s.db.Pool.Query(a.ctx, "SELECT line, content FROM "+peopleTable(a.imp.ID)+" WHERE line > $1 ORDER BY line LIMIT $2",
		pgx.QueryExecModeExec, after, peoplePerBatch)
	if err != nil {
		return nil, err
	}
	var (
		l       = new(lot)
		line    int64
		content []byte
	)
	_, err = pgx.ForEachRow(rows, []any{&line, &content}, func() error {
		var p mall.Person
		if err := json.Unmarshal(content, &p); err != nil {
			return err
		}
		l.lines = append(l.lines, line)
		l.words = append(l.words, p.Words)
		l.members = append(l.members, p.Member)
		l.evidence = append(l.evidence, a.known.evidence(p, a.imp.CreatedAt))
		return nil
	})
	return l, err
}
