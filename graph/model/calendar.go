package model

import (
	"github.com/meguri-crm/meguri/crm/calendar"
	"github.com/meguri-crm/meguri/crm/calendar/holiday"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/policy"
)

// NewMallEvent maps an occurrence; nil stays nil.
func NewMallEvent(o *calendar.Occurrence) *MallEvent {
	if o == nil {
		return nil
	}
	return &MallEvent{
		ID: o.Key.String(), Rule: newMallEventRule(o.Rule), Mall: mallOrNil(o.Mall), NameText: policy.Text{JA: o.Name, EN: o.NameEN},
		StartsAt: o.StartsAt, EndsAt: o.EndsAt, FirstDay: calendar.Day(o.StartsAt), LastDay: o.LastDay(),
		Status: MallEventStatus(o.Status), Approximate: o.Approximate, Major: o.Major(), Source: o.Source,
	}
}

// NewMallEvents maps a list.
func NewMallEvents(list []calendar.Occurrence) []*MallEvent {
	out := make([]*MallEvent, len(list))
	for i := range list {
		out[i] = NewMallEvent(&list[i])
	}
	return out
}

func newMallEventRule(r *calendar.Rule) *MallEventRule {
	if r == nil {
		return nil
	}
	return &MallEventRule{
		Code: r.Code, Mall: mallOrNil(r.Mall), NameText: policy.Text{JA: r.Name, EN: r.NameEN}, AnnouncedOnly: r.Kind == calendar.Announced,
		Major: r.Major, Certainty: r.Certainty, Source: r.Source, ReviewedOn: r.ReviewedOn,
	}
}

// NewMallEventRules maps the rules.
func NewMallEventRules(rules []calendar.Rule) []*MallEventRule {
	out := make([]*MallEventRule, len(rules))
	for i := range rules {
		out[i] = newMallEventRule(&rules[i])
	}
	return out
}

// NewHolidays maps national holidays.
func NewHolidays(days []holiday.Day) []*Holiday {
	out := make([]*Holiday, len(days))
	for i, d := range days {
		out[i] = &Holiday{On: d.On, NameText: policy.Text{JA: d.Name, EN: d.English()}}
	}
	return out
}

// NewPlannedCampaigns maps campaigns with their days.
func NewPlannedCampaigns(list []campaign.Planned) []*PlannedCampaign {
	out := make([]*PlannedCampaign, len(list))
	for i, p := range list {
		out[i] = &PlannedCampaign{Campaign: NewCampaign(p.Campaign), FirstDay: p.From, LastDay: p.To}
	}
	return out
}

// NewMallEventFilter maps the arguments of mallEvents.
func NewMallEventFilter(malls []Mall, majorOnly, includeCancelled bool) calendar.Filter {
	f := calendar.Filter{MajorOnly: majorOnly, WithCancelled: includeCancelled}
	for _, m := range malls {
		f.Malls = append(f.Malls, string(m))
	}
	return f
}

// NewMallEventDraft maps the input of addMallEvent.
func NewMallEventDraft(in AddMallEventInput) calendar.Draft {
	d := calendar.Draft{Name: in.Name, StartsAt: in.StartsAt, EndsAt: in.EndsAt, Source: in.Source}
	if in.Rule != nil {
		d.Rule = *in.Rule
	}
	if in.Mall != nil {
		d.Mall = string(*in.Mall)
	}
	return d
}

// NewMallEventChange maps the input of announceMallEvent.
func NewMallEventChange(in AnnounceMallEventInput) calendar.Change {
	return calendar.Change{Name: in.Name, StartsAt: in.StartsAt, EndsAt: in.EndsAt, Source: in.Source}
}
