package graph

import (
	"context"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/message/domain"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

// domainPayload answers a mutation that gives back a sender domain.
func domainPayload(d domain.Domain, err error) (*model.SenderDomainPayload, error) {
	wrong, err := userErrors(err)
	return &model.SenderDomainPayload{Domain: model.NewSenderDomain(d, d.Records()), UserErrors: wrong}, err
}

// ofDomain runs fn with the row of a sender domain's id.
func ofDomain(id string, fn func(row int64) (domain.Domain, error)) (*model.SenderDomainPayload, error) {
	row, err := gid.Decode("SenderDomain", id)
	if err != nil {
		return domainPayload(domain.Domain{}, err)
	}
	return domainPayload(fn(row))
}

// ofKey runs fn with the rows of a sender domain and one of its keys.
func ofKey(domainID, keyID string, fn func(domain, key int64) (domain.Domain, error)) (*model.SenderDomainPayload, error) {
	key, err := gid.Decode("DkimKey", keyID)
	if err != nil {
		return domainPayload(domain.Domain{}, err)
	}
	return ofDomain(domainID, func(row int64) (domain.Domain, error) { return fn(row, key) })
}

func suppressionPayload(row *db.Suppression, err error) (*model.SuppressionPayload, error) {
	wrong, err := userErrors(err)
	return &model.SuppressionPayload{Suppression: model.NewSuppression(row), UserErrors: wrong}, err
}

func suppressionKey(s *db.Suppression) int64 { return s.ID }

func (r *Resolver) suppression(ctx context.Context, id string) (*model.Suppression, error) {
	row, err := gid.Decode("Suppression", id)
	if err != nil {
		return nil, err
	}
	s, err := r.Suppressions.Find(ctx, row)
	if err != nil {
		return nil, err
	}
	return model.NewSuppression(s), nil
}
