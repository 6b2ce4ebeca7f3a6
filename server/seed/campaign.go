package seed

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
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
	"github.com/meguri-crm/meguri/server/seed/world"
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
	saved(segment.ReadyF2Wall, "2回目の購入をお願いする相手"),
	saved(segment.ReadyFading, "眠ってしまう前に声をかける相手"),
	{Name: "楽天だけのお客様", Description: "楽天で買い、ほかのモールでは買っていない人", Rule: json.RawMessage(
		`{"all":[{"field":"malls","op":"any_of","value":["RAKUTEN"]},{"field":"malls","op":"count_lte","value":1}]}`)},
	{Name: "配信できる会員", Description: "メール配信に同意している会員", Rule: json.RawMessage(
		`{"all":[{"field":"member","op":"is","value":true},{"field":"mail_consent","op":"is","value":true}]}`)},
	saved(segment.ReadyCirculating, "モールをまたいで買うお得意様"),
	saved(segment.ReadyPointsExpiring, "失効のお知らせを送る相手"),
	{Name: "誕生月の優良会員", Description: "シルバー以上で、今月か来月が誕生月の会員", Rule: json.RawMessage(
		`{"all":[{"field":"member","op":"is","value":true},{"field":"stage","op":"any_of","value":["SILVER","GOLD","PLATINUM"]},{"any":[{"field":"birth_month","op":"this_month"},{"field":"birth_month","op":"next_month"}]}]}`)},
}

// saved is a ready segment with a memo of what it is for.
func saved(code, memo string) segment.Draft {
	d := segment.FindReady(code)
	d.Description = memo
	return d
}

const (
	sharedCode = "MEGURI-AKI"
	holdout    = 2000 // basis points of the audience that get nothing, to compare with
)

// past are the campaigns that were sent, by how many days before the end.
var past = map[int]func(*story, context.Context) error{60: (*story).second, 30: (*story).letter, 3: (*story).festival}

// campaignOn sends what was sent on a day.
func (s *story) campaignOn(ctx context.Context, at time.Time) error {
	for before, send := range past {
		if s.day(before).Equal(at) {
			return send(s, ctx)
		}
	}
	return nil
}

// second asks those who have bought once to come again.
func (s *story) second(ctx context.Context) error {
	own, err := s.offer(ctx, offer.Draft{
		Name: "2回目のお買い物 400円クーポン", Mall: string(mall.OwnSite), Kind: offer.CouponAmount, Value: 400,
		Proof: offer.SharedCode, SharedCode: "NIKAIME400", Terms: "3,000円以上のお買い物でご利用いただけます。お一人様1回限り。",
	}, 30)
	if err != nil {
		return err
	}
	return s.send(ctx, mailing{
		round: 1, code: "NIKAIME400", off: 400, eager: 40, holdout: 1000,
		draft: campaign.Draft{Name: "2回目のお茶はいかがですか", Theme: "はじめてのお買い物から30日のお客様へ"},
		audience: segment.Draft{Name: "1回だけ買った会員", Description: "2回目のお買い物のご案内の相手", Rule: json.RawMessage(
			`{"all":[{"field":"member","op":"is","value":true},{"field":"orders","op":"eq","value":1},{"field":"last_order","op":"before_days","value":30}]}`)},
		variants: []campaign.Variant{{Mall: string(mall.OwnSite), IsDefault: true, OfferID: &own.ID}},
	})
}

// letter thanks the best members.
func (s *story) letter(ctx context.Context) error {
	own, err := s.offer(ctx, offer.Draft{
		Name: "優良会員さま 送料無料", Mall: string(mall.OwnSite), Kind: offer.FreeShipping,
		Proof: offer.SharedCode, SharedCode: "ARIGATO-FREE", Terms: "期間中、何度でもご利用いただけます。",
	}, 30)
	if err != nil {
		return err
	}
	return s.send(ctx, mailing{
		round: 2, code: "ARIGATO-FREE", eager: 55,
		draft: campaign.Draft{Name: "優良会員さまへのお茶だより", Theme: "シルバー以上の会員のみなさまへ、送料無料のご案内"},
		audience: segment.Draft{Name: "シルバー以上の会員", Description: "シルバー、ゴールド、プラチナの会員", Rule: json.RawMessage(
			`{"all":[{"field":"member","op":"is","value":true},{"field":"stage","op":"any_of","value":["SILVER","GOLD","PLATINUM"]}]}`)},
		variants: []campaign.Variant{{Mall: string(mall.OwnSite), IsDefault: true, OfferID: &own.ID}},
	})
}

