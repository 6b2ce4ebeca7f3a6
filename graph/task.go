package graph

import (
	"context"
	"strings"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/crm/task"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/loader"
	"github.com/meguri-crm/meguri/graph/model"
)

// taskPayload answers a mutation of a task.
func taskPayload(row *db.Task, err error) (*model.TaskPayload, error) {
	wrong, err := userErrors(err)
	return &model.TaskPayload{Task: model.NewTask(row), UserErrors: wrong}, err
}

// onTask runs a change of the task behind an id.
func onTask(id string, change func(id int64) (*db.Task, error)) (*model.TaskPayload, error) {
	row, err := gid.Decode("Task", id)
	if err != nil {
		return taskPayload(nil, err)
	}
	return taskPayload(change(row))
}

// mallMailPayload answers a mutation of a mall mail.
func mallMailPayload(row *db.MallMail, err error) (*model.MallMailPayload, error) {
	wrong, err := userErrors(err)
	return &model.MallMailPayload{MallMail: model.NewMallMail(row), UserErrors: wrong}, err
}

// taskKey is a task's place in its list.
func taskKey(t *db.Task) task.Key { return task.Key{DueOn: t.DueOn, ID: t.ID} }

// assigneeOf is the member of staff a task is given to; nil for nobody.
func assigneeOf(ctx context.Context, row *int64) (*model.Assignee, error) {
	name, err := staffName(ctx, row)
	if name == nil || err != nil {
		return nil, err
	}
	return &model.Assignee{ID: gid.Encode("Staff", *row), Name: *name}, nil
}

// offerOf is the offer behind a row; nil for none.
func offerOf(ctx context.Context, row *int64) (*model.Offer, error) {
	if row == nil {
		return nil, nil
	}
	offer, err := loader.For(ctx).Offer(ctx, *row)
	return model.NewOffer(offer), err
}

// lift records an override where the finding stands: in a mall mail, or in a
// variant of the campaign.
func (r *Resolver) lift(ctx context.Context, l policy.Lift) (*policy.Override, error) {
	if strings.HasPrefix(l.Place, "mallMails.") {
		return r.Tasks.Lift(ctx, l)
	}
	return r.Campaigns.Lift(ctx, l)
}

// taskPage is a page of the list of tasks. Its cursors belong to the status and the direction.
func (r *Resolver) taskPage(ctx context.Context, f task.Filter, descending bool, first int, after, before *string) (*model.TaskConnection, error) {
	p, err := newPageAround[task.Key]("tasks:"+string(f.Status)+":"+directionOf(descending), first, after, before)
	if err != nil {
		return nil, err
	}
	rows, err := r.Tasks.List(ctx, f, descending != p.Back, p.After, p.Limit)
	if err != nil {
		return nil, err
	}
	rows, cursors, info := cut(p, rows, taskKey)
	return model.NewTaskConnection(rows, cursors, info), nil
}
