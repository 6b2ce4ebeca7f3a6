package task

import (
	"context"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
)

// Findings are what must or should be mended in a mall mail before a task is
// made of it, saved or not. Places are subject, text, html and offer.
// Errors: fault.Invalid (NO_TOOL), fault.NotFound for the offer.
func (s *Service) Findings(ctx context.Context, d Draft) ([]policy.Finding, error) {
	return s.check(ctx, s.DB, d.row())
}

// FindingsOf are those of all mall mails of a campaign. Places begin with
// mallMails.RAKUTEN and the like.
func (s *Service) FindingsOf(ctx context.Context, idb bun.IDB, campaignID int64) ([]policy.Finding, error) {
	rows, err := mallMails(ctx, idb, campaignID)
	if err != nil {
		return nil, err
	}
	var all []policy.Finding
	for _, row := range rows {
		findings, err := s.check(ctx, idb, row)
		if err != nil {
			return nil, err
		}
		all = append(all, within(row, findings)...)
	}
	return all, nil
}

// Lift records an override for a finding in a mall mail of a draft, as it stands
// now. Errors: fault.NotFound, fault.Precondition (NOT_DRAFT, or as of
// policy.Lift), fault.Invalid at the field.
func (s *Service) Lift(ctx context.Context, l policy.Lift) (lifted *policy.Override, err error) {
	err = s.onDraft(ctx, l.CampaignID, func(ctx context.Context, tx db.Tx) error {
		rows, err := mallMails(ctx, tx, l.CampaignID)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if !strings.HasPrefix(l.Place, placeOf(row)+".") {
				continue
			}
			findings, pasted, err := s.judge(ctx, tx, row)
			if err != nil {
				return err
			}
			lifted, err = l.Record(ctx, tx, within(row, findings), pasted.Hash(), policy.Day(s.Clock.Now(), s.Zone))
			return err
		}
		return fault.New(fault.Precondition, "there is no such mall mail").WithCode("NOTHING_TO_LIFT")
	})
	return lifted, err
}

func (d *Draft) row() *db.MallMail {
	return &db.MallMail{CampaignID: d.CampaignID, Mall: d.Mall, Subject: d.Subject, TextBody: d.Text, HTMLBody: d.HTML, OfferID: d.OfferID}
}

func placeOf(row *db.MallMail) string { return "mallMails." + row.Mall }

func within(row *db.MallMail, findings []policy.Finding) []policy.Finding {
	for i := range findings {
		findings[i].Place = placeOf(row) + "." + findings[i].Place
	}
	return findings
}

func (s *Service) check(ctx context.Context, idb bun.IDB, row *db.MallMail) ([]policy.Finding, error) {
	findings := written(row)
	ruled, pasted, err := s.judge(ctx, idb, row)
	if err != nil {
		return nil, err
	}
	offered, err := s.checkOffer(ctx, idb, row, pasted)
	return append(append(findings, offered...), ruled...), err
}

// judge asks the rules of the mall and its tool.
func (s *Service) judge(ctx context.Context, idb bun.IDB, row *db.MallMail) ([]policy.Finding, message.Pasted, error) {
	pasted := message.Pasted{CampaignID: row.CampaignID, Subject: row.Subject, Text: row.TextBody, HTML: row.HTMLBody}
	tool, err := ToolOf(row.Mall)
	if err != nil {
		return nil, pasted, err
	}
	offer, err := offerOf(ctx, idb, row.OfferID)
	if err != nil {
		return nil, pasted, err
	}
	if offer != nil {
		pasted.Offer = &policy.Offer{Name: offer.Name, Mall: offer.Mall, Code: offer.SharedCode}
	}
	findings, err := s.Gate.CheckPasted(ctx, idb, tool.Channel, row.Mall, pasted)
	return findings, pasted, err
}

// offerOf is the offer of that id; nil for none.
func offerOf(ctx context.Context, idb bun.IDB, id *int64) (row *db.Offer, err error) {
	if id == nil {
		return row, nil
	}
	row = new(db.Offer)
	if err := idb.NewSelect().Model(row).Where("id = ?", *id).Scan(ctx); err != nil {
		return nil, db.Fault(err)
	}
	return row, nil
}