// festival is the great campaign that is under way at the end.
func (s *story) festival(ctx context.Context) error {
	own, err := s.offer(ctx, offer.Draft{
		Name: "季節のお茶まつり 500円クーポン", Mall: string(mall.OwnSite), Kind: offer.CouponAmount, Value: 500,
		Proof: offer.SharedCode, SharedCode: sharedCode, Terms: "3,000円以上のお買い物でご利用いただけます。お一人様1回限り。", Members: offer.Members{On: true},
	}, 30)
	if err != nil {
		return err
	}
	rakuten, err := s.offer(ctx, offer.Draft{
		Name: "楽天市場店 ポイント2倍", Mall: string(mall.Rakuten), Kind: offer.PointMultiplier, Value: 20000,
		Proof: offer.NoProof, Terms: "期間中の全商品が対象です。", Members: offer.Members{On: true},
	}, 30)
	if err != nil {
		return err
	}
	return s.send(ctx, mailing{
		round: 3, code: sharedCode, off: 500, eager: 60, holdout: holdout, rmail: &rakuten.ID, audience: audience,
		draft: campaign.Draft{Name: "季節のお茶まつり", Theme: "会員のみなさまへ、季節のお茶とクーポンのご案内"},
		variants: []campaign.Variant{
			{Mall: string(mall.OwnSite), IsDefault: true, OfferID: &own.ID}, {Mall: string(mall.Rakuten), OfferID: &rakuten.ID},
		},
	})
}

// mailing is a campaign that is sent, and how people answer it.
type mailing struct {
	draft    campaign.Draft
	audience segment.Draft
	variants []campaign.Variant
	holdout  int    // basis points
	rmail    *int64 // offer of what R-Mail carries; nil: nothing
	round    int
	code     string
	off      int64 // yen
	eager    int   // percent of those who click that buy
}

// send sends a campaign through the product, and lets the recipients answer it.
func (s *story) send(ctx context.Context, m mailing) error {
	seg, err := s.Segments.Create(ctx, m.audience)
	if err != nil {
		return step(err, "segment %s", m.audience.Name)
	}
	m.draft.SegmentID = &seg.ID
	row, err := s.draft(ctx, m.draft, m.variants...)
	if err != nil {
		return err
	}
	if row, err = s.Campaigns.Update(ctx, row.ID, row.Version, campaign.Change{HoldoutRate: &m.holdout}); err != nil {
		return err
	}
	if m.rmail != nil {
		if err := s.mallMail(ctx, row.ID, *m.rmail); err != nil {
			return err
		}
	}
	if row, err = s.Campaigns.Send(ctx, row.ID, row.Version, fmt.Sprintf("seed:send:%d", m.round)); err != nil {
		return err
	}
	if err := s.Deliver(ctx, row.ID); err != nil {
		return err
	}
	return s.answers(ctx, row.ID, m)
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
	y, m, day := d.StartsAt.AddDate(0, 0, days).In(world.Japan).Date()
	d.EndsAt = time.Date(y, m, day, 23, 59, 0, 0, world.Japan) // as the form of an offer has it
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

// answers are the opens, clicks, unsubscribes and orders that a campaign brings.
func (s *story) answers(ctx context.Context, campaignID int64, m mailing) error {
	var sent []recipient
	err := s.DB.NewRaw(`SELECT m.delivery_id, m.delivery_month, m.customer_id, coalesce(m.variant_id, 0) AS variant_id,
			coalesce((SELECT min(k.value) FROM identity_keys k WHERE k.customer_id = m.customer_id AND k.kind = 'MEMBER_ID' AND k.shop_id = ?), '') AS member_no
		FROM messages m WHERE m.campaign_id = ? AND m.status = 'SENT' ORDER BY m.customer_id`, s.taker.shops[world.OwnSite].ID, campaignID).Scan(ctx, &sent)
	if err != nil {
		return db.Fault(err)
	}
	var facts []response.Fact
	var orders []world.Response
	for _, r := range sent {
		told, order := s.answer(r, m)
		facts = append(facts, told...)
		if order != nil {
			orders = append(orders, *order)
		}
	}
	slices.SortStableFunc(facts, func(a, b response.Fact) int { return a.At.Compare(b.At) })
	err = db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error { return s.Responses.Record(ctx, tx, facts) })
	if err != nil {
		return err
	}
	return s.world.Respond(s.dir, s.plan, orders)
}

