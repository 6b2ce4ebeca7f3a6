package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v3"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/event"
	"github.com/meguri-crm/meguri/server"
)

func (p *program) events() *cli.Command {
	return &cli.Command{
		Name:      "events",
		Usage:     "take files of behaviour events in (JSON lines, or CSV with a header row); a file sent again changes nothing",
		ArgsUsage: "FILE...",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "shop", Required: true, Usage: "code of the shop whose site or app it was"},
			&cli.StringFlag{Name: "rejected", Usage: "write the lines that were left out, with the reason, as JSON lines into this file; without it they are shown"},
			&cli.BoolFlag{Name: "json", Usage: "end with one line of JSON per file"},
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			if !c.Args().Present() {
				return misuse("events: which files?")
			}
			return p.with(ctx, func(app *server.App) error { return p.takeEvents(ctx, app, c) })
		},
	}
}

func (p *program) takeEvents(ctx context.Context, app *server.App, c *cli.Command) (err error) {
	shop, err := app.Shops.FindByCode(ctx, c.String("shop"))
	if err != nil {
		return fmt.Errorf("--shop %s: there is no such shop", c.String("shop"))
	}
	rejected := p.stderr
	if name := c.String("rejected"); name != "" {
		file, failed := os.Create(name)
		if failed != nil {
			return failed
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		rejected = file
	}
	out := json.NewEncoder(rejected)
	out.SetEscapeHTML(false)
	ctx = access.As(ctx, access.Principal{Kind: access.ActorCommand})
	for _, path := range c.Args().Slice() {
		report, err := takeEventFile(ctx, app, shop.ID, path, func(l event.RefusedLine) error { return out.Encode(l) })
		if err != nil {
			return fmt.Errorf("%s: %w", path, plainly(err))
		}
		if err := p.printReport(path, report, c.Bool("json")); err != nil {
			return err
		}
	}
	return nil
}

func takeEventFile(ctx context.Context, app *server.App, shopID int64, path string, refused func(event.RefusedLine) error) (event.Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return event.Report{}, err
	}
	defer func() { _ = f.Close() }()
	return app.Events.TakeFile(ctx, shopID, f, refused)
}

func (p *program) printReport(path string, r event.Report, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(p.stdout).Encode(map[string]any{"file": path, "lines": r.Lines, "accepted": r.Accepted, "duplicates": r.Duplicates, "rejected": r.Refused})
	}
	_, err := fmt.Fprintf(p.stdout, "%s: %d lines, %d taken in, %d known already, %d rejected\n", path, r.Lines, r.Accepted, r.Duplicates, r.Refused)
	return err
}
