package operation

import "sync"

// lru is a bounded map that forgets what was not used for longest.
type lru[K comparable, V any] struct {
	mu      sync.Mutex
	size    int
	entries map[K]*entry[K, V]
	ring    entry[K, V] // next is the most recently used, prev the least
}

type entry[K comparable, V any] struct {
	key        K
	value      V
	prev, next *entry[K, V]
}

func newLRU[K comparable, V any](size int) *lru[K, V] {
	l := &lru[K, V]{size: size, entries: map[K]*entry[K, V]{}}
	l.ring.prev, l.ring.next = &l.ring, &l.ring
	return l
}

func (l *lru[K, V]) get(key K) (value V, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.entries[key]
	if !ok {
		return value, false
	}
	e.unlink()
	l.toFront(e)
	return e.value, true
}

func (l *lru[K, V]) put(key K, value V) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, known := l.entries[key]
	switch {
	case known:
		e.unlink()
	case len(l.entries) >= l.size:
		e = l.ring.prev
		e.unlink()
		delete(l.entries, e.key)
	default:
		e = new(entry[K, V])
	}
	e.key, e.value = key, value
	l.entries[key] = e
	l.toFront(e)
}

func (l *lru[K, V]) toFront(e *entry[K, V]) {
	e.prev, e.next = &l.ring, l.ring.next
	e.prev.next, e.next.prev = e, e
}

func (e *entry[K, V]) unlink() { e.prev.next, e.next.prev = e.next, e.prev }
