package server

import (
	"net/http"
	"net/url"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/audit"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/graph/model"
	"github.com/meguri-crm/meguri/server/transport"
)

// auditFile answers GET /audit.csv: the audit log as a file, streamed, narrowed
// by the same words as the page: actions, actorKind, actor, object, from, to.
func (rs *routes) auditFile() http.Handler {
	return transport.Identify(rs.app.Verifier, rs.app.Config.ClientIP, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		caller := access.From(r.Context())
		switch {
		case !caller.SignedIn():
			transport.WriteFault(w, fault.New(fault.Unauthenticated, "sign in first"))
			return
		case !caller.Has(access.ScopeAuditRead):
			transport.WriteFault(w, fault.New(fault.Forbidden, "you may not read the audit log"))
			return
		}
		filter, err := auditFilter(r.URL.Query(), rs.app.Config.Zone)
		if err != nil {
			transport.WriteFault(w, err)
			return
		}
		if err := rs.charge(access.CallerFrom(r.Context()), fileCost); err != nil {
			transport.WriteFault(w, err)
			return
		}
		file, err := rs.app.Audit.Download(r.Context(), filter, r.URL.Query().Get("locale"), rs.app.Config.Zone)
		if err != nil {
			transport.WriteFault(w, err)
			return
		}
		name := "audit-" + rs.app.Clock.Now().In(rs.app.Config.Zone).Format("20060102") + ".csv"
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"; filename*=UTF-8''`+name)
		w.Header().Set("Cache-Control", "no-store")
		if err := file.WriteTo(r.Context(), &taking{http.NewResponseController(w), w}); err != nil {
			rs.app.Log.WarnContext(r.Context(), "a download broke off", "file", "audit", "error", err)
			panic(http.ErrAbortHandler) // a file that ends early must not look whole
		}
	}))
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
