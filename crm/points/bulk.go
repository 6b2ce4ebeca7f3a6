package points

import (
	"context"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/db"
)

// GrantInBulk grants points in a transaction that grants them to many at once,
// in the name of the member of staff who asked for it; errors as of Grant. The
// transaction goes on after fault.Precondition and fault.NotFound.
func (s *Service) GrantInBulk(ctx context.Context, tx db.Tx, customerID, amount int64, note, key string, by *int64) error {
	cause := Cause{Reason: "STAFF", Note: note, ActorKind: string(access.ActorStaff), ActorID: by}
	_, err := s.Grant(ctx, &tx, GrantRequest{CustomerID: customerID, Amount: amount, Key: key, Cause: cause})
	return err
}
