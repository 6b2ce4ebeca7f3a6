package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v3"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message/bounce"
	"github.com/meguri-crm/meguri/server"
)

// exitTryAgain is EX_TEMPFAIL of sysexits.h: a mail server keeps the mail and
// hands it in again later.
const exitTryAgain = 75

func (p *program) bounce() *cli.Command {
	return &cli.Command{
		Name:  "bounce",
		Usage: "take in a mail that came back, from standard input: for the pipe of a mail server",
		Description: "In Postfix, a transport in master.cf for the bounce domain:\n" +
			"  meguri unix - n n - 2 pipe flags=q user=meguri argv=/usr/local/bin/meguri bounce --to ${recipient}\n" +
			"It ends with 75 where the mail should be handed in again later.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "to", Usage: "the address that the mail came to"},
			&cli.BoolFlag{Name: "secret", Usage: "print the secret for POST /bounces instead"},
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			if c.Bool("secret") {
				return p.bounceSecret()
			}
			raw, err := io.ReadAll(io.LimitReader(p.stdin, bounce.MaxReport+1))
			if err != nil {
				return err
			}
			return tryAgain(p.with(ctx, func(app *server.App) error {
				result, err := app.Messages.Bounces.Take(ctx, raw, c.String("to"))
				if err != nil {
					return err
				}
				return json.NewEncoder(p.stdout).Encode(result)
			}))
		},
	}
}

// bounceSecret prints what mail servers show at POST /bounces. It holds as long
// as MEGURI_SECRET.
func (p *program) bounceSecret() error {
	cfg, err := server.LoadKept(nil)
	if err != nil {
		return err
	}
	secrets, err := server.BounceSecrets(cfg.Secret)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, secrets[0])
	return err
}

// tryAgainError is a failure that passes.
type tryAgainError struct{ error }

func (e tryAgainError) Unwrap() error { return e.error }

// tryAgain tells a report that cannot be taken, ever, from a database that is
// away. The former is no failure of the pipe: the mail server would return the
// bounce to nobody.
func tryAgain(err error) error {
	var f *fault.Error
	switch {
	case err == nil, errors.As(err, &f) && f.Kind == fault.Invalid:
		return nil
	default:
		return tryAgainError{err}
	}
}
