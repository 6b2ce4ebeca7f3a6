package embedded

import "testing"

func TestBuffersGrowWithTheMemory(t *testing.T) {
	const gib = 1 << 30
	for memory, want := range map[int64]string{0: "256MB", gib / 2: "128MB", 8 * gib: "1024MB", 64 * gib: "2048MB"} {
		if got := sharedBuffers(memory); got != want {
			t.Errorf("%d bytes of memory: %s, want %s", memory, got, want)
		}
	}
}
