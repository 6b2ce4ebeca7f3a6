package access

import (
	"context"
	"net/netip"
	"time"
)

// ActorKind is the kind of a caller, as the audit log records it.
type ActorKind string

// The kinds of caller. The zero value is a caller who is not signed in.
const (
	Anonymous     ActorKind = ""
	ActorStaff    ActorKind = "STAFF"
	ActorCustomer ActorKind = "CUSTOMER"
	ActorCommand  ActorKind = "COMMAND" // the command line
	ActorSystem   ActorKind = "SYSTEM"  // a worker or a periodic job
	ActorClient   ActorKind = "CLIENT"  // a program of a partner
)

// Principal is who is calling and what he may do. The zero value is nobody.
type Principal struct {
	Kind      ActorKind
	ID        int64 // row of staff, of customers or of api_clients; 0 for Command and System
	SessionID int64 // of staff; 0 otherwise
	Role      Role  // of staff; "" otherwise
	Scopes    ScopeSet
	ExpiresAt time.Time // when the token ends; zero for callers without one
	Allowance Allowance // of a client; zero otherwise
	ByStaff   int64     // of a customer: row of the member of staff who opened his page; 0: he himself

	client   tokenClient // the client whose token it is, or who issued it
	version  int         // of a customer's tokens
	issuedAt time.Time   // of a token of another issuer, which bears no version; zero otherwise
	foreign  foreignIssuer
}

// Allowance is what a caller may spend on operations: so much at once, and so
// much comes back per second.
type Allowance struct{ Maximum, Restore int }

// tokenClient is the client on whose standing a token hangs; the zero value is none.
type tokenClient struct {
	id      int64 // row of api_clients
	version int   // of its tokens
}

// Has reports whether the caller may do what scope names.
func (p Principal) Has(scope Scope) bool { return p.Scopes.Has(scope) }

// SignedIn reports whether it is known who is calling.
func (p Principal) SignedIn() bool { return p.Kind != Anonymous }

// StaffID is the member of staff who is calling, or nil.
func (p Principal) StaffID() *int64 { return p.idIf(ActorStaff) }

// CustomerID is the customer who is calling, or nil.
func (p Principal) CustomerID() *int64 { return p.idIf(ActorCustomer) }

// ClientID is the partner client that is calling, or nil.
func (p Principal) ClientID() *int64 { return p.idIf(ActorClient) }

func (p Principal) idIf(kind ActorKind) *int64 {
	if p.Kind != kind {
		return nil
	}
	return &p.ID
}

// Caller is the principal with what the edge knows about the request. It is one
// value in the context, because every lookup there walks a chain.
type Caller struct {
	Principal Principal
	IP        netip.Addr
	UserAgent string
	RequestID string
	// KeepRefreshToken hands the refresh token to the browser as a cookie. It is
	// nil where no cookie can be set: WebSocket, event streams, commands.
	KeepRefreshToken func(token string, expires time.Time)
}

// Network is what counts as one place: an IPv4 address, or the /64 that an IPv6
// subscriber moves in freely. It is the zero prefix when no address is known.
func (c *Caller) Network() netip.Prefix {
	ip, bits := c.IP.Unmap().WithZone(""), 32
	if ip.Is6() {
		bits = 64
	}
	p, _ := ip.Prefix(bits) // fails for the zero address only
	return p
}

type callerKey struct{}

var nobody = &Caller{}

// WithCaller puts the caller into the context. The caller must not be changed afterwards.
func WithCaller(ctx context.Context, c *Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// As is the context of a call made by p, for commands, workers and tests.
func As(ctx context.Context, p Principal) context.Context {
	return WithCaller(ctx, &Caller{Principal: p})
}

// CallerFrom is the caller in the context; nobody when there is none.
func CallerFrom(ctx context.Context) *Caller {
	if c, ok := ctx.Value(callerKey{}).(*Caller); ok {
		return c
	}
	return nobody
}

// From is the principal in the context; the zero Principal when there is none.
func From(ctx context.Context) Principal { return CallerFrom(ctx).Principal }
