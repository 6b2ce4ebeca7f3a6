package campaign

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/policy"
)

// Shortage is a pool that holds fewer codes than there are people who would get
// one.
type Shortage struct {
	Mall       string // whose variant
	OfferID    int64
	Left       int64 // codes
	Recipients int64 // whom nothing but a lack of codes keeps from a mail
	Without    int64 // of them, who would be refused for want of a code
}

// handOut counts those who get a code each as the engine will deal the codes
// out: in the order of ids, until the pool is dry; from there on everybody is
// refused, also who would have been held out, so that this is the figure that
// the campaign's page will show. Of an audience that was judged in part, as
// large a part of the codes is there.
func (s *split) handOut(left map[int64]int64, total, judged int64) {
	for variant, people := range s.pooled {
		slices.SortFunc(people, func(a, b recipient) int { return cmp.Compare(a.CustomerID, b.CustomerID) })
		codes := left[variant.Offer.ID]
		if judged > 0 && judged < total {
			codes = codes * judged / total
		}
		wanted, without := int64(0), int64(0)
		for _, r := range people {
			if !r.HeldOut {
				wanted++
			}
			if wanted > codes {
				without++
				continue
			}
			s.allowed(r)
		}
		if without > 0 {
			s.refused[reasonNoCode] += without
			without = scaled(without, total, judged)
			s.short = append(s.short, Shortage{
				Mall: variant.Mall, OfferID: variant.Offer.ID, Left: left[variant.Offer.ID],
				Recipients: left[variant.Offer.ID] + without, Without: without,
			})
		}
	}
	slices.SortFunc(s.short, func(a, b Shortage) int { return cmp.Compare(a.Mall, b.Mall) })
}

// checkCodes warns of pools that hold fewer codes than there are recipients. It
// judges the audience only where there are fewer than members of the segment.
func (s *Service) checkCodes(ctx context.Context, p *plan, want kept.Wanted) ([]policy.Finding, error) {
	fewest, pooled := p.fewestCodes()
	if p.campaign.SegmentID == nil || !pooled {
		return nil, nil
	}
	members, err := s.memberCount(ctx, *p.campaign.SegmentID)
	if err != nil || fewest >= members {
		return nil, err
	}
	preview, err := s.reach(ctx, p, want)
	if err != nil {
		return nil, err
	}
	var findings []policy.Finding
	for _, short := range preview.Short {
		if short.Left > 0 { // an empty pool blocks, and says so
			findings = append(findings, findingCodesShort(short, preview.Estimated))
		}
	}
	return findings, nil
}

// fewestCodes is how many codes the emptiest pool of the campaign holds.
func (p *plan) fewestCodes() (fewest int64, pooled bool) {
	for _, v := range p.variants {
		o := p.offerOf(v)
		if o == nil || offer.Proof(o.Proof) != offer.CodePool {
			continue
		}
		if left := p.left[o.ID]; !pooled || left < fewest {
			fewest = left
		}
		pooled = true
	}
	return fewest, pooled
}

func findingCodesShort(short Shortage, estimated bool) policy.Finding {
	ja, en := message.NewPrinter(language.Japanese), message.NewPrinter(language.English)
	about, roughly := "", ""
	if estimated {
		about, roughly = "約", "about "
	}
	return found(policy.Warn, "CODES_SHORT", fmt.Sprintf("variants.%s.offer", short.Mall),
		policy.Text{
			JA: ja.Sprintf("クーポンコードが足りません。残り%d個に対し、届く人は%s%d人です。このまま配信すると、%s%d人には送られません。", short.Left, about, short.Recipients, about, short.Without),
			EN: en.Sprintf("There are too few coupon codes: %d left for %s%d people. Sent as it is, %s%d get nothing.", short.Left, roughly, short.Recipients, roughly, short.Without),
		},
		policy.Text{
			JA: ja.Sprintf("コードを%s%d個追加してください。配信のあとに追加して、残りの人に送ることもできます。", about, short.Without),
			EN: en.Sprintf("Add %s%d codes. You can also add them after sending, and send to the rest then.", roughly, short.Without),
		})
}
