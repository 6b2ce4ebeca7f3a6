package webhook

import (
	"errors"
	"net/netip"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"
)

// guard knows which addresses are not those of partners: own networks, and what
// else the registries of IANA set apart. An endpoint's host is asked for when it
// is entered, and what its name stands for whenever it is dialled.
type guard struct{ *ssrf.Guardian } // nil: every address will do

func newGuard(internal bool) guard {
	if internal {
		return guard{}
	}
	return guard{ssrf.New(ssrf.WithAnyPort())}
}

// refuses says whether a host, as it is entered, is such an address. What other
// names stand for shows when they are dialled.
func (g guard) refuses(host string) bool {
	if g.Guardian == nil {
		return false
	}
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && g.SafeAddr(ip.Unmap()) != nil // as it would be dialled
}

// control is for net.Dialer.
func (g guard) control(network, address string, c syscall.RawConn) error {
	if g.Guardian == nil {
		return nil
	}
	return g.Safe(network, address, c)
}

// isRefused says whether dialling failed at a guard.
func isRefused(err error) bool {
	return errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedNetwork)
}
