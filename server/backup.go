package server

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strings"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/db/backup"
)

// Backup writes the whole database to w as it stands at one instant. The secret
// is not in it. Errors: as backup.Write.
func (a *App) Backup(ctx context.Context, w io.Writer) (*backup.Manifest, error) {
	return backup.Write(ctx, a.DB, w, a.Clock.Now(), secretMarks(a.Config)[0])
}

// Restored is a restored database.
type Restored struct {
	*backup.Manifest
	// OtherSecret says that the backup was made under another MEGURI_SECRET:
	// links in sent mails do not work, and keys kept encrypted cannot be read.
	OtherSecret bool
}

// Restore fills the empty database that cfg names from a backup; keeper as for
// Open. Errors: as backup.Restore.
func Restore(ctx context.Context, cfg *Config, log *slog.Logger, keeper []string, r io.ReaderAt, size int64) (restored *Restored, err error) {
	a := &App{Config: cfg, Log: log, Clock: clock.System{}, Hub: live.NewHub(log)}
	defer func() { err = errors.Join(err, a.Close()) }()
	// What is wrong with the file is told before a database is made for it.
	if _, err := backup.Read(r, size); err != nil {
		return nil, err
	}
	if err := a.connect(ctx, keeper); err != nil {
		return nil, err
	}
	m, err := backup.Restore(ctx, a.DB, r, size)
	if err != nil {
		return nil, err
	}
	return &Restored{Manifest: m, OtherSecret: !slices.Contains(secretMarks(cfg), m.Secret)}, nil
}

// secretMarks tell the secrets from others without giving them away.
func secretMarks(cfg *Config) []string {
	var marks []string
	for secret := range strings.SplitSeq(cfg.Secret, ",") {
		mac := hmac.New(sha256.New, []byte(strings.TrimSpace(secret)))
		mac.Write([]byte("backup"))
		marks = append(marks, hex.EncodeToString(mac.Sum(nil)[:8]))
	}
	return marks
}
