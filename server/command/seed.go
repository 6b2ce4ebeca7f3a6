package command

import (
	"context"
	"fmt"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/meguri-crm/meguri/server"
	"github.com/meguri-crm/meguri/server/seed"
)

func (p *program) seed() *cli.Command {
	return &cli.Command{
		Name:  "seed",
		Usage: "fill an empty database with a demonstration shop",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "customers", Value: seed.DefaultCustomers, Usage: "how many customers"},
			&cli.StringFlag{Name: "as-of", Usage: "day the history ends, YYYY-MM-DD; without it today"},
			&cli.StringFlag{Name: "write-files", Usage: "folder to leave the malls' files in; `meguri import` takes the folder in"},
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			if err := noArguments(c); err != nil {
				return err
			}
			o := seed.Options{Customers: c.Int("customers"), WriteFiles: c.String("write-files"), Tell: p.tellDay}
			if text := c.String("as-of"); text != "" {
				var err error
				if o.AsOf, err = time.Parse(time.DateOnly, text); err != nil {
					return misuse("--as-of %s: a day such as 2026-11-21 is expected", text)
				}
			}
			return p.begin(ctx, func(app *server.App) error {
				r, err := app.Seed(ctx, o)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(p.stdout, "made %d customers (%d members), %d orders in %d imports, %d messages, in %.1f s\n",
					r.Customers, r.Members, r.Orders, r.Imports, r.Messages, r.Took.Seconds())
				return err
			})
		},
	}
}

// tellDay shows how far the days of a merchant are taken in.
func (p *program) tellDay(day string, done, of int) {
	fmt.Fprintf(p.stderr, "the files up to %s are in, %d of %d days\n", day, done, of)
}