// recipient is somebody who was sent a mail; his number is "" where he is no
// member of the own site.
type recipient struct {
	DeliveryID, CustomerID, VariantID int64
	DeliveryMonth                     time.Time
	MemberNo                          string
}

// answer is what one recipient does with the mail within two days, and the order
// he places then.
func (s *story) answer(r recipient, m mailing) ([]response.Fact, *world.Response) {
	g := rand.New(rand.NewPCG(uint64(r.CustomerID), uint64(m.round))) //nolint:gosec // made-up people, always the same
	chance := func(percent int) bool { return g.IntN(100) < percent }
	at := s.Clock.Now().Add(time.Duration(g.ExpFloat64() * float64(5*time.Hour))).Truncate(time.Second)
	at = earlier(at, s.Clock.Now().Add(48*time.Hour))
	fact := func(kind response.FactKind, after time.Duration, machine bool) response.Fact {
		return response.Fact{
			Kind: kind, DeliveryID: r.DeliveryID, DeliveryMonth: r.DeliveryMonth, CustomerID: r.CustomerID, VariantID: r.VariantID, At: at.Add(after), Machine: machine,
		}
	}
	switch {
	case chance(12):
		return []response.Fact{fact(response.Opened, 0, true)}, nil
	case !chance(52):
		return nil, nil
	case chance(2):
		return []response.Fact{fact(response.Opened, 0, false), fact(response.Unsubscribed, time.Minute, false)}, nil
	case !chance(45):
		return []response.Fact{fact(response.Opened, 0, false)}, nil
	}
	facts := []response.Fact{fact(response.Opened, 0, false), fact(response.Clicked, 30*time.Second, false)}
	no, known := world.NumberOf(r.MemberNo)
	if !known || !chance(m.eager) {
		return facts, nil
	}
	return facts, &world.Response{Person: no, At: at.Add(time.Hour), Code: m.code, Off: m.off, Round: m.round}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// prepare leaves what staff have in hand today: segments, an offer with a pool of
// codes, and a campaign that is still being written.
func (s *story) prepare(ctx context.Context) error {
	var dormant, agreed, expiring int64
	for _, d := range segments {
		row, err := s.Segments.Create(ctx, d)
		if err != nil {
			return step(err, "segment %s", d.Name)
		}
		switch d.Name {
		case segment.FindReady(segment.ReadyFading).Name:
			dormant = row.ID
		case "配信できる会員":
			agreed = row.ID
		case segment.FindReady(segment.ReadyPointsExpiring).Name:
			expiring = row.ID
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
		codes[i] = fmt.Sprintf("OKAERI-%04d-%03d", i+1, (i+1)*7919%1000)
	}
	if _, err := s.Offers.AddCodes(ctx, row.ID, codes); err != nil {
		return step(err, "codes")
	}
	_, err = s.draft(ctx, campaign.Draft{Name: "おかえりなさいキャンペーン", Theme: "しばらくお会いしていないお客様へ", SegmentID: &dormant},
		campaign.Variant{Mall: string(mall.OwnSite), IsDefault: true, OfferID: &row.ID})
	if err != nil || !s.Schedules {
		return err
	}
	if err := s.schedule(ctx, agreed, row.ID); err != nil {
		return err
	}
	return s.pause(ctx, expiring)
}

// pause leaves a campaign that staff stopped before the first mail went out.
func (s *story) pause(ctx context.Context, segmentID int64) error {
	own, err := s.offer(ctx, offer.Draft{
		Name: "ポイントをお持ちの方 送料無料", Mall: string(mall.OwnSite), Kind: offer.FreeShipping,
		Proof: offer.SharedCode, SharedCode: "POINT-FREE", Terms: "期間中、何度でもご利用いただけます。",
	}, 30)
	if err != nil {
		return err
	}
	row, err := s.draft(ctx, campaign.Draft{Name: "まもなく失効するポイントのお知らせ", Theme: "60日以内に失効するポイントをお持ちの会員へ", SegmentID: &segmentID},
		campaign.Variant{Mall: string(mall.OwnSite), IsDefault: true, OfferID: &own.ID})
	if err != nil {
		return err
	}
	if row, err = s.Campaigns.Send(ctx, row.ID, row.Version, "seed:send:paused"); err != nil {
		return step(err, "the paused campaign")
	}
	_, err = s.Campaigns.Pause(ctx, row.ID, "送料無料の条件を店長に確認するため")
	return step(err, "the paused campaign")
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
