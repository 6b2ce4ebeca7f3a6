package server

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/ledger"
	"github.com/meguri-crm/meguri/graph/model"
)

// pointUploads answers POST /uploads/points?name=june.csv: the body is a file of
// points to be given and taken (adjust.Take), which is kept as a draft; the answer
// names it: {"adjustmentId"}.
func (rs *routes) pointUploads() http.Handler {
	return rs.guarded(access.ScopePointsWrite, func(w http.ResponseWriter, r *http.Request) error {
		row, err := rs.app.Adjustments.Take(r.Context(), r.URL.Query().Get("name"), &moving{http.NewResponseController(w), r.Body})
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(map[string]string{"adjustmentId": gid.Encode("PointAdjustment", row.ID)})
		return nil
	})
}

// ledgerFile answers GET /points.csv: the bookings as a file, streamed, narrowed
// by the same words as the page: customer, orderNo, from, to, kinds, actorKinds,
// min, max.
func (rs *routes) ledgerFile() http.Handler {
	return rs.guarded(access.ScopePointsRead, func(w http.ResponseWriter, r *http.Request) error {
		filter, err := ledgerFilter(r.URL.Query(), rs.app.Config.Zone)
		if err != nil {
			return err
		}
		return rs.download(w, r, func() (csvFile, string, error) {
			file, err := rs.app.Ledger.Download(r.Context(), filter, r.URL.Query().Get("locale"))
			return file, rs.dated("points"), err
		})
	})
}

// ledgerFilter reads what the address narrows the ledger by.
// Errors: fault.Invalid for what is no id, no day or no number.
func ledgerFilter(query url.Values, zone *time.Location) (ledger.Filter, error) {
	in := model.PointLedgerFilter{}
	for _, kind := range query["kinds"] {
		in.Kinds = append(in.Kinds, model.PointBookingKind(kind))
	}
	for _, kind := range query["actorKinds"] {
		in.ActorKinds = append(in.ActorKinds, model.AuditActorKind(kind))
	}
	for name, field := range map[string]**string{"customer": &in.CustomerID, "orderNo": &in.OrderNo} {
		if value := query.Get(name); value != "" {
			*field = &value
		}
	}
	for name, field := range map[string]**time.Time{"from": &in.From, "to": &in.To} {
		if value := query.Get(name); value != "" {
			day, err := time.Parse(time.DateOnly, value)
			if err != nil {
				return ledger.Filter{}, fault.Wrap(fault.Invalid, err, "%s is a day, YYYY-MM-DD", name).At(name)
			}
			*field = &day
		}
	}
	for name, field := range map[string]**int64{"min": &in.Min, "max": &in.Max} {
		if value := query.Get(name); value != "" {
			n, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				return ledger.Filter{}, fault.Wrap(fault.Invalid, err, "%s is a whole number", name).At(name)
			}
			*field = &n
		}
	}
	return in.Filter(zone)
}
