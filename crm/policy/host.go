package policy

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
)

// HostClass is what kind of place a link leads to.
type HostClass string

// The classes of hosts.
const (
	OwnEC       HostClass = "OWN_EC"       // the merchant's own site, or one on a platform for own sites
	SameMall    HostClass = "SAME_MALL"    // the mall whose rule asks
	OtherMall   HostClass = "OTHER_MALL"   // another marketplace
	SNS         HostClass = "SNS"          // a social network
	LineAdd     HostClass = "LINE_ADD"     // LINE: adding a friend, an account's page
	Carrier     HostClass = "CARRIER"      // tracking of parcels
	RakutenLink HostClass = "LINK_RAKUTEN" // what Rakuten issues for an outside link it approved
	UnknownHost HostClass = "UNKNOWN"
)

// HostClasses are all classes a rule can name.
var HostClasses = []HostClass{OwnEC, OtherMall, SNS, LineAdd, Carrier, RakutenLink, UnknownHost}

var classWords = map[HostClass]Text{
	OwnEC:       {"自社サイト", "own site"},
	SameMall:    {"同じモール", "the same mall"},
	OtherMall:   {"別のモール", "another mall"},
	SNS:         {"SNS", "social network"},
	LineAdd:     {"LINE", "LINE"},
	Carrier:     {"配送会社", "carrier"},
	RakutenLink: {"楽天が発行したリンク", "link issued by Rakuten"},
	UnknownHost: {"外部サイト", "outside site"},
}

// known is which domains belong to whom; reviewed with the rules.
var known = mustReadHosts()

//go:embed hosts.json
var hostsFile []byte

type hosts struct {
	Malls   map[string][]string    `json:"malls"`   // domains by mall
	Classes map[HostClass][]string `json:"classes"` // domains by class
}

func mustReadHosts() (h hosts) {
	if err := json.Unmarshal(hostsFile, &h); err != nil {
		panic(err) // the file is part of the program
	}
	return h
}

// classify says what kind of place host is for a rule of the mall same ("" when
// the rule is of no mall).
func classify(host, same string, own []string) HostClass {
	if under(host, known.Classes[RakutenLink]) {
		return RakutenLink
	}
	for mall, domains := range known.Malls {
		if !under(host, domains) {
			continue
		}
		if mall == same {
			return SameMall
		}
		return OtherMall
	}
	if under(host, own) {
		return OwnEC
	}
	for _, class := range []HostClass{OwnEC, OtherMall, SNS, LineAdd, Carrier} {
		if under(host, known.Classes[class]) {
			return class
		}
	}
	return UnknownHost
}

// isKnown reports whether the file of hosts names host.
func isKnown(host string) bool {
	if classify(host, "", nil) != UnknownHost {
		return true
	}
	return slices.ContainsFunc([]string{"bit.ly", "t.co"}, func(d string) bool { return under(host, []string{d}) })
}

// OwnHost is the host of a shop's address as Content.OwnHosts wants it; "" when
// the address has none.
func OwnHost(address string) string {
	_, rest, ok := strings.Cut(strings.ToLower(address), "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, ":")
	return strings.TrimPrefix(host, "www.")
}
