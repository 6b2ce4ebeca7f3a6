package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"
)

type lockMode int

const (
	shared    lockMode = syscall.LOCK_SH
	exclusive lockMode = syscall.LOCK_EX
)

// pollEvery is how often a lock that others hold is tried again. A blocking
// flock would be prompter but cannot be given up.
const pollEvery = 20 * time.Millisecond

// tryLock locks the file at path, or answers nil when others hold it. The lock
// goes with the returned file, which children do not inherit.
func tryLock(path string, mode lockMode) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), int(mode)|syscall.LOCK_NB)
	switch {
	case err == nil:
		return f, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, f.Close()
	}
	return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
}

// lock waits until it holds the file at path, or ctx ends.
func lock(ctx context.Context, path string, mode lockMode) (*os.File, error) {
	for {
		f, err := tryLock(path, mode)
		if f != nil || err != nil {
			return f, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pollEvery):
		}
	}
}
