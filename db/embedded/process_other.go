//go:build !linux

package embedded

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

const userNamespaces = false

// attributes start a child in a session of its own as the folder's owner.
func (o owner) attributes() *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setsid: true}
	if os.Geteuid() == 0 {
		a.Credential = &syscall.Credential{Uid: uint32(o.uid), Gid: uint32(o.gid)}
	}
	return a
}

// usersOf answers the postmaster named by postmaster.pid, if that process is
// still a Postgres.
func usersOf(_ string, pidFile []string) ([]int, error) {
	if len(pidFile) == 0 {
		return nil, nil
	}
	pid, err := strconv.Atoi(strings.TrimSpace(pidFile[0]))
	if err != nil {
		return nil, nil //nolint:nilerr // a torn file names nobody
	}
	out, err := exec.Command("ps", "-o", "comm=", "-p", strconv.Itoa(pid)).Output() //nolint:gosec // a number
	if err != nil || filepath.Base(strings.TrimSpace(string(out))) != "postgres" {
		return nil, nil //nolint:nilerr // ps fails for a pid that is gone
	}
	return []int{pid}, nil
}
