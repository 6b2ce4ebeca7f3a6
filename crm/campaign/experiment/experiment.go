// Package experiment compares those who were written to with those who were
// held out at random.
//
// It owns the draw of the holdout and the statistics of lift. It promises that
// the draw is the same whenever and wherever it is asked, uniform, and
// independent between campaigns and customers; and that an interval of lift is
// true at every moment it is looked at, not only at one fixed beforehand. It is
// pure: it reads no database and no clock. It leaves who can be drawn, and what
// counts as bought, to crm/campaign.
package experiment

import (
	"crypto/sha256"
	"encoding/binary"
)

// MaxHoldout is the largest share that can be held out, in basis points.
const MaxHoldout = 5000

// draws is the number of equal parts the hash space is cut into: one per basis
// point. 2^64 is no multiple of it, which favours some parts by less than 1e-15.
const draws = 10_000

// HeldOut reports whether a customer is held out of a campaign, at a rate in
// basis points. A higher rate holds out all whom a lower one does. The draw is
// a hash of both ids: nothing needs to be stored to draw alike on every node, in
// a preview and after a crash, and nobody is held out of every campaign.
func HeldOut(campaignID, customerID int64, rate int) bool {
	var key [24]byte
	copy(key[:8], "holdout\x01")
	binary.BigEndian.PutUint64(key[8:], uint64(campaignID))
	binary.BigEndian.PutUint64(key[16:], uint64(customerID))
	sum := sha256.Sum256(key[:])
	return binary.BigEndian.Uint64(sum[:8])%draws < uint64(max(rate, 0))
}
