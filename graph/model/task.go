package model

import (
	"strings"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/order"
	"github.com/meguri-crm/meguri/crm/task"
	"github.com/meguri-crm/meguri/db"
)

// NewTask maps a task; nil stays nil. What hangs on it is left to the resolvers.
func NewTask(t *db.Task) *Task {
	if t == nil {
		return nil
	}
	return &Task{
		ID: gid.Encode("Task", t.ID), Mall: Mall(t.Mall), Tool: toolOf(t.Mall), Status: TaskStatus(t.Status),
		Subject: t.Subject, Text: t.TextBody, HTML: t.HTMLBody, CouponCode: t.CouponCode, DueOn: t.DueOn,
		CreatedAt: t.CreatedAt, DoneAt: t.DoneAt, SentCount: t.SentCount, Note: t.Note, Row: t,
	}
}

// toolOf is the mail tool of a mall; the table holds no other malls.
func toolOf(mall string) PolicyChannel {
	tool, _ := task.ToolOf(mall)
	return PolicyChannel(tool.Channel)
}

// NewTaskConnection maps a page of tasks.
func NewTaskConnection(rows []*db.Task, cursors []string, info *PageInfo) *TaskConnection {
	edges := make([]*TaskEdge, len(rows))
	for i, row := range rows {
		edges[i] = &TaskEdge{Cursor: cursors[i], Node: NewTask(row)}
	}
	return &TaskConnection{Edges: edges, PageInfo: info}
}

// NewTaskFilter maps the filter of a list of tasks.
// Errors: fault.Invalid for an id that is no member of staff's.
func NewTaskFilter(status TaskStatus, malls []Mall, assigneeID *string, late bool, search string) (task.Filter, error) {
	f := task.Filter{Status: task.Status(status), Malls: mallNames(malls), Late: late, Search: strings.TrimSpace(search)}
	if assigneeID == nil {
		return f, nil
	}
	var err error
	f.AssigneeID, err = gid.Decode("Staff", *assigneeID)
	return f, err
}

// NewTaskResults maps what a task brought.
func NewTaskResults(r task.Results) *TaskResults {
	return &TaskResults{Orders: r.Orders, Customers: r.Customers, Sales: &Money{Amount: r.Sales, Currency: order.BaseCurrency}}
}

// NewTaskCounts maps how many tasks there are.
func NewTaskCounts(c task.Counts) *TaskCounts {
	return &TaskCounts{Open: c.Open, Overdue: c.Overdue, Done: c.Done, Cancelled: c.Cancelled}
}

// NewMallMail maps a mall mail; nil stays nil. What hangs on it is left to the
// resolvers.
func NewMallMail(m *db.MallMail) *MallMail {
	if m == nil {
		return nil
	}
	return &MallMail{
		Mall: Mall(m.Mall), Tool: toolOf(m.Mall), Subject: m.Subject, Text: m.TextBody, HTML: m.HTMLBody,
		SendOn: m.SendOn, UpdatedAt: m.UpdatedAt, Row: m,
	}
}

// NewMallMails maps a list.
func NewMallMails(rows []*db.MallMail) []*MallMail {
	list := make([]*MallMail, len(rows))
	for i, row := range rows {
		list[i] = NewMallMail(row)
	}
	return list
}

// NewAssignees maps who can be given a task.
func NewAssignees(rows []task.Assignee) []*Assignee {
	list := make([]*Assignee, len(rows))
	for i, a := range rows {
		list[i] = &Assignee{ID: gid.Encode("Staff", a.ID), Name: a.Name}
	}
	return list
}

// NewMallMailDraft maps the input of saveMallMail. Errors: fault.Invalid.
func NewMallMailDraft(in MallMailInput) (task.Draft, error) {
	d := task.Draft{Mall: string(in.Mall), Subject: in.Subject, Text: in.Text, HTML: in.HTML, SendOn: in.SendOn}
	var err error
	if d.CampaignID, err = gid.Decode("Campaign", in.CampaignID); err != nil {
		return d, err
	}
	if d.OfferID, err = optionalRow("Offer", in.OfferID, "offerId"); err != nil {
		return d, err
	}
	d.AssigneeID, err = optionalRow("Staff", in.AssigneeID, "assigneeId")
	return d, err
}

// NewTaskChange maps the input of updateTask. Errors: fault.Invalid.
func NewTaskChange(in UpdateTaskInput) (task.Change, error) {
	assignee, err := optionalRow("Staff", in.AssigneeID, "assigneeId")
	return task.Change{DueOn: in.DueOn, AssigneeID: assignee}, err
}
