package segment

import "time"

// SetQuick sets how long a rule may take before it is run anew.
func (s *Service) SetQuick(d time.Duration) { s.quick = d }
