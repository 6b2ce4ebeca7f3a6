package model

import (
	"strconv"
	"strings"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/db"
)

// NewCampaign maps a campaign; nil stays nil. What hangs on it is left to the
// resolvers.
func NewCampaign(c *db.Campaign) *Campaign {
	if c == nil {
		return nil
	}
	return &Campaign{
		ID: gid.Encode("Campaign", c.ID), Name: c.Name, Theme: c.Theme, Status: CampaignStatus(c.Status),
		DestinationChoice: DestinationChoice(c.DestinationChoice), SenderName: c.SenderName, ConversionDays: c.ConversionDays,
		HoldoutRate: c.HoldoutRate, FrequencyDays: c.FrequencyDays, RatePerMinute: c.RatePerMinute, ScheduledAt: c.ScheduledAt,
		IgnoresCaps: c.IgnoresCaps, IgnoresQuietHours: c.IgnoresQuiet,
		StartsOn: c.StartsOn, EndsOn: c.EndsOn,
		Pause: newCampaignPause(c), MissedSchedule: newMissedSchedule(c), Version: c.Version, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
		SentAt: c.SentAt, FinishedAt: c.FinishedAt, Row: c,
	}
}

func newCampaignPause(c *db.Campaign) *CampaignPause {
	if c.PausedAt == nil {
		return nil
	}
	return &CampaignPause{At: *c.PausedAt, Reason: c.PauseReason, StaffRow: c.PausedBy}
}

func newMissedSchedule(c *db.Campaign) *MissedSchedule {
	if c.MissedAt == nil {
		return nil
	}
	return &MissedSchedule{At: *c.MissedAt, Because: c.MissedBecause}
}

// NewCampaignConnection maps a page of campaigns.
func NewCampaignConnection(rows []*db.Campaign, cursors []string, info *PageInfo) *CampaignConnection {
	edges := make([]*CampaignEdge, len(rows))
	for i, row := range rows {
		edges[i] = &CampaignEdge{Cursor: cursors[i], Node: NewCampaign(row)}
	}
	return &CampaignConnection{Edges: edges, PageInfo: info}
}

// NewCampaignVariants maps the variants of a campaign.
func NewCampaignVariants(rows []*db.CampaignVariant) []*CampaignVariant {
	list := make([]*CampaignVariant, len(rows))
	for i, v := range rows {
		list[i] = &CampaignVariant{
			ID: gid.Encode("CampaignVariant", v.ID), Mall: Mall(v.Mall), IsDefault: v.IsDefault,
			Subject: v.Subject, Mjml: v.MJML, TextBody: v.TextBody, OfferRow: v.OfferID,
		}
	}
	return list
}

// NewAudiencePreview maps who would get what; shops are loaded by their resolver.
func NewAudiencePreview(p *campaign.Reach) *AudiencePreview {
	m := &AudiencePreview{
		AsOf: p.AsOf, Stale: p.Stale,
		Total: p.Total, Reachable: p.Reachable, Excluded: p.Excluded, HeldOut: p.HeldOut, Estimated: p.Estimated, Refused: newReasonCounts(p.Refused),
		ByOrigin: make([]*OriginCount, len(p.ByOrigin)), ByDestination: make([]*MallCount, len(p.ByDestination)),
		Shortages: make([]*CodeShortage, len(p.Short)),
	}
	for i, o := range p.ByOrigin {
		m.ByOrigin[i] = &OriginCount{Count: o.Count, ShopRow: o.ShopID, ByDestination: []*MallCount{}}
		for _, r := range p.Routes {
			if r.ShopID == o.ShopID {
				m.ByOrigin[i].ByDestination = append(m.ByOrigin[i].ByDestination, &MallCount{Mall: Mall(r.Mall), Count: r.Count})
			}
		}
	}
	for i, d := range p.ByDestination {
		m.ByDestination[i] = &MallCount{Mall: Mall(d.Mall), Count: d.Count}
	}
	for i, s := range p.Short {
		m.Shortages[i] = &CodeShortage{Mall: Mall(s.Mall), OfferID: gid.Encode("Offer", s.OfferID), Left: s.Left, Recipients: s.Recipients, Without: s.Without}
	}
	return m
}

// NewCampaignRest maps who got nothing for want of a code; nil stays nil.
func NewCampaignRest(r *campaign.Rest) *CampaignRest {
	if r == nil {
		return nil
	}
	return &CampaignRest{People: r.People, Codes: r.Codes, Until: r.Until, OfferRows: r.Offers}
}

