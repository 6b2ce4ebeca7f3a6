package policy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/policy"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

// TestTheMatrixSaysWhatTheSendWouldSay reads well-known ways out of the matrix.
func TestTheMatrixSaysWhatTheSendWouldSay(t *testing.T) {
	conn := dbtest.New(t)
	for _, mall := range []string{"RAKUTEN", "AMAZON", "YAHOO", "OWN_SITE", "STORE"} {
		if _, err := conn.NewInsert().Model(&db.Shop{Code: strings.ToLower(mall), Name: mall, Mall: mall}).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	catalog := policy.Catalog{DB: conn, Clock: &clock.Fixed{T: today}, Zone: time.UTC}
	said := map[string]string{}
	for _, consented := range []bool{true, false} {
		routes, err := catalog.Routes(t.Context(), consented)
		if err != nil || len(routes) != len(policy.Channels)*5*7 {
			t.Fatalf("%d ways, %v", len(routes), err)
		}
		for _, r := range routes {
			rules := ""
			for _, rule := range r.Rules {
				rules += " " + rule.ID
			}
			said[fmt.Sprintf("%v %s %s %s", consented, r.Origin, r.Channel, r.Destination)] = string(r.Outcome) + rules
		}
	}
	for way, want := range map[string]string{
		"true OWN_SITE MAIL RAKUTEN":           "ALLOWED",
		"true STORE MAIL OWN_SITE":             "ALLOWED",
		"true OWN_SITE MAIL LINE":              "ALLOWED",
		"false OWN_SITE MAIL RAKUTEN":          "REFUSED LAW-01",
		"true RAKUTEN MAIL RAKUTEN":            "REFUSED RK-07",
		"true RAKUTEN R_MAIL RAKUTEN":          "ALLOWED",
		"true RAKUTEN R_MAIL OWN_SITE":         "REFUSED RK-01 RK-04",
		"true RAKUTEN R_MAIL STORE":            "REFUSED RK-04",
		"true RAKUTEN INSERT LINE":             "REFUSED RK-06",
		"true RAKUTEN INSERT OWN_SITE":         "REFUSED RK-02 RK-04",
		"true OWN_SITE INSERT RAKUTEN":         "ALLOWED",
		"true OWN_SITE R_MAIL RAKUTEN":         "IMPOSSIBLE",
		"true AMAZON MAIL AMAZON":              "REFUSED AM-02",
		"true AMAZON INSERT OWN_SITE":          "REFUSED AM-01 AM-06",
		"true YAHOO STORE_NEWSLETTER OWN_SITE": "WARNED YH-01",
		"true YAHOO STORE_NEWSLETTER YAHOO":    "ALLOWED",
		"false YAHOO MAIL YAHOO":               "REFUSED YH-02 LAW-01",
		"false RAKUTEN EXPORT OWN_SITE":        "REFUSED RK-09 LAW-13 RK-04",
		"true OWN_SITE EXPORT RAKUTEN":         "ALLOWED",
		"false OWN_SITE LINE RAKUTEN":          "REFUSED LN-01",
	} {
		if said[way] != want {
			t.Errorf("%s: %q, want %q", way, said[way], want)
		}
	}
}
