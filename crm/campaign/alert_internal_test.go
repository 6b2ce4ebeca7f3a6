package campaign

import (
	"testing"

	"github.com/meguri-crm/meguri/crm/alert"
)

func TestWhatComesBackIsJudged(t *testing.T) {
	usual := returned{sent: 10_000, bounced: 80}
	for name, c := range map[string]struct {
		now, usual returned
		want       alert.Severity // "": no alarm
	}{
		"as always":                            {returned{1000, 8, 0}, usual, ""},
		"three times as many, but few":         {returned{1000, 19, 0}, returned{10_000, 10, 0}, ""},
		"three times as many":                  {returned{1000, 30, 0}, usual, alert.Warning},
		"many, but as always":                  {returned{1000, 40, 0}, returned{10_000, 400, 0}, ""},
		"so many that providers look":          {returned{1000, 50, 0}, returned{10_000, 500, 0}, alert.Warning},
		"so many that providers stop it":       {returned{1000, 100, 0}, usual, alert.Critical},
		"so few mails that a rate is chance":   {returned{49, 20, 5}, usual, ""},
		"so few bounces that a rate is chance": {returned{60, 9, 0}, usual, ""},
		"the first mails ever":                 {returned{1000, 30, 0}, returned{}, ""},
		"two complaints":                       {returned{100, 0, 2}, usual, ""},
		"complaints that receivers look at":    {returned{3000, 0, 3}, usual, alert.Warning},
		"complaints that receivers punish":     {returned{1000, 0, 3}, usual, alert.Critical},
	} {
		if got, alarmed := judgeReturned(c.now, c.usual); got != c.want || alarmed != (c.want != "") {
			t.Errorf("%s: %q, %v; want %q", name, got, alarmed, c.want)
		}
	}
}
