package model

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/preference"
	"github.com/meguri-crm/meguri/crm/privacy"
	"github.com/meguri-crm/meguri/db"
)

// NewPrivacyRequest maps a request; nil stays nil.
func NewPrivacyRequest(r *db.PrivacyRequest) *PrivacyRequest {
	if r == nil {
		return nil
	}
	return &PrivacyRequest{
		ID: gid.Encode("PrivacyRequest", r.ID), Kind: PrivacyRequestKind(r.Kind), AskedVia: PrivacyRequestVia(r.AskedVia), AskedOn: r.AskedOn, DueOn: r.DueOn,
		Status: PrivacyRequestStatus(r.Status), CreatedAt: r.CreatedAt, DecidedAt: r.DecidedAt, Refusal: r.Refusal, StepsDone: r.StepsDone, Steps: r.Steps,
		FileExpiresAt: r.FileExpiresAt, Fates: newFates(privacy.Fates(r)), Row: r,
	}
}

// NewPrivacyRequests maps requests.
func NewPrivacyRequests(rows []db.PrivacyRequest) []*PrivacyRequest {
	list := make([]*PrivacyRequest, len(rows))
	for i := range rows {
		list[i] = NewPrivacyRequest(&rows[i])
	}
	return list
}

// NewErasurePreview maps what an erasure would do.
func NewErasurePreview(p *privacy.Preview, needsTwo bool) *ErasurePreview {
	return &ErasurePreview{Fates: newFates(p.Fates), PointsLost: p.PointsLost, WaitingMessages: p.Waiting, NeedsTwo: needsTwo}
}

func newFates(fates []privacy.Fate) []*ErasureFate {
	list := make([]*ErasureFate, len(fates))
	for i, f := range fates {
		list[i] = &ErasureFate{Group: PersonalDataGroup(f.Group), Erased: f.Erased, Kept: f.Kept, Why: []KeptReason{}}
		for _, why := range f.Why {
			list[i].Why = append(list[i].Why, KeptReason(why))
		}
	}
	return list
}

// NewRetentionSettings maps the settings.
func NewRetentionSettings(s privacy.Settings) *RetentionSettings {
	return &RetentionSettings{
		ConsentDays: s.ConsentDays, BehaviourDays: s.BehaviourDays, ImportFileDays: s.ImportFileDays, QuarantineDays: s.QuarantineDays, TwoPeople: s.TwoPeople,
	}
}

// Settings maps what the settings are to be.
func (in UpdateRetentionSettingsInput) Settings() privacy.Settings {
	return privacy.Settings{
		ConsentDays: in.ConsentDays, BehaviourDays: in.BehaviourDays, ImportFileDays: in.ImportFileDays, QuarantineDays: in.QuarantineDays, TwoPeople: in.TwoPeople,
	}
}

// NewRetentionRuns maps what sweeps removed.
func NewRetentionRuns(rows []db.RetentionRun) ([]*RetentionRun, error) {
	list := make([]*RetentionRun, len(rows))
	for i, r := range rows {
		removed := map[string]int64{}
		if err := json.Unmarshal(r.Removed, &removed); err != nil {
			return nil, err
		}
		list[i] = &RetentionRun{ID: gid.Encode("RetentionRun", r.ID), RanAt: r.RanAt, Removed: []*RetentionCount{}}
		for _, kind := range slices.Sorted(maps.Keys(removed)) {
			list[i].Removed = append(list[i].Removed, &RetentionCount{Kind: kind, Rows: removed[kind]})
		}
	}
	return list, nil
}

// NewContactPreferences maps what somebody gets; url is where he chooses.
func NewContactPreferences(s *preference.Standing, url string) *ContactPreferences {
	p := &ContactPreferences{PerMonth: s.PerMonth, URL: url, Channels: []*ContactChannel{}}
	for _, c := range s.Choices {
		p.Channels = append(p.Channels, &ContactChannel{Channel: Channel(c.Channel), On: c.On, Since: c.Since, CanTurnOn: c.Offered})
	}
	return p
}

// Change maps what a customer says in the merchant's app.
func (in UpdateMyPreferencesInput) Change(from string) preference.Change {
	c := preference.Change{On: map[string]bool{}, PerMonth: in.PerMonth, Method: "API", Locale: in.Locale, From: from}
	if in.Reason != nil {
		c.Reason = *in.Reason
	}
	words := map[string]string{}
	for _, channel := range in.Channels {
		c.On[string(channel.Channel)], words[string(channel.Channel)] = channel.On, channel.Wording
	}
	c.Wording = func(channel string) string { return words[channel] }
	return c
}
