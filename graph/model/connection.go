package model

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/pull"
	"github.com/meguri-crm/meguri/crm/pull/source"
)

// NewMallServices maps the services there are.
func NewMallServices(all []source.Service) []*MallServiceInfo {
	list := make([]*MallServiceInfo, len(all))
	for i, s := range all {
		habits := s.Habits()
		info := &MallServiceInfo{Service: MallService(s.Name()), Mall: Mall(s.Mall()), LeastMinutes: max(pull.LeastEvery, int(habits.Least/time.Minute))}
		if habits.Oldest > 0 {
			days := int(habits.Oldest / (24 * time.Hour))
			info.OldestDays = &days
		}
		for _, f := range s.Fields() {
			info.Fields = append(info.Fields, &MallServiceField{Name: f.Name, Secret: f.Secret, Optional: f.Optional})
		}
		list[i] = info
	}
	return list
}

// NewMallConnections maps connections.
func NewMallConnections(all []pull.Overview) ([]*MallConnection, error) {
	list := make([]*MallConnection, len(all))
	for i, o := range all {
		var err error
		if list[i], err = NewMallConnection(o); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// NewMallConnection maps a connection; its secrets stay where they are.
func NewMallConnection(o pull.Overview) (*MallConnection, error) {
	c := &MallConnection{
		ID: gid.Encode("MallConnection", o.ID), ShopRow: o.ShopID, Service: MallService(o.Service), Status: MallConnectionStatus(o.Status), Values: []*MallValue{},
		EnteredAt: o.EnteredAt, ExpiresAt: o.ExpiresAt, ExpiresTold: o.ExpiresKnown, CheckedAt: o.CheckedAt, EveryMinutes: o.EveryMinutes,
		FirstFrom: o.FirstFrom, PulledTo: o.PulledTo, NextAt: o.NextAt, Running: o.Running, Latest: newMallPull(o.Latest),
	}
	for name, value := range o.Settings {
		c.Values = append(c.Values, &MallValue{Name: name, Value: value})
	}
	slices.SortFunc(c.Values, func(a, b *MallValue) int { return strings.Compare(a.Name, b.Name) })
	if len(o.Trouble) == 0 {
		return c, nil
	}
	var t pull.Kept
	err := json.Unmarshal(o.Trouble, &t)
	c.Trouble = &MallTrouble{Code: MallTroubleCode(t.Code), Passing: t.Passing, Call: t.Call, Status: t.Status, Detail: t.Detail, Since: o.TroubleSince}
	return c, err
}

// NewMallPulls maps pulls.
func NewMallPulls(all []pull.Told) []*MallPull {
	list := make([]*MallPull, len(all))
	for i := range all {
		list[i] = newMallPull(&all[i])
	}
	return list
}

func newMallPull(p *pull.Told) *MallPull {
	if p == nil {
		return nil
	}
	m := &MallPull{
		ID: gid.Encode("MallPull", p.ID), Done: p.FinishedAt != nil, First: p.First, From: p.FromAt, To: p.ToAt, StartedAt: p.StartedAt, FinishedAt: p.FinishedAt,
		Fetched: p.Fetched, Known: p.Known, Expected: p.Expected, Orders: p.Orders, Inserted: p.Inserted, Updated: p.Updated, Unchanged: p.Unchanged,
		Quarantined: p.Quarantined, UnfinishedImports: int(p.Unfinished), FailedImports: int(p.Failed),
	}
	if p.LatestImport != nil {
		id := gid.Encode("Import", *p.LatestImport)
		m.LatestImportID = &id
	}
	return m
}

// NewMallTest maps what trying a connection brought.
func NewMallTest(a pull.Answer) *MallTestResult {
	r := &MallTestResult{ShopName: a.Shop, ExpiresAt: a.ExpiresAt}
	if t := a.Trouble; t != nil {
		r.Trouble = &MallTrouble{Code: MallTroubleCode(t.Code), Passing: t.Passing, Call: t.Call, Status: t.Status, Detail: t.Detail}
	}
	return r
}

func mallValues(in []*MallValueInput) map[string]string {
	values := make(map[string]string, len(in))
	for _, v := range in {
		values[v.Name] = v.Value
	}
	return values
}

// Draft is the connection that staff entered.
func (in ConnectMallInput) Draft(shopID int64) pull.Draft {
	return pull.Draft{
		ShopID: shopID, Service: string(in.Service), Values: mallValues(in.Values), EveryMinutes: in.EveryMinutes, FirstFrom: in.FirstFrom, ExpiresAt: in.ExpiresAt,
		Code: text(in.Code), Redirect: text(in.RedirectURI),
	}
}

// Draft is the change that staff entered.
func (in UpdateMallConnectionInput) Draft() pull.Draft {
	return pull.Draft{
		Values: mallValues(in.Values), EveryMinutes: in.EveryMinutes, FirstFrom: in.FirstFrom, ExpiresAt: in.ExpiresAt, Code: text(in.Code), Redirect: text(in.RedirectURI),
	}
}

// Draft is what is to be tried, with a pace that any service takes.
func (in TestMallConnectionInput) Draft(shopID int64) pull.Draft {
	d := pull.Draft{ShopID: shopID, Values: mallValues(in.Values), EveryMinutes: 24 * 60}
	if in.Service != nil {
		d.Service = string(*in.Service)
	}
	return d
}
