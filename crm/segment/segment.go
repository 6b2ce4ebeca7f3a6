// Package segment answers "whom": named rules over customers.
//
// It owns the catalog of fields a rule may speak of (field.go), the rule tree
// (tree.go), its translation to one SQL statement (compile.go) and to a
// Japanese or English sentence (sentence.go), and the saved segments with
// their membership (service.go, membership.go).
//
// It promises that only catalog fields reach SQL, that every value travels as
// an argument and never as text, that customers who were merged away and the
// anonymous stand-ins of shops are in no segment, and that days and months are
// those of the merchant's zone.
//
// It leaves to others: keeping the rollups it reads (order, points, stage,
// customer), deciding who may be written to (message), and sending (campaign).
package segment
