package domain

import (
	"context"

	"github.com/meguri-crm/meguri/crm/alert"
)

// LockedKeys are the domains with a key in use that cannot be decrypted: their
// mail waits rather than goes out unsigned.
func (s *Service) LockedKeys(ctx context.Context) ([]alert.Cause, error) {
	domains, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	var causes []alert.Cause
	for _, d := range domains {
		locked := 0
		for _, k := range d.Keys {
			if !k.Active {
				continue
			}
			if _, err := s.open(k.PrivateKey, owner(d.ID, k.Selector)); err != nil {
				locked++
			}
		}
		if locked > 0 {
			causes = append(causes, alert.Of("SenderDomain", d.ID, d.Domain, alert.Critical, map[string]any{"keys": locked}))
		}
	}
	return causes, nil
}

// Unpublished are the domains in use, those with an active key, of which DNS
// says that a record is missing or another one. What DNS does not answer is no
// cause: it may be the network.
func (s *Service) Unpublished(ctx context.Context) ([]alert.Cause, error) {
	domains, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	var causes []alert.Cause
	for _, d := range domains {
		active := map[int64]bool{}
		for _, k := range d.Keys {
			active[k.ID] = k.Active
		}
		if !inUse(d) {
			continue
		}
		_, records, err := s.Check(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		wrong := 0
		for _, r := range records {
			if (r.State == Missing || r.State == Differs) && (r.KeyID == 0 || active[r.KeyID]) {
				wrong++
			}
		}
		if wrong > 0 {
			causes = append(causes, alert.Of("SenderDomain", d.ID, d.Domain, alert.Warning, map[string]any{"records": wrong}))
		}
	}
	return causes, nil
}

func inUse(d Domain) bool {
	for _, k := range d.Keys {
		if k.Active {
			return true
		}
	}
	return false
}
