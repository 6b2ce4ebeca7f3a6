package campaign

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/kept"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Findings are what must be mended before the campaign can be sent (Block), or
// should be (Warn): of the audience, the sender, the variants and their offers.
// Places are those of the editor: audience, sender.name, variants.RAKUTEN.mjml.
// How far codes reach is told by a Reach, which may be the last one.
func (s *Service) Findings(ctx context.Context, row *db.Campaign, want kept.Wanted) ([]policy.Finding, error) {
	p, err := s.loadPlan(ctx, s.DB, row)
	if err != nil {
		return nil, err
	}
	findings, err := s.check(ctx, p)
	if err != nil {
		return nil, err
	}
	short, err := s.checkCodes(ctx, p, want)
	return append(findings, short...), err
}

// Blocking are the codes of the findings that would keep a scheduled campaign
// from beginning now; none for a campaign in any other state.
func (s *Service) Blocking(ctx context.Context, row *db.Campaign) ([]string, error) {
	if row.Status != string(StatusScheduled) {
		return nil, nil
	}
	p, err := s.loadPlan(ctx, s.DB, row)
	if err != nil {
		return nil, err
	}
	findings, err := s.check(ctx, p)
	return blocking(findings), err
}

func (s *Service) check(ctx context.Context, p *plan) ([]policy.Finding, error) {
	var findings []policy.Finding
	if p.campaign.SegmentID == nil {
		findings = append(findings, findingNoAudience())
	}
	sender, err := s.Gate.CheckSender(ctx, s.DB, mail, p.sender)
	if err != nil {
		return nil, err
	}
	findings = append(findings, sender...)
	if len(p.variants) == 0 {
		findings = append(findings, findingNoVariant())
	}
	variants, err := s.checkVariants(ctx, p)
	if err != nil {
		return nil, err
	}
	findings = append(findings, variants...)
	mallMails, err := s.mallMails().FindingsOf(ctx, s.DB, p.campaign.ID)
	return append(findings, mallMails...), err
}

func (s *Service) checkVariants(ctx context.Context, p *plan) (findings []policy.Finding, err error) {
	for _, v := range p.variants {
		place := "variants." + v.Mall
		found, err := s.checkContent(ctx, p, v)
		if err != nil {
			return nil, err
		}
		findings = append(findings, within(place, found)...)
		if v.OfferID != nil {
			findings = append(findings, p.checkOffer(v, place+".offer", s.Clock.Now())...)
		}
	}
	return findings, nil
}

// checkContent compiles a variant as the send will, and judges it by the rules
// of today.
func (s *Service) checkContent(ctx context.Context, p *plan, v *db.CampaignVariant) ([]policy.Finding, error) {
	source := sourceOf(v)
	compiled, findings := message.Compile(source)
	findings = append(findings, message.Unkept(source, p.kept)...)
	if policy.Blocks(findings) {
		return findings, nil
	}
	sv := p.freeze(v, compiled)
	fixed := sv.fixed(p.sender, s.Zone)
	if _, err := message.Prepare(compiled, fixed); err != nil {
		findings = append(findings, findingUnreadable())
	}
	findings = append(findings, message.Unfilled(source, fixed, sv.coded())...)
	sv.seal(p.campaign.ID, p.sender)
	sv.letter.Source = &source
	findings = append(findings, message.Forgotten(source, sv.letter.Offer, sv.coded())...)
	ruled, err := s.Gate.CheckLetter(ctx, s.DB, mail, sv.letter)
	return append(findings, ruled...), err
}

// within puts the place of a variant before the places in it.
func within(place string, findings []policy.Finding) []policy.Finding {
	for i := range findings {
		findings[i].Place = place + "." + findings[i].Place
	}
	return findings
}

func (p *plan) checkOffer(v *db.CampaignVariant, place string, now time.Time) []policy.Finding {
	o := p.offerOf(v)
	switch {
	case o == nil || o.ArchivedAt != nil:
		return []policy.Finding{findingOfferGone(place)}
	case o.Mall != v.Mall:
		return []policy.Finding{findingOfferElsewhere(place)}
	case !o.EndsAt.After(now):
		return []policy.Finding{findingOfferEnded(place)}
	case offer.Proof(o.Proof) == offer.CodePool && p.left[o.ID] == 0:
		return []policy.Finding{findingNoCodes(place)}
	case o.StartsAt.After(now):
		return []policy.Finding{findingOfferLater(place)}
	}
	return nil
}

func found(severity policy.Severity, code, place string, message, remedy policy.Text) policy.Finding {
	return policy.Finding{Code: code, Severity: severity, Place: place, Message: message, Remedy: remedy}
}

func findingNoAudience() policy.Finding {
	return found(policy.Block, "NO_AUDIENCE", "audience",
		policy.Text{JA: "配信対象のセグメントが選ばれていません。", EN: "No segment is chosen."},
		policy.Text{JA: "セグメントを選んでください。", EN: "Choose a segment."})
}

func findingNoVariant() policy.Finding {
	return found(policy.Block, "NO_VARIANT", "variants",
		policy.Text{JA: "送る内容がありません。", EN: "There is nothing to send."},
		policy.Text{JA: "行き先のモールを1つ以上追加し、件名と本文を作成してください。", EN: "Add at least one destination mall with a subject and a body."})
}

func findingUnreadable() policy.Finding {
	return found(policy.Block, "CONTENT_INVALID", "mjml",
		policy.Text{JA: "本文を読み取れません。", EN: "The content cannot be read."},
		policy.Text{JA: "Liquidの書き方を確かめてください。", EN: "Check the Liquid in it."})
}

func findingOfferGone(place string) policy.Finding {
	return found(policy.Block, "OFFER_GONE", place,
		policy.Text{JA: "特典は廃止されています。", EN: "The offer is archived."},
		policy.Text{JA: "別の特典を選ぶか、特典なしにしてください。", EN: "Choose another offer, or none."})
}

func findingOfferElsewhere(place string) policy.Finding {
	return found(policy.Block, "OFFER_OTHER_MALL", place,
		policy.Text{JA: "特典は別のモールのものです。", EN: "The offer belongs to another mall."},
		policy.Text{JA: "行き先のモールの特典を選んでください。", EN: "Choose an offer of the destination mall."})
}

func findingOfferEnded(place string) policy.Finding {
	return found(policy.Block, "OFFER_ENDED", place,
		policy.Text{JA: "特典の期間は終わっています。", EN: "The offer has ended."},
		policy.Text{JA: "特典の期間を延ばすか、別の特典を選んでください。", EN: "Extend the offer or choose another."})
}

func findingOfferLater(place string) policy.Finding {
	return found(policy.Warn, "OFFER_NOT_STARTED", place,
		policy.Text{JA: "特典の期間はまだ始まっていません。", EN: "The offer has not started yet."},
		policy.Text{JA: "届いてすぐには使えないことを本文に書いてください。", EN: "Say in the mail that it cannot be used at once."})
}

func findingNoCodes(place string) policy.Finding {
	return found(policy.Block, "NO_CODES", place,
		policy.Text{JA: "クーポンコードが残っていません。", EN: "The pool has no codes left."},
		policy.Text{JA: "モールのクーポン管理で発行したコードを追加してください。", EN: "Add codes made with the mall's coupon tool."})
}
