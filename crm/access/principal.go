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
)

// Principal is who is calling and what he may do. The zero value is nobody.
type Principal struct {
	Kind      ActorKind
	ID        int64 // row of staff or of customers; 0 for Command and System
	SessionID int64 // of staff; 0 otherwise
	Role      Role  // of staff; "" otherwise
	Scopes    ScopeSet
	ExpiresAt time.Time // when the token ends; zero for callers without one
}

// Has reports whether the caller may do what scope names.
func (p Principal) Has(scope Scope) bool { return p.Scopes.Has(scope) }

// SignedIn reports whether it is known who is calling.
func (p Principal) SignedIn() bool { return p.Kind != Anonymous }

// StaffID is the member of staff who is calling, or nil.
func (p Principal) StaffID() *int64 { return p.idIf(ActorStaff) }

// CustomerID is the customer who is calling, or nil.
func (p Principal) CustomerID() *int64 { return p.idIf(ActorCustomer) }

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
