package insight

import "context"

// Anew computes an answer from the tables, kept or not.
func Anew(ctx context.Context, s *Service, report string, period, within int) error {
	_, err := s.compute(ctx, question{report, period, within})
	return err
}
