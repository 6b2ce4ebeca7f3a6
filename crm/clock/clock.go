// Package clock injects time, so that the domain never asks the machine for it.
package clock

import "time"

// Clock tells the present instant, in UTC with microsecond precision, which is
// what Postgres keeps.
type Clock interface{ Now() time.Time }

// System is the machine's clock.
type System struct{}

// Now is the present instant.
func (System) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Fixed always tells the same instant; tests move it by assignment.
type Fixed struct{ T time.Time }

// Now is the fixed instant.
func (f *Fixed) Now() time.Time { return f.T.UTC().Truncate(time.Microsecond) }

// Advance moves the clock forward by d.
func (f *Fixed) Advance(d time.Duration) { f.T = f.T.Add(d) }
