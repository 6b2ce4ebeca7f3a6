package server

import (
	"net/http"
	"net/url"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/audit"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/graph/model"
)

// auditFile answers GET /audit.csv: the audit log as a file, streamed, narrowed
// by the same words as the page: actions, actorKind, actor, object, from, to.
func (rs *routes) auditFile() http.Handler {
	return rs.guarded(access.ScopeAuditRead, func(w http.ResponseWriter, r *http.Request) error {
		filter, err := auditFilter(r.URL.Query(), rs.app.Config.Zone)
		if err != nil {
			return err
		}
		return rs.download(w, r, func() (csvFile, string, error) {
			file, err := rs.app.Audit.Download(r.Context(), filter, r.URL.Query().Get("locale"), rs.app.Config.Zone)
			return file, rs.dated("audit"), err
		})
	})
}

// auditFilter reads what the address narrows the log by.
// Errors: fault.Invalid for what is no id or no day.
func auditFilter(query url.Values, zone *time.Location) (audit.Filter, error) {
	in := model.AuditFilter{Actions: query["actions"]}
	if kind := query.Get("actorKind"); kind != "" {
		known := model.AuditActorKind(kind)
		in.ActorKind = &known
	}
	for name, field := range map[string]**string{"actor": &in.ActorID, "object": &in.ObjectID} {
		if value := query.Get(name); value != "" {
			*field = &value
		}
	}
	for name, field := range map[string]**time.Time{"from": &in.From, "to": &in.To} {
		if value := query.Get(name); value != "" {
			day, err := time.Parse(time.DateOnly, value)
			if err != nil {
				return audit.Filter{}, fault.Wrap(fault.Invalid, err, "%s is a day, YYYY-MM-DD", name).At(name)
			}
			*field = &day
		}
	}
	return model.NewAuditFilter(&in, nil, nil, zone)
}
