package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/server"
)

func (p *program) user() *cli.Command {
	return &cli.Command{
		Name:  "user",
		Usage: "accounts of staff",
		Commands: []*cli.Command{{
			Name:  "add",
			Usage: "open an account; without --password-stdin a password is made and printed once",
			Flags: []cli.Flag{
				&cli.StringFlag{Name: "email", Required: true, Usage: "address to sign in with"},
				&cli.StringFlag{Name: "name", Required: true, Usage: "name that colleagues see"},
				&cli.StringFlag{Name: "role", Required: true, Usage: "one of " + roleNames()},
				&cli.BoolFlag{Name: "password-stdin", Usage: "read the password from standard input"},
			},
			Action: p.addUser,
		}, {
			Name:  "reset",
			Usage: "give an account a new password and take its second step away, for who cannot sign in any more",
			Flags: []cli.Flag{
				&cli.StringFlag{Name: "email", Required: true, Usage: "address the account signs in with"},
				&cli.BoolFlag{Name: "password-stdin", Usage: "read the password from standard input; without it one is made and printed once"},
			},
			Action: p.resetUser,
		}},
	}
}

func (p *program) addUser(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	role := access.Role(strings.ToUpper(c.String("role")))
	if !role.Valid() {
		return misuse("--role: %q is none of %s", c.String("role"), roleNames())
	}
	password, given, err := p.password(c)
	if err != nil {
		return err
	}
	return p.with(ctx, func(app *server.App) error {
		n := access.NewStaff{Email: c.String("email"), Name: c.String("name"), Role: role, Password: password}
		staff, err := app.Access.Create(access.As(ctx, access.Principal{Kind: access.ActorCommand}), n)
		if err != nil {
			return plainly(err)
		}
		fmt.Fprintf(p.stdout, "%s may sign in as %s\n", staff.Email, strings.ToLower(staff.Role))
		if !given {
			fmt.Fprintf(p.stdout, "password  %s\n", password)
		}
		return nil
	})
}

// password is the one on standard input or, unless that was asked for, a new one.
func (p *program) password(c *cli.Command) (password string, given bool, err error) {
	if !c.Bool("password-stdin") {
		return access.RandomPassword(), false, nil
	}
	line, err := io.ReadAll(io.LimitReader(p.stdin, access.MaxPassword+2))
	if err != nil {
		return "", true, fmt.Errorf("--password-stdin: %w", err)
	}
	return strings.TrimRight(string(line), "\r\n"), true, nil
}

func (p *program) resetUser(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	password, given, err := p.password(c)
	if err != nil {
		return err
	}
	return p.with(ctx, func(app *server.App) error {
		email := c.String("email")
		if err := app.Access.Recover(access.As(ctx, access.Principal{Kind: access.ActorCommand}), email, password); err != nil {
			return plainly(err)
		}
		fmt.Fprintf(p.stdout, "%s may sign in with the new password; all sessions were ended\n", email)
		if !given {
			fmt.Fprintf(p.stdout, "password  %s\n", password)
		}
		return nil
	})
}

func roleNames() string {
	names := make([]string, len(access.Roles))
	for i, role := range access.Roles {
		names[i] = strings.ToLower(string(role))
	}
	return strings.Join(names, ", ")
}

// plainly is a fault as a person at a terminal wants it: which value, what is
// wrong. Defects keep their cause.
func plainly(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal || f.Kind == fault.Unavailable {
		return err
	}
	if f.Field == "" {
		return errors.New(f.Message)
	}
	return fmt.Errorf("%s: %s", f.Field, f.Message)
}
