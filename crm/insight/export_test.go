package insight

// KeepAll has s keep every answer, however fast it came.
func KeepAll(s *Service) { s.dear = 0 }

// KeepNone has s keep none, however long it took.
func KeepNone(s *Service) { s.dear = 1 << 62 }
