package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/meguri-crm/meguri/crm/fault"
)

// Constraint is the name of the constraint that err violates, or "". Nouns
// branch on it where a violation has a meaning of its own:
//
//	if db.Constraint(err) == "point_accounts_available_check" { … }
func Constraint(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.ConstraintName
	}
	return ""
}

// Fault translates an error of the database to a fault; nil stays nil, and a
// fault stays as it is. The code of a violated constraint is its name in
// capitals (STAFF_EMAIL_KEY), so that clients can tell them apart; the message
// never quotes values, because they may be personal.
func Fault(err error) error {
	if err == nil {
		return nil
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	var pg *pgconn.PgError
	switch {
	case errors.Is(err, sql.ErrNoRows), errors.Is(err, pgx.ErrNoRows):
		return fault.Wrap(fault.NotFound, err, "not found")
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.Wrap(fault.Unavailable, err, "the request was cut short")
	case errors.As(err, &pg):
		return postgresFault(pg, err)
	case pgconn.SafeToRetry(err), pgconn.Timeout(err), cutOff(err):
		return fault.Wrap(fault.Unavailable, err, "the database is not reachable at the moment")
	}
	return fault.Wrap(fault.Internal, err, "internal error")
}

// cutOff says that the connection was lost: whether the statement was done, or
// the transaction committed, is not known.
func cutOff(err error) bool {
	var network net.Error
	for _, lost := range []error{io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, pgconn.ErrConnClosed, driver.ErrBadConn, sql.ErrConnDone} {
		if errors.Is(err, lost) {
			return true
		}
	}
	return errors.As(err, &network)
}

// postgresFault goes by SQLSTATE (PostgreSQL documentation, appendix A).
func postgresFault(pg *pgconn.PgError, err error) error {
	code := strings.ToUpper(pg.ConstraintName)
	switch pg.Code {
	case "23505", "23P01": // unique_violation, exclusion_violation
		return fault.Wrap(fault.Conflict, err, "it clashes with something that exists already").WithCode(code)
	case "23503": // foreign_key_violation
		return fault.Wrap(fault.Precondition, err, "it refers to something that does not exist, or is still referred to").WithCode(code)
	case "23514": // check_violation
		return fault.Wrap(fault.Precondition, err, "a rule of the data forbids this").WithCode(code)
	case "23502": // not_null_violation
		return fault.Wrap(fault.Invalid, err, "a required value is missing").At(pg.ColumnName)
	case "40001", "40P01", "55P03", "57014": // serialization, deadlock, lock_not_available, query_canceled
		return fault.Wrap(fault.Unavailable, err, "the database is busy; try again")
	}
	switch pg.Code[:2] {
	case "22": // data exception: out of range, NUL byte, malformed text
		return fault.Wrap(fault.Invalid, err, "a value is not acceptable")
	case "08", "53", "57", "58": // connection, resources, operator intervention, system
		return fault.Wrap(fault.Unavailable, err, "the database is not available at the moment")
	}
	return fault.Wrap(fault.Internal, err, "internal error")
}
