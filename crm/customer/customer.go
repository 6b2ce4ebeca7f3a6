// Package customer owns who a customer is: the profile, the identities on each
// shop and how they were joined (名寄せ), and what he or she consented to.
//
// It promises that matching is explainable (every identity names the step of
// the ladder that joined it), deterministic in the order of the evidence, free
// of duplicates under concurrent imports, and that it never joins across a
// contradiction: two member ids on one shop, two birth dates. Consents are only
// ever added. The rules of matching are pure (match.go, normal.go). Orders and
// their rollups are left to crm/order, points to crm/points.
package customer
