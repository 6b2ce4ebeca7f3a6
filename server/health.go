package server

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/meguri-crm/meguri/db/migrations"
)

// healthz says that the process lives. It asks nobody else, so that a database
// that is away does not have every node restarted.
func (rs *routes) healthz(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]string{"status": "ok"})
}

// readyz says whether requests make sense now: the process is not stopping, the
// database answers, and its schema is the one this build knows.
func (rs *routes) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	checks := map[string]string{"server": "ok", "database": "ok", "schema": "ok"}
	status := http.StatusOK
	fail := func(check, why string) {
		checks[check], status = why, http.StatusServiceUnavailable
	}
	if !rs.ready.Load() {
		fail("server", "stopping")
	}
	switch pending, err := migrations.Pending(ctx, rs.app.DB); {
	case err != nil:
		fail("database", "unreachable")
		fail("schema", "unknown")
	case pending > 0:
		fail("schema", "behind")
	}
	answer(w, status, checks)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client is gone; nothing to do about it
}
