package command

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"github.com/meguri-crm/meguri/server"
)

func (p *program) migrate() *cli.Command {
	return &cli.Command{
		Name:  "migrate",
		Usage: "bring the database's schema up to date (every other command does so, too)",
		Action: func(ctx context.Context, c *cli.Command) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return p.begin(ctx, func(app *server.App) error {
				for _, name := range app.Migrated {
					fmt.Fprintln(p.stdout, "applied", name)
				}
				fmt.Fprintln(p.stdout, "the schema is up to date")
				return nil
			})
		},
	}
}
