package command

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/meguri-crm/meguri/crm/job"
	"github.com/meguri-crm/meguri/server"
)

func (p *program) serve() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "answer HTTP and run background work (the default)",
		Flags: []cli.Flag{&cli.IntFlag{Name: "workers", Value: job.DefaultWorkers, Usage: "jobs at the same time; 0 leaves them to meguri worker"}},
		Action: func(ctx context.Context, c *cli.Command) error {
			workers := c.Int("workers")
			if err := noArguments(c); err != nil {
				return err
			}
			if workers < 0 {
				return misuse("--workers: %d is less than 0", workers)
			}
			cfg, err := server.Load(nil)
			if err != nil {
				return err
			}
			listener, err := server.Listen(ctx, cfg)
			if err != nil {
				return err
			}
			defer func() { _ = listener.Close() }() // Serve closes it first
			return p.withConfig(ctx, cfg, func(app *server.App) error {
				signIn, err := app.FirstStart(ctx)
				if err != nil {
					return err
				}
				if err := app.SeedFirst(ctx, p.stdout); err != nil {
					return err
				}
				return app.Serve(ctx, listener, workers, func() { p.announce(cfg, signIn) })
			})
		},
	}
}

// announce tells the person at the terminal where to go.
func (p *program) announce(cfg *server.Config, signIn string) {
	fmt.Fprintf(p.stdout, "\n  Meguri   %s\n", cfg.PublicURL)
	if signIn != "" {
		fmt.Fprintf(p.stdout, "  sign in  %s\n", strings.TrimSpace(signIn))
	}
	if cfg.Dev {
		fmt.Fprintf(p.stdout, "  GraphQL  %s\n", cfg.PublicURL.JoinPath("ide"))
	}
	fmt.Fprintln(p.stdout)
}

func (p *program) worker() *cli.Command {
	return &cli.Command{
		Name:  "worker",
		Usage: "run background work only",
		Flags: []cli.Flag{&cli.IntFlag{Name: "workers", Value: job.DefaultWorkers, Usage: "jobs at the same time"}},
		Action: func(ctx context.Context, c *cli.Command) error {
			workers := c.Int("workers")
			if err := noArguments(c); err != nil {
				return err
			}
			if workers < 1 {
				return misuse("--workers: %d is less than 1", workers)
			}
			return p.with(ctx, func(app *server.App) error {
				return app.Work(ctx, workers, func() { app.Log.Info("working", "jobs", workers) })
			})
		},
	}
}

func noArguments(c *cli.Command) error {
	if c.Args().Present() {
		return misuse("%s takes no argument %q", c.Name, c.Args().First())
	}
	return nil
}
