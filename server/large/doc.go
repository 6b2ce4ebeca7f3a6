// Package large measures the ledger of a large merchant: 1,000,000 members with
// 5,000,000 bookings, in the private Postgres as it runs for a merchant, which
// writes to the disk before it answers.
//
// It owns the benchmarks of `make bench` that book on that ledger, read its
// statement and report on it. MEGURI_BENCH_MEMBERS is how many members there are
// instead. MEGURI_BENCH_LEDGER names a data folder to leave them in, or one that
// has them.
package large
