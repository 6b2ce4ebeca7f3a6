package model

import (
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/alert"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
)

// NewAlert maps an alert for whoever is calling; nil stays nil. Who acknowledged
// it is left to the resolver.
func NewAlert(a *db.Alert, caller access.Principal) *Alert {
	if a == nil {
		return nil
	}
	m := &Alert{
		ID: gid.Encode("Alert", a.ID), Kind: AlertKind(a.Kind), Severity: AlertSeverity(a.Severity),
		SubjectName: a.SubjectName, Figures: a.Figures, Times: a.Times,
		FirstSeenAt: a.FirstSeenAt, LastSeenAt: a.LastSeenAt, ResolvedAt: a.ResolvedAt, AcknowledgedAt: a.AcknowledgedAt,
		Acknowledgeable: alert.MayAcknowledge(caller, alert.Kind(a.Kind)), StaffRow: a.AcknowledgedBy,
	}
	if a.SubjectID != nil {
		id := gid.Encode(a.SubjectKind, *a.SubjectID)
		m.SubjectID = &id
	}
	return m
}

// NewAlertConnection maps a page of alerts.
func NewAlertConnection(rows []*db.Alert, caller access.Principal, cursors []string, info *PageInfo) *AlertConnection {
	edges := make([]*AlertEdge, len(rows))
	for i, row := range rows {
		edges[i] = &AlertEdge{Cursor: cursors[i], Node: NewAlert(row, caller)}
	}
	return &AlertConnection{Edges: edges, PageInfo: info}
}

// NewAlertSummary maps the counts.
func NewAlertSummary(s alert.Summary) *AlertSummary {
	return &AlertSummary{Open: s.Open, Unacknowledged: s.Unacknowledged, Critical: s.Critical}
}

// NewLedgerChecks maps checks with what they found.
func NewLedgerChecks(rows []*db.LedgerCheck) ([]*LedgerCheck, error) {
	list := make([]*LedgerCheck, len(rows))
	for i, row := range rows {
		found, err := points.DiscrepanciesOf(row)
		if err != nil {
			return nil, err
		}
		list[i] = &LedgerCheck{
			StartedAt: row.StartedAt, FinishedAt: row.FinishedAt, Bookings: row.Bookings, Entries: row.Entries, EntriesSum: row.EntriesSum,
			Accounts: row.Accounts, Lots: row.Lots, Outstanding: row.Outstanding, Discrepancies: newDiscrepancies(found),
		}
	}
	return list, nil
}

func newDiscrepancies(found []points.Discrepancy) []*LedgerDiscrepancy {
	list := make([]*LedgerDiscrepancy, len(found))
	for i, d := range found {
		list[i] = &LedgerDiscrepancy{What: d.What, Kept: d.Kept, Replayed: d.Replayed}
		if d.CustomerID != 0 {
			id := gid.Encode("Customer", d.CustomerID)
			list[i].CustomerID = &id
		}
	}
	return list
}
