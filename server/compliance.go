package server

import (
	"net/http"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/kept"
)

// complianceFile answers GET /campaigns/{id}/compliance.csv: how a campaign kept
// to the rules, for whoever may see campaigns.
func (rs *routes) complianceFile() http.Handler {
	return rs.guarded(access.ScopeCampaignsRead, func(w http.ResponseWriter, r *http.Request) error {
		id, err := gid.Decode("Campaign", r.PathValue("id"))
		if err != nil {
			return err
		}
		return rs.download(w, r, func() (csvFile, string, error) {
			report, err := rs.app.Campaigns.Compliance(r.Context(), id, kept.Now)
			file := campaign.ComplianceFile{Report: report, Zone: rs.app.Config.Zone, Locale: r.URL.Query().Get("locale")}
			return file, rs.dated("compliance"), err
		})
	})
}
