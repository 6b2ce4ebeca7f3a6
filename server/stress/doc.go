// Package stress holds the tests that kill the program and its Postgres while
// they work.
//
// Each test starts a whole installation as real processes, gives it an import,
// a campaign or bookings to do, kills something in the middle, and counts
// afterwards what was promised: nothing lost, nothing twice but what is named as
// uncertain, books that balance. The small versions are part of `make test`,
// the long ones (TestSoak…) of `make soak`.
package stress
