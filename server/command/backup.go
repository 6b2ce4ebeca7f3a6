package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/meguri-crm/meguri/db/backup"
	"github.com/meguri-crm/meguri/server"
)

func (p *program) backup() *cli.Command {
	return &cli.Command{
		Name:      "backup",
		Usage:     "write the whole database into one file; the server may go on meanwhile",
		ArgsUsage: "FILE (or - for standard output)",
		Action: func(ctx context.Context, c *cli.Command) error {
			if c.Args().Len() != 1 {
				return misuse("backup: name the one file to write, or - for standard output")
			}
			return p.with(ctx, func(app *server.App) error { return p.writeBackup(ctx, app, c.Args().First()) })
		},
	}
}

func (p *program) writeBackup(ctx context.Context, app *server.App, name string) error {
	if name == "-" {
		_, err := app.Backup(ctx, p.stdout)
		return err
	}
	began := time.Now()
	var m *backup.Manifest
	size, err := writeWhole(name, func(w io.Writer) (err error) {
		m, err = app.Backup(ctx, w)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s: %d rows of %d tables, schema %s, %.1f MB, in %.1f s\n",
		name, m.Rows(), len(m.Tables), m.Version(), float64(size)/1e6, time.Since(began).Seconds())
	if file := app.Config.SecretFile; file != "" {
		fmt.Fprintf(p.stdout, "Keep %s beside it: without the secret, links in mails already sent stop working and DKIM keys cannot be read.\n",
			file)
	}
	return nil
}

// writeWhole makes a file that only its owner can read. It stands under its name
// once it is whole and on disk; an older file of that name is left alone.
func writeWhole(name string, write func(io.Writer) error) (size int64, err error) {
	if _, err := os.Lstat(name); !errors.Is(err, os.ErrNotExist) {
		return 0, errors.Join(fmt.Errorf("%s is there already: name another file", name), err)
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*") // mode 0600
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, removeLeft(f.Name())) }()
	if err := errors.Join(write(f), f.Sync()); err != nil {
		return 0, errors.Join(err, f.Close())
	}
	info, err := f.Stat()
	if err := errors.Join(err, f.Close()); err != nil {
		return 0, err
	}
	return info.Size(), os.Link(f.Name(), name) // fails where somebody made the name meanwhile
}

func removeLeft(name string) error {
	if err := os.Remove(name); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (p *program) restore() *cli.Command {
	return &cli.Command{
		Name:      "restore",
		Usage:     "fill an empty database from a file of meguri backup, all of it or nothing",
		ArgsUsage: "FILE",
		Action: func(ctx context.Context, c *cli.Command) error {
			if c.Args().Len() != 1 {
				return misuse("restore: name the one file that meguri backup wrote")
			}
			return p.readBackup(ctx, c.Args().First())
		},
	}
}

func (p *program) readBackup(ctx context.Context, name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	cfg, err := server.Load(nil)
	if err != nil {
		return err
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	began := time.Now()
	r, err := server.Restore(ctx, cfg, server.NewLog(cfg, p.stderr), []string{exe, KeeperCommand}, f, info.Size())
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Fprintf(p.stdout, "restored %d rows of %d tables as of %s, in %.1f s\n",
		r.Rows(), len(r.Tables), r.CreatedAt.In(cfg.Zone).Format(time.DateTime), time.Since(began).Seconds())
	if r.OtherSecret {
		fmt.Fprintln(p.stdout, "The backup was made under another secret: links in mails already sent do not work and DKIM keys cannot be read until MEGURI_SECRET (or the file secret of the data folder) is the one of that time.")
	}
	return nil
}
