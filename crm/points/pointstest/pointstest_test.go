package pointstest_test

import (
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/crm/points/pointstest"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func TestFilledBooksAreInOrder(t *testing.T) {
	d := dbtest.New(t)
	now := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	const members = 250
	pointstest.Fill(t, d, members, now)
	s := points.New(d, &clock.Fixed{T: now}, time.FixedZone("JST", 9*3600))

	found, err := s.Verify(t.Context())
	if err != nil || len(found) > 0 {
		t.Fatalf("%v, %v", found, err)
	}
	var bookings int
	if err := d.Pool.QueryRow(t.Context(), `SELECT count(*) FROM point_bookings`).Scan(&bookings); err != nil || bookings != members*pointstest.Each {
		t.Errorf("%d bookings, %v", bookings, err)
	}
	if n, err := s.BookDue(t.Context()); err != nil || n != 0 {
		t.Errorf("%d were due, %v", n, err)
	}
	rc, err := s.Redeem(t.Context(), nil, points.SpendRequest{CustomerID: 7, Amount: 707, Key: "all", Cause: points.Cause{Reason: "API"}})
	if err != nil || rc.Booking.AvailableAfter != 0 {
		t.Errorf("%+v, %v", rc.Booking, err)
	}
	if found, err = s.Verify(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("after a spending: %v, %v", found, err)
	}
}
