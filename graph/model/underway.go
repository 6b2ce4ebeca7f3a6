package model

import (
	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/underway"
)

// NewRunningJobs maps the jobs that scopes show.
func NewRunningJobs(scopes access.ScopeSet) func([]underway.Job) []*RunningJob {
	return func(jobs []underway.Job) []*RunningJob {
		seen := underway.Visible(jobs, scopes)
		list := make([]*RunningJob, len(seen))
		for i, j := range seen {
			list[i] = &RunningJob{Kind: RunningJobKind(j.Kind), Name: j.Name, Progress: j.Progress, Waiting: j.Waiting, StartedAt: j.StartedAt}
			if j.SubjectKind != "" {
				id := gid.Encode(j.SubjectKind, j.SubjectID)
				list[i].SubjectID = &id
			}
		}
		return list
	}
}