func newReasonCounts(counts []campaign.ReasonCount) []*ReasonCount {
	list := make([]*ReasonCount, len(counts))
	for i, c := range counts {
		list[i] = &ReasonCount{Reason: c.Reason, Count: c.Count}
	}
	return list
}

func mallOrNil(mall string) *Mall {
	if mall == "" {
		return nil
	}
	m := Mall(mall)
	return &m
}

func textOrNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// NewCampaignDraft maps the input of createCampaign. Errors: fault.Invalid.
func NewCampaignDraft(in CreateCampaignInput) (campaign.Draft, error) {
	segment, err := optionalRow("Segment", in.SegmentID, "segmentId")
	d := campaign.Draft{Name: in.Name, Theme: in.Theme, SegmentID: segment}
	if in.Period != nil {
		d.Period = campaign.Period(*in.Period)
	}
	return d, err
}

// NewCampaignChange maps the input of updateCampaign. Errors: fault.Invalid.
func NewCampaignChange(in UpdateCampaignInput) (campaign.Change, error) {
	segment, err := optionalRow("Segment", in.SegmentID, "segmentId")
	c := campaign.Change{
		Name: in.Name, Theme: in.Theme, SenderName: in.SenderName, SegmentID: segment,
		Choice: (*campaign.Choice)(in.DestinationChoice), ConversionDays: in.ConversionDays,
		HoldoutRate: in.HoldoutRate, FrequencyDays: in.FrequencyDays, RatePerMinute: in.RatePerMinute,
		Period: (*campaign.Period)(in.Period),
	}
	if err != nil {
		return c, err
	}
	if c.Exclusions, err = exclusions(in.Exclusions); err != nil || in.Variants == nil {
		return c, err
	}
	variants := make([]campaign.Variant, len(in.Variants))
	for i, v := range in.Variants {
		offer, err := optionalRow("Offer", v.OfferID, "variants."+strconv.Itoa(i)+".offerId")
		if err != nil {
			return c, err
		}
		variants[i] = campaign.Variant{Mall: string(v.Mall), IsDefault: v.IsDefault, OfferID: offer, Subject: v.Subject, MJML: v.Mjml, TextBody: v.TextBody}
	}
	c.Variants = &variants
	return c, nil
}

// exclusions are the rows of segments; nil stays nil.
func exclusions(ids []string) (*[]int64, error) {
	if ids == nil {
		return nil, nil
	}
	rows := make([]int64, len(ids))
	for i := range ids {
		row, err := optionalRow("Segment", &ids[i], "exclusions")
		if err != nil {
			return nil, err
		}
		rows[i] = *row
	}
	return &rows, nil
}

// optionalRow is the row behind an optional id; nil for none.
func optionalRow(kind string, id *string, field string) (row *int64, err error) {
	if id == nil {
		return row, nil
	}
	n, err := gid.Decode(kind, *id)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "this is not a valid id").WithCode("INVALID_ID").At(field)
	}
	return &n, nil
}

func mallNames(malls []Mall) []string {
	names := make([]string, len(malls))
	for i, m := range malls {
		names[i] = string(m)
	}
	return names
}

// NewCampaignFilter maps the filter of a list of campaigns.
func NewCampaignFilter(statuses []CampaignStatus, malls []Mall, missed bool, search string) campaign.Filter {
	f := campaign.Filter{Malls: mallNames(malls), Missed: missed, Search: strings.TrimSpace(search)}
	for _, s := range statuses {
		f.Statuses = append(f.Statuses, campaign.Status(s))
	}
	return f
}

// NewMessageFilter maps the filter of a list of messages.
func NewMessageFilter(status *MessageStatus, reason *string, mall *Mall) campaign.MessageFilter {
	var f campaign.MessageFilter
	if status != nil {
		f.Status = campaign.MessageStatus(*status)
	}
	if reason != nil {
		f.Reason = *reason
	}
	if mall != nil {
		f.Mall = string(*mall)
	}
	return f
}

// NewExemption maps the input of exemptCampaign.
func NewExemption(in ExemptCampaignInput) campaign.Exemption {
	return campaign.Exemption{Caps: in.IgnoresCaps, Quiet: in.IgnoresQuietHours, Reason: in.Reason}
}
