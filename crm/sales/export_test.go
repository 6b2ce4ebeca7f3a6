package sales

import "context"

// Part is how many customers a transaction works out.
func (s *Service) Part(n int) { s.part = n }

// Step works out one part, as a process that dies then.
func Step(ctx context.Context, s *Service) error {
	_, err := s.step(ctx)
	return err
}
