// Package command is the command line: one file per command.
//
// It owns flags, what is printed, and exit codes (0 done, 1 failed, 2 wrongly
// called). Each command works alone, starting the embedded Postgres when there
// is no DATABASE_URL, and beside a running `meguri serve`, joining its
// database. A command that needs data refuses a data folder without any, and
// makes nothing there. What a command does is left to the services of server.App.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/urfave/cli/v3"

	"github.com/meguri-crm/meguri/db/embedded"
	"github.com/meguri-crm/meguri/server"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitMisuse = 2
)

// KeeperCommand starts this program as the keeper of the embedded Postgres.
const KeeperCommand = "postgres-keeper"

// program is one run of the command line.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// Main runs the command that args name and answers the exit code. The first
// SIGINT or SIGTERM ends it in order, a second one at once.
func Main(args []string, stdout, stderr io.Writer) int {
	p := &program{stdin: os.Stdin, stdout: stdout, stderr: stderr}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)

	root := p.root()
	err := known(root, args)
	if err == nil {
		err = root.Run(ctx, args)
	}
	var misuse misuseError
	var again tryAgainError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &misuse):
		fmt.Fprintf(stderr, "meguri: %v\n", err)
		return exitMisuse
	case errors.As(err, &again):
		fmt.Fprintf(stderr, "meguri: %v\n", err)
		return exitTryAgain
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return exitFailed // interrupted; whoever did it knows
	}
	fmt.Fprintf(stderr, "meguri: %v\n", err)
	return exitFailed
}

// root lists the commands. Without one, meguri serves.
func (p *program) root() *cli.Command {
	root := &cli.Command{
		Name:           "meguri",
		Usage:          "one customer, one point balance and one campaign over all malls",
		DefaultCommand: "serve",
		Writer:         p.stdout,
		ErrWriter:      p.stderr,
		Suggest:        true,
		// Main reports errors itself; this keeps the library from exiting.
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
		Commands: []*cli.Command{
			p.serve(),
			p.worker(),
			p.migrate(),
			p.user(),
			p.token(),
			p.seed(),
			p.importFiles(),
			p.events(),
			p.bounce(),
			p.backup(),
			p.restore(),
			{
				Name: KeeperCommand, Hidden: true, SkipFlagParsing: true,
				Action: func(ctx context.Context, c *cli.Command) error { return embedded.Keep(ctx, c.Args().Slice()) },
			},
		},
	}
	reportMisuse(root)
	return root
}

// reportMisuse has a command, and those below it, tell bad flags to Main; the
// library does not pass the setting down.
func reportMisuse(c *cli.Command) {
	c.OnUsageError = func(_ context.Context, _ *cli.Command, err error, _ bool) error { return misuseError{err} }
	for _, each := range c.Commands {
		reportMisuse(each)
	}
}

// known refuses a first word that is no command; the library would hand it to
// the default command as an argument.
func known(root *cli.Command, args []string) error {
	if len(args) < 2 || strings.HasPrefix(args[1], "-") || args[1] == "help" || root.Command(args[1]) != nil {
		return nil
	}
	return misuse("there is no command %q; `meguri help` lists them", args[1])
}

// misuseError is a command line that makes no sense.
type misuseError struct{ error }

func (e misuseError) Unwrap() error { return e.error }

// misuse says what is wrong with the command line.
func misuse(format string, args ...any) error { return misuseError{fmt.Errorf(format, args...)} }

// with runs fn with an open App, which it closes, on data that is there.
func (p *program) with(ctx context.Context, fn func(*server.App) error) error {
	cfg, err := server.LoadKept(nil)
	if err != nil {
		return err
	}
	return p.withConfig(ctx, cfg, fn)
}

// begin is with for what may start from nothing.
func (p *program) begin(ctx context.Context, fn func(*server.App) error) error {
	cfg, err := server.Load(nil)
	if err != nil {
		return err
	}
	return p.withConfig(ctx, cfg, fn)
}

func (p *program) withConfig(ctx context.Context, cfg *server.Config, fn func(*server.App) error) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	app, err := server.Open(ctx, cfg, server.NewLog(cfg, p.stderr), []string{exe, KeeperCommand})
	if err != nil {
		return err
	}
	return errors.Join(fn(app), app.Close())
}
