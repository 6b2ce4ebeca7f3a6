package db_test

import (
	"testing"

	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestThePlannerLearnsOfTablesThatGrew(t *testing.T) {
	d := dbtest.New(t)
	conn, err := d.Pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	for _, sql := range []string{
		"CREATE TABLE grown (id bigint PRIMARY KEY)", "CREATE TABLE little (id bigint PRIMARY KEY)",
		"INSERT INTO grown SELECT generate_series(1, 5000)", "INSERT INTO little SELECT generate_series(1, 50)",
		"SELECT pg_stat_force_next_flush()",
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.RefreshStatistics(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	var grown, little int
	err = d.NewRaw("SELECT (SELECT reltuples::bigint FROM pg_class WHERE relname = 'grown'), (SELECT reltuples::bigint FROM pg_class WHERE relname = 'little')").Scan(t.Context(), &grown, &little)
	if err != nil || grown != 5000 || little != -1 {
		t.Errorf("the planner knows of %d rows and %d, %v; want those of the table that grew, and nothing of the little one", grown, little, err)
	}
}
