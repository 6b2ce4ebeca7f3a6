package pull

import (
	"context"
	"encoding/json"
	"maps"
	"strconv"
	"time"

	"github.com/meguri-crm/meguri/crm/pull/source"
	"github.com/meguri-crm/meguri/db"
)

// locked is the trouble of credentials that were sealed under another secret.
const locked source.Code = "SEALED_ELSEWHERE"

func owner(id int64) string { return "connection " + strconv.FormatInt(id, 10) }

// sealRow puts the credentials into the row, encrypted for it alone.
func (s *Service) sealRow(row *db.PullConnection, c source.Credentials) error {
	plain, err := json.Marshal(c)
	if err != nil {
		return err
	}
	row.Sealed = s.Sealer.Seal(plain, owner(row.ID))
	return nil
}

// credentials opens what is sealed. Errors: *source.Trouble SEALED_ELSEWHERE.
func (s *Service) credentials(row *db.PullConnection) (source.Credentials, error) {
	plain, err := s.Sealer.Open(row.Sealed, owner(row.ID))
	if err != nil {
		return nil, source.Lasting(locked, "")
	}
	var c source.Credentials
	return c, json.Unmarshal(plain, &c)
}

// tools are what the source of a connection works with; what the service hands
// out is sealed beside what was entered.
func (s *Service) tools(row *db.PullConnection) source.Tools {
	t := source.Tools{HTTP: s.HTTP, Clock: s.Clock, Wait: s.Wait, Chance: s.Chance, Paces: s.pacesOf(row.ShopID)}
	if row.ID == 0 {
		return t
	}
	t.Keep = func(ctx context.Context, handed source.Credentials) error {
		return s.keep(ctx, row.ID, handed)
	}
	return t
}

// pacesOf are the paces that this process keeps for a shop.
func (s *Service) pacesOf(shopID int64) *source.Paces {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.paces[shopID] == nil {
		s.paces[shopID] = new(source.Paces)
	}
	return s.paces[shopID]
}

// keep adds what a service handed out. It reads the row anew: staff may have
// changed it meanwhile.
func (s *Service) keep(ctx context.Context, id int64, handed source.Credentials) error {
	return db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		row := new(db.PullConnection)
		if err := tx.NewSelect().Model(row).Where("id = ?", id).For("UPDATE").Scan(ctx); err != nil {
			return db.Fault(err)
		}
		c, err := s.credentials(row)
		if err != nil {
			return err
		}
		maps.Copy(c, handed)
		if err := s.sealRow(row, c); err != nil {
			return err
		}
		if at, err := time.Parse(time.RFC3339, handed["_expires"]); err == nil {
			row.ExpiresAt, row.ExpiresKnown = &at, true
		}
		_, err = tx.NewUpdate().Model(row).WherePK().Column("sealed", "expires_at", "expires_known").Exec(ctx)
		return db.Fault(err)
	})
}
