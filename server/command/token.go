package command

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/server"
)

func (p *program) token() *cli.Command {
	ttl := &cli.DurationFlag{Name: "ttl", Value: time.Hour, Usage: "how long it is good for, at most " + access.MaxTokenTTL.String()}
	return &cli.Command{
		Name:  "token",
		Usage: "print an access token for scripts and trials",
		Commands: []*cli.Command{
			{
				Name:  "staff",
				Usage: "a token that acts as a member of staff",
				Flags: []cli.Flag{
					&cli.StringFlag{Name: "email", Required: true, Usage: "address of the member of staff"}, ttl,
					&cli.StringSliceFlag{Name: "scope", Usage: "do no more than this, e.g. events:write; may be given several times"},
				},
				Action: p.staffToken,
			},
			{
				Name:   "customer",
				Usage:  "a token that reaches one customer's own data (me) and nothing else",
				Flags:  []cli.Flag{&cli.StringFlag{Name: "id", Required: true, Usage: "id of the customer, as the API or the database has it"}, ttl},
				Action: p.customerToken,
			},
		},
	}
}

func (p *program) staffToken(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return p.with(ctx, func(app *server.App) error {
		var scopes []access.Scope
		for _, name := range c.StringSlice("scope") {
			scopes = append(scopes, access.Scope(name))
		}
		token, err := app.Access.StaffToken(access.As(ctx, access.Principal{Kind: access.ActorCommand}), c.String("email"), c.Duration("ttl"), scopes...)
		return p.print(token, err)
	})
}

func (p *program) customerToken(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	id, err := strconv.ParseInt(c.String("id"), 10, 64)
	if err != nil {
		if id, err = gid.Decode("Customer", c.String("id")); err != nil {
			return misuse("--id: %q is no id of a customer", c.String("id"))
		}
	}
	return p.with(ctx, func(app *server.App) error {
		token, err := app.Access.CustomerToken(access.As(ctx, access.Principal{Kind: access.ActorCommand}), id, c.Duration("ttl"))
		return p.print(token, err)
	})
}

// print writes a token alone on its line, for $(…).
func (p *program) print(token string, err error) error {
	if err != nil {
		return plainly(err)
	}
	_, err = fmt.Fprintln(p.stdout, token)
	return err
}
