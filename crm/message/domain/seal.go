package domain

import (
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/seal"
)

// NewSealer is the sealer of DKIM keys under the installation's secrets: one or
// more separated by commas, the newest first.
func NewSealer(secrets string) (*seal.Sealer, error) { return seal.New(secrets, "meguri dkim keys v1") }

// open decrypts a key. Errors: fault.Internal, e.g. after the secret was lost.
func (s *Service) open(sealed []byte, owner string) ([]byte, error) {
	plain, err := s.Sealer.Open(sealed, owner)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "a DKIM key cannot be decrypted: MEGURI_SECRET is not the one it was made under").WithCode("KEY_LOCKED")
	}
	return plain, nil
}
