// Package speed measures what people wait for: every question that a page of
// the application asks, every list far behind its first page, and the rules of
// segments that are dear.
//
// It owns the benchmarks of `make bench` that ask a whole demo merchant over
// HTTP. They read the application's own documents, so that a new page is
// measured from the day it is written; a test demands the values its questions
// need. Each prints the processor time of the server and its Postgres, which
// other work on the machine does not lengthen, beside the time on the clock.
//
// MEGURI_BENCH_CUSTOMERS is how many customers the merchant is made with (20,000
// without it; the promises speak of 200,000). MEGURI_BENCH_DATA names a data
// folder to measure instead, or one to leave the merchant in; some members of
// staff are added to it, and no server may run on it meanwhile.
//
// The parts of the product, and what each of them may take, are left to their
// packages.
package speed
