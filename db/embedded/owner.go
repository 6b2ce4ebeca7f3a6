package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// owner is the user a folder and its server belong to. Postgres refuses to run
// as root, so a server of root's runs as an ordinary user in a user namespace
// of its own, where root's files are its own; where namespaces are switched
// off, the folder is handed over to nobody.
type owner struct{ uid, gid int }

func ownerOf(path string) (owner, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return owner{}, err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return owner{}, fmt.Errorf("%s: its owner cannot be told", path)
	}
	return owner{uid: int(stat.Uid), gid: int(stat.Gid)}, nil
}

// give makes paths the owner's. Only root has to, and can.
func (o owner) give(paths ...string) error {
	if os.Geteuid() != 0 || o.uid == 0 {
		return nil
	}
	for _, path := range paths {
		if err := os.Lchown(path, o.uid, o.gid); err != nil {
			return err
		}
	}
	return nil
}

// unprivileged finds a user that the server can run as, and answers the place
// and the binaries as that user reaches them.
func (p place) unprivileged(ctx context.Context, bin binaries, log *slog.Logger) (place, binaries, error) {
	err := p.try(ctx, bin)
	if err == nil {
		return p, bin, nil
	}
	if p.owner.uid == 0 && os.Geteuid() == 0 && namespacesOff(err) {
		if p.owner, err = nobody(); err != nil {
			return p, bin, err
		}
		log.Warn("user namespaces are off: the Postgres folder goes to the user nobody", "folder", p.dir)
		if err := p.giveAll(p.dir); err != nil {
			return p, bin, err
		}
		err = p.try(ctx, bin)
	}
	if errors.Is(err, fs.ErrPermission) && os.Geteuid() == 0 {
		// The binaries lie where only root can go; a copy in the folder helps.
		if bin, err = p.copyBinaries(bin); err == nil {
			err = p.try(ctx, bin)
		}
	}
	if err != nil {
		return p, bin, fmt.Errorf("run Postgres as user %d (set MEGURI_DATA_DIR to a folder that this user can reach, or start meguri as an ordinary user): %w", p.owner.uid, err)
	}
	return p, bin, nil
}

// try runs a harmless command the way the server will run.
func (p place) try(ctx context.Context, bin binaries) error {
	if !userNamespaces && p.owner.uid == 0 && os.Geteuid() == 0 {
		return syscall.EPERM // what a kernel says that has them switched off
	}
	cmd := exec.CommandContext(ctx, bin.program("postgres"), "--version") //nolint:gosec // our own binary
	p.dress(cmd)
	return cmd.Run()
}

// namespacesOff tells the errors of a kernel or container without user
// namespaces: a limit of 0 is ENOSPC, seccomp EPERM, an old kernel EINVAL.
func namespacesOff(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.EUSERS)
}

func nobody() (owner, error) {
	u, err := user.Lookup("nobody")
	if err != nil {
		return owner{}, err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return owner{}, err
	}
	gid, err := strconv.Atoi(u.Gid)
	return owner{uid: uid, gid: gid}, err
}

func (p place) giveAll(root string) error {
	return filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return p.owner.give(path)
	})
}

func (p place) copyBinaries(bin binaries) (binaries, error) {
	native := filepath.Dir(bin.dir)
	copied := p.path("native-" + bin.version)
	if _, err := os.Stat(copied); err != nil {
		unfinished := copied + ".new"
		if err := os.RemoveAll(unfinished); err != nil {
			return bin, err
		}
		if err := os.CopyFS(unfinished, os.DirFS(native)); err != nil {
			return bin, err
		}
		if err := os.Rename(unfinished, copied); err != nil {
			return bin, err
		}
	}
	if err := p.giveAll(copied); err != nil {
		return bin, err
	}
	bin.dir = filepath.Join(copied, "bin")
	return bin, nil
}
