package campaign

import (
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/policy"
)

// What the gate judges of a delivery is made once per process and read by the
// rules of the day: not once per recipient.

// seal gives the variants of a delivery their letters.
func (s *Snapshot) seal(campaignID int64) {
	for i := range s.Variants {
		s.Variants[i].seal(campaignID, s.Sender)
	}
}

func (v *SnapshotVariant) seal(campaignID int64, sender policy.Sender) {
	v.letter = &message.Letter{CampaignID: campaignID, Compiled: v.Content, Fixed: v.fixed(sender, nil)}
	if v.Offer != nil {
		v.letter.Offer = &policy.Offer{Name: v.Offer.Name, Mall: v.Mall, Code: v.sharedCode()}
	}
}

// coded reports whether whoever gets the variant gets a code.
func (v *SnapshotVariant) coded() bool { return v.pooled() || v.sharedCode() != "" }

// asked is what the gate is asked about a batch.
func (p *prepared) asked(batch []claimed) []message.Asked {
	letters := map[int64]*message.Letter{}
	for i := range p.content.Variants {
		letters[p.content.Variants[i].ID] = p.content.Variants[i].letter
	}
	asked := make([]message.Asked, len(batch))
	for i, m := range batch {
		asked[i] = message.Asked{CustomerID: m.CustomerID, Letter: letters[m.VariantID]}
	}
	return asked
}
