package server

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/frontend"
)

// routes is everything the program answers over HTTP.
type routes struct {
	app       *App
	telemetry *telemetry
	streams   *streams
	ready     readiness
	charge    func(caller *access.Caller, cost int) error // takes from the bucket that operations are paid from
}

// handler lists the routes. What none of them takes is the SPA's.
func (rs *routes) handler() (http.Handler, error) {
	spa, err := newSPA(frontend.Dist())
	if err != nil {
		return nil, err
	}
	graphql, exec, err := newGraphQL(rs.app)
	if err != nil {
		return nil, err
	}
	rs.charge = exec.Charge
	auth, err := auth{rs.app}.handler()
	if err != nil {
		return nil, err
	}
	bounces, err := rs.bounces()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/graphql", graphql)
	mux.Handle("GET /schema.graphql", contractHandler())
	mux.Handle("/auth/", auth)
	mux.Handle("POST /uploads", rs.uploads())
	mux.Handle("POST /uploads/events", rs.eventUploads())
	mux.Handle("POST /uploads/points", rs.pointUploads())
	mux.Handle("GET /points.csv", rs.ledgerFile())
	mux.Handle("GET /imports/{id}/quarantine.csv", rs.quarantine(func(d *intake.Download) refusedRows { return d }))
	mux.Handle("GET /imports/{id}/quarantine.jsonl", rs.quarantine(func(d *intake.Download) refusedRows { return intake.ForPrograms{Download: d} }))
	mux.Handle("GET /audit.csv", rs.auditFile())
	mux.Handle("POST /customers.csv", rs.customerFile())
	mux.Handle("GET /campaigns/{id}/compliance.csv", rs.complianceFile())
	mux.Handle("GET /privacy/{id}/export.zip", rs.privacyFile())
	mux.Handle("GET /exports/{id}/objects.jsonl", rs.exportFile())
	mux.Handle("POST /bounces", bounces)
	mux.HandleFunc("GET /healthz", rs.healthz)
	mux.HandleFunc("GET /readyz", rs.readyz)
	mux.Handle("GET /metrics", rs.internal(rs.telemetry.handler()))
	if err := rs.documents(mux); err != nil {
		return nil, err
	}
	rs.recipients(mux)
	rs.brand(mux)
	rs.collect(mux)
	oauth{rs.app}.register(mux)
	mux.Handle("GET "+idePath, spa.serveIDE(rs.app.Config.Dev))
	mux.HandleFunc("GET /member", spa.serveMember)
	mux.Handle("/", spa)

	observer, err := newObserver(rs.telemetry)
	if err != nil {
		return nil, err
	}
	return rs.recover(secure(rs.app.Config, observer.watch(rs.streams.watch(mux)))), nil
}

// recover turns a panic of a handler into a 500 and a line in the log.
func (rs *routes) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p)
			default:
				rs.app.Log.ErrorContext(r.Context(), "a handler panicked", "panic", fmt.Sprint(p), "trace", string(debug.Stack()))
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
