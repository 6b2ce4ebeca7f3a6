package customer

import (
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
)

// Knowable says that there is something to know a buyer by: that NewEvidence
// would have keys. It looks at the sure and cheap ones first.
func Knowable(m mall.Mall, b mall.Buyer) bool {
	if clean(b.MemberID) != "" || clean(b.LineID) != "" {
		return true
	}
	if address, _ := mail(b.Mail); address != "" && !strings.Contains(b.FamilyName+b.GivenName+b.FamilyKana+b.Prefecture, "入力待ち") {
		return true
	}
	return len(NewEvidence(AnyShop, m, b, time.Time{}).Keys) > 0
}
