// Package customer owns who a customer is: the profile, the identities on each
// shop and how they were joined (名寄せ), which customers may be one (candidates)
// and which were made one (merges), and what he or she consented to.
//
// It promises that matching is explainable (every identity names the step of
// the ladder that joined it), deterministic in the order of the evidence however
// it is cut into batches, free of duplicates under concurrent imports, and that
// it never joins by itself across a contradiction: two member ids on one shop,
// two birth dates, other names. What one order proves of two known customers
// joins them by itself (Join); what is doubtful waits for a person, and what a
// person decided is remembered. A merge takes everything along that hangs on a
// customer and can be undone, which puts everything back. What was said about
// consent is never overwritten; a merge hands it on.
//
// Lock order: PeopleLock first (Together for those who write under customers'
// ids, alone for merges), then rows of customers in the order of their ids, then
// whatever hangs on them. The rules of matching are pure (match.go, index.go,
// known.go, pair.go, normal.go, matchkey.go). Orders and their rollups are left
// to crm/order, points to crm/points, stages to crm/stage.
package customer
