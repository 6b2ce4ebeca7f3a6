package view

import (
	"context"
	"database/sql"
	"errors"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// Columns are those the caller chose last for a list, in their order; none when
// he never chose. Errors: fault.Forbidden; fault.Invalid for a list that is none
// of Lists.
func (s *Service) Columns(ctx context.Context, list string) ([]string, error) {
	me, err := staff(ctx)
	if err != nil {
		return nil, err
	}
	if err := checkList(list); err != nil {
		return nil, err
	}
	row := new(db.ListColumns)
	err = s.db.NewSelect().Model(row).Where("staff_id = ? AND list = ?", me, list).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return row.Columns, db.Fault(err)
}

// RememberColumns keeps the caller's choice of columns; none forgets it. It is
// how a screen looks and changes nothing of the merchant's, so it leaves no
// trace in the audit log. Errors: fault.Invalid.
func (s *Service) RememberColumns(ctx context.Context, list string, columns []string) error {
	me, err := staff(ctx)
	if err != nil {
		return err
	}
	if err := checkList(list); err != nil {
		return err
	}
	if len(columns) == 0 {
		_, err := s.db.NewDelete().Model((*db.ListColumns)(nil)).Where("staff_id = ? AND list = ?", me, list).Exec(ctx)
		return db.Fault(err)
	}
	if err := checkColumns(columns); err != nil {
		return err
	}
	row := &db.ListColumns{StaffID: me, List: list, Columns: columns}
	_, err = s.db.NewInsert().Model(row).On("CONFLICT (staff_id, list) DO UPDATE").Set("columns = EXCLUDED.columns").Exec(ctx)
	return db.Fault(err)
}

const maxColumnName = 40

func checkColumns(columns []string) error {
	if len(columns) > MaxColumns {
		return fault.New(fault.Invalid, "at most %d columns", MaxColumns).At("columns")
	}
	for _, c := range columns {
		if c == "" || len(c) > maxColumnName {
			return fault.New(fault.Invalid, "a column is named by 1 to %d characters", maxColumnName).At("columns")
		}
	}
	return nil
}
