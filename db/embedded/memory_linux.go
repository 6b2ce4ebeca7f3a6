package embedded

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
)

// memory is how many bytes this machine, or the container on it, may use; 0
// where nothing tells.
func memory() int64 {
	total := int64(0)
	if content, err := os.ReadFile("/proc/meminfo"); err == nil {
		lines := bufio.NewScanner(bytes.NewReader(content))
		for lines.Scan() {
			if f := strings.Fields(lines.Text()); len(f) > 1 && f[0] == "MemTotal:" {
				kib, _ := strconv.ParseInt(f[1], 10, 64) // 0: told by nothing
				total = kib << 10
			}
		}
	}
	for _, limit := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		content, err := os.ReadFile(limit)
		if err != nil {
			continue
		}
		if n, err := strconv.ParseInt(strings.TrimSpace(string(content)), 10, 64); err == nil && (total == 0 || n < total) {
			total = n // "max" is no number and no limit
		}
	}
	return total
}
