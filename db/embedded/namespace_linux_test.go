package embedded

import (
	"os"
	"syscall"
	"testing"
)

// Where user namespaces are switched off, root's folder goes to nobody. The
// member runs in a namespace of its own, in which it can switch them off.
func TestRootWithoutUserNamespaces(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("an ordinary user's server needs no namespace")
	}
	dir := folder(t)
	everyone := []syscall.SysProcIDMap{{ContainerID: 0, HostID: 0, Size: 65536}}
	m, lines := launchMember(t, dir, &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWUSER, UidMappings: everyone, GidMappings: everyone, GidMappingsEnableSetgroups: true,
	}, "no-namespaces")
	m.joined(t, lines)
	exec1(t, connect(t, m.dsn), "SELECT 1")
	who, err := ownerOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	if who.uid == 0 {
		t.Error("the folder is still root's")
	}
}
