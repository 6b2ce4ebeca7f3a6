package intake

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// TakeFiles is TakeFile for several files, applied one after the other in their
// order; each is read while the one before it is being applied. One that fails
// does not keep those behind it from being taken in.
func (s *Service) TakeFiles(ctx context.Context, files []File) error {
	failures := make([]error, len(files))
	before := make(chan struct{})
	close(before)
	var all sync.WaitGroup
	for i, f := range files {
		t, done := newTurn(before), make(chan struct{})
		all.Go(func() {
			defer close(done)
			defer t.begin()
			if _, err := s.takeFile(ctx, f, t, nil); err != nil {
				failures[i] = fmt.Errorf("%s: %w", f.Name, err)
			}
		})
		<-t.begun // one file is read ahead, not all
		before = done
	}
	all.Wait()
	return errors.Join(failures...)
}

// turn is when a file that is read ahead may be applied. Nil: at once.
type turn struct {
	may   <-chan struct{} // closed once the file before it is in
	begun chan struct{}   // closed once applying has begun, or never will
	begin func()
}

func newTurn(may <-chan struct{}) *turn {
	begun := make(chan struct{})
	return &turn{may: may, begun: begun, begin: sync.OnceFunc(func() { close(begun) })}
}

// await returns once it is the file's turn.
func (t *turn) await(ctx context.Context) error {
	if t == nil {
		return nil
	}
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-t.may:
		t.begin()
		return nil
	}
}
