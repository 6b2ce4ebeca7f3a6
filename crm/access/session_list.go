package access

import (
	"context"
	"net/netip"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// tokenAgent stands in the sessions of tokens that were issued by hand.
const tokenAgent = "token"

// listedSessions bounds the list of a person's sessions.
const listedSessions = 100

// Sessions is the open sessions of the calling member of staff, the one used
// last first.
func (s *Service) Sessions(ctx context.Context) ([]*db.StaffSession, error) {
	now := s.clock.Now()
	var rows []*db.StaffSession
	err := s.db.NewSelect().Model(&rows).Where("staff_id = ?", From(ctx).ID).
		Where("revoked_at IS NULL").Where("expires_at > ?", now).
		Where("(last_used_at > ? OR user_agent = ?)", now.Add(-SessionIdle), tokenAgent).
		Order("last_used_at DESC", "id DESC").Limit(listedSessions).Scan(ctx)
	return rows, db.Fault(err)
}

// EndSession ends one session of the calling member of staff; another's is as
// one that does not exist. Errors: fault.NotFound.
func (s *Service) EndSession(ctx context.Context, id int64) error {
	p := From(ctx)
	return s.endSessions(ctx, p.ID, 1, "staff_id = ? AND id = ?", p.ID, id)
}

// EndOtherSessions ends all sessions of the calling member of staff but this one.
func (s *Service) EndOtherSessions(ctx context.Context) error {
	p := From(ctx)
	return s.endSessions(ctx, p.ID, 0, "staff_id = ? AND id <> ?", p.ID, p.SessionID)
}

// EndSessionsOf ends all sessions of a member of staff.
// Errors: fault.NotFound; fault.Forbidden (OWNERS_ONLY).
func (s *Service) EndSessionsOf(ctx context.Context, id int64) (*db.Staff, error) {
	staff, err := s.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	if Role(staff.Role) == RoleOwner && !mayTouchOwners(ctx) {
		return nil, ownersOnly()
	}
	if err := s.endSessions(ctx, id, 0, "staff_id = ?", id); err != nil {
		return nil, err
	}
	return s.Find(ctx, id)
}

// endSessions ends a person's sessions that the condition names.
// Errors: fault.NotFound when fewer than atLeast were open.
func (s *Service) endSessions(ctx context.Context, staffID int64, atLeast int, where string, args ...any) error {
	return db.Fault(db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		n, err := s.end(ctx, tx, endedByStaff, where, args...)
		if err != nil {
			return err
		}
		if n < atLeast {
			return fault.New(fault.NotFound, "there is no such session, or it has ended")
		}
		return Audit(ctx, tx, Entry{
			Action: "staff.end_sessions", ObjectKind: kindStaff, ObjectID: staffID, Detail: map[string]any{"sessions": n},
		})
	}))
}

// Place is an address shortened to the network it is in: enough to recognise
// one's office or provider, too little to point at a household. "" without one.
func Place(ip string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	bits := 24
	if addr = addr.Unmap(); addr.Is6() {
		bits = 48
	}
	p, err := addr.WithZone("").Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}
