package embedded

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

const userNamespaces = true

// attributes start a child in a session of its own as the folder's owner.
func (o owner) attributes() *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setsid: true}
	switch {
	case os.Geteuid() != 0:
	case o.uid != 0:
		a.Credential = &syscall.Credential{Uid: uint32(o.uid), Gid: uint32(o.gid)}
	default:
		const inside = 1000 // any number but 0
		a.Cloneflags = syscall.CLONE_NEWUSER
		a.UidMappings = []syscall.SysProcIDMap{{ContainerID: inside, HostID: 0, Size: 1}}
		a.GidMappings = []syscall.SysProcIDMap{{ContainerID: inside, HostID: 0, Size: 1}}
	}
	return a
}

// usersOf lists the live processes that work in the cluster data: each process
// of a server has it as its working folder, also those that outlive a killed
// postmaster. The pid in postmaster.pid says less, because another program may
// have it by now.
func usersOf(data string, _ []string) ([]int, error) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, fmt.Errorf("look for processes of an earlier Postgres: %w", err)
	}
	if resolved, err := filepath.EvalSymlinks(data); err == nil {
		data = resolved
	}
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if cwd, err := os.Readlink(filepath.Join("/proc", e.Name(), "cwd")); err == nil && cwd == data {
			pids = append(pids, pid)
		}
	}
	return pids, nil
}
