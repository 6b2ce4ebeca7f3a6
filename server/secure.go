package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// contentPolicy lets the SPA load its own files only. Styles are inline because
// Mantine sets sizes and colours so; images come from anywhere because a mail
// in the mailbox shows the merchant's.
const contentPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data: https:; font-src 'self' data:; connect-src 'self'; object-src 'none'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// secure sets the headers that every answer has; a handler may replace them.
func secure(cfg *Config, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", referrerPolicy(r.URL.Path))
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
		if cfg.PublicURL.Scheme == "https" {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// referrerPolicy lets pages whose address holds the key to an account name
// themselves to nobody. The key stands behind the #, which no referrer has; this
// is the second lock.
func referrerPolicy(path string) string {
	switch path {
	case "/invite", "/reset-password", "/member":
		return "no-referrer"
	}
	return "strict-origin-when-cross-origin"
}

// ClientIP is the address a request comes from: the peer's or, behind proxies
// that MEGURI_TRUSTED_PROXIES lists, the nearest one in X-Forwarded-For that is
// not such a proxy. What a client writes there itself is never believed.
func (c *Config) ClientIP(r *http.Request) netip.Addr {
	ip := peer(r)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && c.trusts(ip); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		ip = hop.Unmap()
	}
	return ip
}

func (c *Config) trusts(ip netip.Addr) bool {
	for _, p := range c.TrustedProxies {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

func peer(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	ip, _ := netip.ParseAddr(host) // the zero Addr is nobody's
	return ip.Unmap()
}

// internal hides a route from the internet: only loopback and private networks
// see it, and requests through a proxy count by their client.
func (rs *routes) internal(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ip := rs.app.Config.ClientIP(r)
		unknownProxy := r.Header.Get("X-Forwarded-For") != "" && !rs.app.Config.trusts(peer(r))
		if unknownProxy || !ip.IsLoopback() && !ip.IsPrivate() && !ip.IsLinkLocalUnicast() {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