// written finds what is missing, and variables, which nobody fills in there.
func written(row *db.MallMail) []policy.Finding {
	var findings []policy.Finding
	if strings.TrimSpace(row.Subject) == "" {
		findings = append(findings, findingEmpty("SUBJECT_EMPTY", "subject", "件名", "subject"))
	}
	if strings.TrimSpace(row.TextBody+row.HTMLBody) == "" {
		findings = append(findings, findingEmpty("BODY_EMPTY", "text", "本文", "body"))
	}
	for _, part := range []struct{ place, text string }{{"subject", row.Subject}, {"text", row.TextBody}, {"html", row.HTMLBody}} {
		if offset := strings.Index(part.text, "{{"); offset >= 0 {
			at := policy.Position{Line: 1, Column: 1}.After(part.text[:offset])
			findings = append(findings, findingVariable(part.place, at))
		}
	}
	return findings
}

func (s *Service) checkOffer(ctx context.Context, idb bun.IDB, row *db.MallMail, pasted message.Pasted) ([]policy.Finding, error) {
	offer, err := offerOf(ctx, idb, row.OfferID)
	if err != nil {
		return nil, err
	}
	return judgeOffer(offer, row, s.day(row), pasted), nil
}

// day is when the mall mail is to be sent.
func (s *Service) day(row *db.MallMail) time.Time {
	if row.SendOn != nil {
		return *row.SendOn
	}
	return policy.Day(s.Clock.Now(), s.Zone)
}

func judgeOffer(offer *db.Offer, row *db.MallMail, day time.Time, pasted message.Pasted) []policy.Finding {
	switch {
	case offer == nil:
		return []policy.Finding{findingNoCode()}
	case offer.ArchivedAt != nil:
		return []policy.Finding{findingOffer("OFFER_GONE", "特典は廃止されています。", "The offer is archived.")}
	case offer.Mall != row.Mall:
		return []policy.Finding{findingOffer("OFFER_OTHER_MALL", "特典は別のモールのものです。", "The offer belongs to another mall.")}
	case !offer.EndsAt.After(day):
		return []policy.Finding{findingOffer("OFFER_ENDED", "送る日には特典の期間が終わっています。", "The offer will have ended on the day it is sent.")}
	case offer.Proof == "CODE_POOL":
		return []policy.Finding{findingOffer("OFFER_POOLED", "モールのメールでは、1人ずつ違うコードを差し込めません。", "The mall's tool cannot fill in a code for each person.")}
	case offer.SharedCode == "":
		return []policy.Finding{findingNoCode()}
	case !strings.Contains(pasted.Subject+pasted.Text+pasted.HTML, offer.SharedCode):
		return []policy.Finding{findingUnmentioned(offer)}
	}
	return nil
}

func finding(severity policy.Severity, code, place string, message, remedy policy.Text) policy.Finding {
	return policy.Finding{Code: code, Severity: severity, Place: place, Message: message, Remedy: remedy}
}

func findingEmpty(code, place, ja, en string) policy.Finding {
	return finding(policy.Block, code, place, policy.Text{JA: ja + "がありません。", EN: "There is no " + en + "."},
		policy.Text{JA: ja + "を入力してください。", EN: "Write the " + en + "."})
}

func findingVariable(place string, at policy.Position) policy.Finding {
	f := finding(policy.Block, "VARIABLE_IN_MALL_MAIL", place,
		policy.Text{JA: "モールのメールでは、{{ }} の変数は差し込まれません。", EN: "The mall's tool does not fill in variables in {{ }}."},
		policy.Text{JA: "変数を取り除いて、文章で書いてください。", EN: "Take the variable out and write the text."})
	f.Line, f.Column, f.Excerpt = at.Line, at.Column, "{{"
	return f
}

func findingOffer(code, ja, en string) policy.Finding {
	return finding(policy.Block, code, "offer", policy.Text{JA: ja, EN: en},
		policy.Text{JA: "そのモールの、共通コードの特典を選んでください。", EN: "Choose an offer of that mall with one code for everybody."})
}

func findingNoCode() policy.Finding {
	return finding(policy.Warn, "NO_COUPON_CODE", "offer",
		policy.Text{JA: "クーポンコードがないため、成果を数えられません。", EN: "Without a coupon code the results cannot be counted."},
		policy.Text{JA: "モールで発行したクーポンのコードを、共通コードの特典として登録してください。", EN: "Add the mall's coupon as an offer with one code for everybody."})
}

func findingUnmentioned(offer *db.Offer) policy.Finding {
	return finding(policy.Warn, "CODE_UNMENTIONED", "offer",
		policy.Text{JA: "クーポンコード「" + offer.SharedCode + "」が件名にも本文にも出てきません。", EN: "The coupon code “" + offer.SharedCode + "” is mentioned neither in the subject nor in the body."},
		policy.Text{JA: "本文にコードを書いてください。", EN: "Write the code into the body."})
}
