package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// The names of the first owner, who may change it: of the demonstration's merchant,
// and of one's own, of whom nothing is known yet.
const (
	demoOwner = "佐野 めぐみ（オーナー）"
	ownOwner  = "オーナー"
)

func (a *App) firstOwner() string {
	if a.Config.Seed != 0 && a.lease != nil {
		return demoOwner
	}
	return ownOwner
}

// FirstStart gives a database without staff its owner, and answers the sign-in
// to show, or "". With the embedded Postgres the sign-in is kept in the data
// folder until its reader deletes the file; with DATABASE_URL it is shown once.
func (a *App) FirstStart(ctx context.Context) (signIn string, err error) {
	file := filepath.Join(a.Config.DataDir, "sign-in.txt")
	email, password, made, err := a.Access.EnsureFirstOwner(ctx, a.firstOwner())
	if err != nil {
		return "", fmt.Errorf("make the first owner: %w", err)
	}
	if made {
		signIn = email + "  " + password
		if a.lease == nil {
			return signIn, nil
		}
		return signIn, os.WriteFile(file, []byte(signIn+"\n"), 0o600)
	}
	content, err := os.ReadFile(file)
	if a.lease == nil || errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return string(content), err
}
