package customer

import (
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/mall"
)

// mail is a mail address in lower case and whether a mall lent it; "" when it
// is none, or one that stands for none.
func mail(s string) (address string, relay bool) {
	s = strings.ToLower(clean(s))
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || !strings.Contains(domain, ".") || strings.ContainsAny(s, " ,;<>\"") || strings.Contains(domain, "@") {
		return "", false
	}
	relay = mall.IsRelayDomain(domain)
	if relay {
		local, _, _ = strings.Cut(local, "+") // Amazon adds the case's number
	} else if slices.Contains(nobody, local) {
		return "", false
	}
	return local + "@" + domain, relay
}

// nobody are local parts that shops write where a customer has no address.
var nobody = []string{"noreply", "no-reply", "no_reply", "nomail", "no-mail", "dummy", "none", "nashi", "unknown", "test", "xxx", "aaa"}

// provider is what a mail provider ignores in a local part.
type provider struct {
	domain string // that its domains are one with
	dots   bool   // a dot more or less is the same mailbox
}

// providers deliver name+anything to name. Sources: the help pages of Gmail (also
// dots), Outlook.com, iCloud and Proton; Japanese carriers and Yahoo! ignore nothing.
var providers = map[string]provider{
	"gmail.com": {"gmail.com", true}, "googlemail.com": {"gmail.com", true},
	"outlook.com": {"outlook.com", false}, "outlook.jp": {"outlook.jp", false}, "hotmail.com": {"hotmail.com", false}, "hotmail.co.jp": {"hotmail.co.jp", false},
	"live.jp": {"live.jp", false}, "icloud.com": {"icloud.com", false}, "me.com": {"icloud.com", false}, "proton.me": {"proton.me", false},
}

// mailKey is the mailbox behind an address: one for all that its provider
// delivers there.
func mailKey(address string) string {
	local, domain, _ := strings.Cut(address, "@")
	p, ok := providers[domain]
	if !ok {
		return address
	}
	if bare, _, tagged := strings.Cut(local, "+"); tagged && bare != "" {
		local = bare
	}
	if p.dots {
		local = strings.ReplaceAll(local, ".", "")
	}
	return local + "@" + p.domain
}

// slips are domains as people mistype them. They are a hint for a person and
// never make two addresses one: the mistyped one may be somebody's.
var slips = strings.NewReplacer(
	"@gmial.com", "@gmail.com", "@gmai.com", "@gmail.com", "@gmal.com", "@gmail.com", "@gamil.com", "@gmail.com", "@gmail.co.jp", "@gmail.com",
	"@gmail.con", "@gmail.com", "@gmail.cm", "@gmail.com", "@yahoo.ne.jp", "@yahoo.co.jp", "@yaho.co.jp", "@yahoo.co.jp", "@yahoo.co.jo", "@yahoo.co.jp",
	"@yafoo.co.jp", "@yahoo.co.jp", "@docomo.co.jp", "@docomo.ne.jp", "@docomo.ne.jo", "@docomo.ne.jp", "@ezweb.co.jp", "@ezweb.ne.jp", "@softbank.co.jp", "@softbank.ne.jp",
	"@softbank.jp", "@softbank.ne.jp", "@icoud.com", "@icloud.com", "@icloud.co.jp", "@icloud.com", "@outlock.jp", "@outlook.jp", "@hotmai.com", "@hotmail.com",
)

// nearMail says that two mailboxes differ as a slip of the pen does.
func nearMail(a, b string) bool {
	a, b = slips.Replace(a), slips.Replace(b)
	if a == b {
		return true
	}
	x, domain, _ := strings.Cut(a, "@")
	y, domainToo, _ := strings.Cut(b, "@")
	return domain == domainToo && min(len(x), len(y)) >= 6 && slipped([]rune(x), []rune(y))
}
