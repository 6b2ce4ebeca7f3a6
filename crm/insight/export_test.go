package insight

import "context"

// KeepAll has s keep every answer, however fast it came and few they are.
func KeepAll(s *Service) { s.dear, s.crowd = 0, -1 }

// KeepOfCrowds has s keep every answer of a crowd.
func KeepOfCrowds(s *Service) { s.dear = 0 }

// KeepNone has s keep none, however long it took.
func KeepNone(s *Service) { s.dear = 1 << 62 }

// Anew computes an answer from the tables, kept or not.
func Anew(ctx context.Context, s *Service, report string, period, within int) error {
	_, err := s.compute(ctx, question{report, period, within})
	return err
}
