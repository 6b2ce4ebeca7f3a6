package seed

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/message"
	"github.com/meguri-crm/meguri/crm/message/response"
	"github.com/meguri-crm/meguri/crm/offer"
	"github.com/meguri-crm/meguri/crm/segment"
	"github.com/meguri-crm/meguri/crm/task"
	"github.com/meguri-crm/meguri/db"
)

// sender is who the demonstration merchant's mails come from.
var sender = message.Sender{
	Name: "茶舗めぐり", Email: "news@shop.example.com",
	PostalAddress: "京都府京都市中京区恵比須町1-2-3 茶舗めぐり", Contact: "https://shop.example.com/contact",
}

// audience is whom the campaign that was sent means. Many of them may not be
// written to, so that the gate has something to say.
var audience = segment.Draft{
	Name: "会員とこの1年の購入者", Description: "会員、または直近1年に購入した人",
	Rule: json.RawMessage(`{"any":[{"field":"member","op":"is","value":true},{"field":"last_order","op":"within_days","value":365}]}`),
}

// segments are what a merchant saves first.
var segments = []segment.Draft{
	{Name: "F2の壁", Description: "1回だけ買って60日以上たった人", Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"eq","value":1},{"field":"last_order","op":"before_days","value":60}]}`)},
	{Name: "休眠予備軍", Description: "2回以上買い、90日から180日買っていない人", Rule: json.RawMessage(
		`{"all":[{"field":"orders","op":"gte","value":2},{"field":"last_order","op":"before_days","value":90},{"not":{"field":"last_order","op":"before_days","value":180}}]}`)},
	{Name: "楽天だけのお客様", Description: "楽天で買い、ほかのモールでは買っていない人", Rule: json.RawMessage(
		`{"all":[{"field":"malls","op":"any_of","value":["RAKUTEN"]},{"field":"malls","op":"count_lte","value":1}]}`)},
	{Name: "配信できる会員", Description: "メール配信に同意している会員", Rule: json.RawMessage(
		`{"all":[{"field":"member","op":"is","value":true},{"field":"mail_consent","op":"is","value":true}]}`)},
	{Name: "回遊客", Description: "2つ以上のモールで買った人", Rule: json.RawMessage(`{"field":"malls","op":"count_gte","value":2}`)},
	{Name: "ポイント失効間近", Description: "60日以内に失効するポイントがある会員", Rule: json.RawMessage(
		`{"all":[{"field":"member","op":"is","value":true},{"field":"points","op":"gte","value":1,"within_days":60}]}`)},
	{Name: "誕生月の優良会員", Description: "シルバー以上で、今月か来月が誕生月の会員", Rule: json.RawMessage(
		`{"all":[{"field":"member","op":"is","value":true},{"field":"stage","op":"any_of","value":["SILVER","GOLD","PLATINUM"]},{"any":[{"field":"birth_month","op":"this_month"},{"field":"birth_month","op":"next_month"}]}]}`)},
}

const (
	sharedCode = "MEGURI-AKI"
	holdout    = 2000 // basis points of the audience that get nothing, to compare with
)

// campaign sends the demonstration campaign through the product, and lets the
// recipients answer it.
func (s *story) campaign(ctx context.Context) error {
	seg, err := s.Segments.Create(ctx, audience)
	if err != nil {
		return err
	}
	own, err := s.offer(ctx, offer.Draft{
		Name: "季節のお茶まつり 500円クーポン", Mall: string(mall.OwnSite), Kind: offer.CouponAmount, Value: 500,
		Proof: offer.SharedCode, SharedCode: sharedCode, Terms: "3,000円以上のお買い物でご利用いただけます。お一人様1回限り。",
	}, 30)
	if err != nil {
		return err
	}
	rakuten, err := s.offer(ctx, offer.Draft{
		Name: "楽天市場店 ポイント2倍", Mall: string(mall.Rakuten), Kind: offer.PointMultiplier, Value: 20000,
		Proof: offer.NoProof, Terms: "期間中の全商品が対象です。",
	}, 30)
	if err != nil {
		return err
	}
	row, err := s.draft(ctx, campaign.Draft{Name: "季節のお茶まつり", Theme: "会員のみなさまへ、季節のお茶とクーポンのご案内", SegmentID: &seg.ID},
		campaign.Variant{Mall: string(mall.OwnSite), IsDefault: true, OfferID: &own.ID},
		campaign.Variant{Mall: string(mall.Rakuten), OfferID: &rakuten.ID})
	if err != nil {
		return err
	}
	if row, err = s.Campaigns.Update(ctx, row.ID, row.Version, campaign.Change{HoldoutRate: new(holdout)}); err != nil {
		return err
	}
	if err := s.mallMail(ctx, row.ID, rakuten.ID); err != nil {
		return err
	}
	if row, err = s.Campaigns.Send(ctx, row.ID, row.Version, "seed:send"); err != nil {
		return err
	}
	if err := s.Deliver(ctx, row.ID); err != nil {
		return err
	}
	return s.answers(ctx, row.ID)
}

// mallMail is what R-Mail carries of a campaign; staff have it to do when the
// campaign begins.
func (s *story) mallMail(ctx context.Context, campaignID, offerID int64) error {
	sendOn := s.end.AddDate(0, 0, 2)
	_, err := s.Tasks.Save(ctx, task.Draft{
		CampaignID: campaignID, Mall: string(mall.Rakuten), OfferID: &offerID, SendOn: &sendOn, Subject: "【茶舗めぐり】季節のお茶まつり 期間中はポイント2倍",
		Text: "茶舗めぐり 楽天市場店です。\n\n季節のお茶まつりを開催しています。期間中は全商品がポイント2倍です。\n\n深蒸し煎茶、ほうじ茶、五種飲みくらべセットをそろえて、お待ちしています。",
	})
	return step(err, "the mail for R-Mail")
}

func (s *story) offer(ctx context.Context, d offer.Draft, days int) (*db.Offer, error) {
	d.StartsAt = s.Clock.Now()
	d.EndsAt = d.StartsAt.AddDate(0, 0, days)
	row, err := s.Offers.Create(ctx, d)
	return row, step(err, "offer %s", d.Name)
}

// draft makes a campaign with the ready-made coupon mail in every variant.
func (s *story) draft(ctx context.Context, d campaign.Draft, variants ...campaign.Variant) (*db.Campaign, error) {
	starters := message.Starters()
	coupon := starters[slices.IndexFunc(starters, func(t message.Starter) bool { return t.Code == "coupon" })]
	for i := range variants {
		variants[i].Subject, variants[i].MJML = coupon.Subject, coupon.MJML
	}
	row, err := s.Campaigns.Create(ctx, d)
	if err != nil {
		return nil, step(err, "campaign %s", d.Name)
	}
	row, err = s.Campaigns.Update(ctx, row.ID, row.Version, campaign.Change{SenderName: &sender.Name, Variants: &variants})
	return row, step(err, "campaign %s", d.Name)
}

// answers are the opens, clicks, unsubscribes and orders that the campaign brings.
func (s *story) answers(ctx context.Context, campaignID int64) error {
	var sent []db.Message
	err := s.DB.NewSelect().Model(&sent).Where("campaign_id = ? AND status = 'SENT'", campaignID).OrderExpr("customer_id").Scan(ctx)
	if err != nil {
		return db.Fault(err)
	}
	people := map[int64]*person{}
	for p, id := range s.known {
		people[id] = p
	}
	var facts []response.Fact
	for _, m := range sent {
		f := response.Fact{DeliveryID: m.DeliveryID, DeliveryMonth: m.DeliveryMonth, CustomerID: m.CustomerID}
		if m.VariantID != nil {
			f.VariantID = *m.VariantID
		}
		facts = append(facts, s.answer(f, people[m.CustomerID])...)
	}
	slices.SortStableFunc(facts, func(a, b response.Fact) int { return a.At.Compare(b.At) })
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error { return s.Responses.Record(ctx, tx, facts) })
}

// answer is what one recipient does with the mail within two days.
func (s *story) answer(f response.Fact, p *person) []response.Fact {
	at := s.Clock.Now().Add(time.Duration(s.gen.ExpFloat64() * float64(5*time.Hour))).Truncate(time.Second)
	at = earlier(at, s.Clock.Now().Add(48*time.Hour))
	fact := func(kind response.FactKind, after time.Duration, machine bool) response.Fact {
		g := f
		g.Kind, g.At, g.Machine = kind, at.Add(after), machine
		return g
	}
	if s.gen.chance(12) {
		return []response.Fact{fact(response.Opened, 0, true)}
	}
	if !s.gen.chance(52) {
		return nil
	}
	facts := []response.Fact{fact(response.Opened, 0, false)}
	if s.gen.chance(3) {
		return append(facts, fact(response.Unsubscribed, time.Minute, false))
	}
	if !s.gen.chance(45) {
		return facts
	}
	if p != nil && s.gen.chance(60) {
		s.returns(p, at.Add(time.Hour))
	}
	return append(facts, fact(response.Clicked, 30*time.Second, false))
}

// returns gives a person one more order at the own site, with the campaign's code.
func (s *story) returns(p *person, at time.Time) {
	o := s.gen.order(mall.OwnSite, s.end.Sub(at).Hours()/24)
	if o == nil || !o.at.After(s.Clock.Now()) {
		return
	}
	s.gen.seq[mall.OwnSite]++
	o.no = fmt.Sprintf("W%07d", s.gen.seq[mall.OwnSite])
	o.buyer, o.coupon, o.discount = p, sharedCode, min(500, o.goods())
	p.orders = append(p.orders, o)
	s.orders[mall.OwnSite] = append(s.orders[mall.OwnSite], o)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// plan leaves what staff have in hand today: segments, an offer with a pool of
// codes, and a campaign that is still being written.
func (s *story) plan(ctx context.Context) error {
	var dormant, agreed int64
	for _, d := range segments {
		row, err := s.Segments.Create(ctx, d)
		if err != nil {
			return step(err, "segment %s", d.Name)
		}
		switch d.Name {
		case "休眠予備軍":
			dormant = row.ID
		case "配信できる会員":
			agreed = row.ID
		}
	}
	if err := s.Segments.RefreshAll(ctx); err != nil {
		return step(err, "segments")
	}
	row, err := s.offer(ctx, offer.Draft{
		Name: "おかえりなさい 10%オフ", Mall: string(mall.OwnSite), Kind: offer.CouponRate, Value: 1000,
		Proof: offer.CodePool, Terms: "おひとり様1回限り。ほかのクーポンとは併用できません。",
	}, 45)
	if err != nil {
		return err
	}
	codes := make([]string, 300)
	for i := range codes {
		codes[i] = fmt.Sprintf("OKAERI-%04d-%03d", i+1, s.gen.IntN(1000))
	}
	if _, err := s.Offers.AddCodes(ctx, row.ID, codes); err != nil {
		return step(err, "codes")
	}
	_, err = s.draft(ctx, campaign.Draft{Name: "おかえりなさいキャンペーン", Theme: "しばらくお会いしていないお客様へ", SegmentID: &dormant},
		campaign.Variant{Mall: string(mall.OwnSite), IsDefault: true, OfferID: &row.ID})
	if err != nil || !s.Schedules {
		return err
	}
	return s.schedule(ctx, agreed, row.ID)
}

// schedule leaves a campaign that begins by itself a week after the end.
func (s *story) schedule(ctx context.Context, segmentID, offerID int64) error {
	row, err := s.draft(ctx, campaign.Draft{Name: "会員のみなさまへ 来月のお茶だより", Theme: "季節のお茶と、会員クーポンのご案内", SegmentID: &segmentID},
		campaign.Variant{Mall: string(mall.OwnSite), IsDefault: true, OfferID: &offerID})
	if err != nil {
		return err
	}
	_, err = s.Campaigns.Schedule(ctx, row.ID, row.Version, s.end.AddDate(0, 0, 7).Add(time.Hour))
	return step(err, "the scheduled campaign")
}
