package customer

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/db"
)

// OwnPart is a part of the profile that a customer may be let change himself.
type OwnPart string

// The parts, in the order in which they are shown. The birthday has rules of its own,
// and the mail address is confirmed by a mail (crm/mailchange).
const (
	OwnName    OwnPart = "NAME"
	OwnKana    OwnPart = "KANA"
	OwnGender  OwnPart = "GENDER"
	OwnAddress OwnPart = "ADDRESS"
	OwnPhone   OwnPart = "PHONE"
	OwnMail    OwnPart = "MAIL"
)

var ownParts = []OwnPart{OwnName, OwnKana, OwnGender, OwnAddress, OwnPhone, OwnMail}

// OwnBirthday is how often a customer tells his birthday: points are given for it.
type OwnBirthday string

// How often.
const (
	BirthdayByShop OwnBirthday = "BY_SHOP" // never: the shop enters it
	BirthdayOnce   OwnBirthday = "ONCE"    // while it is not known
	BirthdayAgain  OwnBirthday = "AGAIN"   // and again some months after he told it
)

// Bounds of the months between two changes of a birthday: with fewer than twelve
// somebody has two birthdays a year.
const (
	birthdayLeast   = 12
	birthdayMost    = 120
	birthdayAtFirst = 24
)

// OwnRules are what customers may change of their profiles.
type OwnRules struct {
	Parts          map[OwnPart]bool
	Birthday       OwnBirthday
	BirthdayMonths int // of BirthdayAgain
}

// List are the parts that may be changed, in their order.
func (r OwnRules) List() []OwnPart {
	return slices.DeleteFunc(slices.Clone(ownParts), func(p OwnPart) bool { return !r.Parts[p] })
}

// BirthDateFrom is from when a customer with that birthday may tell another one, who
// told it at told; nil: he may not.
func (r OwnRules) BirthDateFrom(birthDate, told *time.Time, now time.Time) *time.Time {
	switch {
	case r.Birthday == BirthdayByShop, r.Birthday == BirthdayOnce && birthDate != nil:
		return nil
	case birthDate == nil || told == nil:
		return &now
	}
	from := told.AddDate(0, r.BirthdayMonths, 0)
	return &from
}

func (r OwnRules) check() error {
	if r.Birthday == BirthdayAgain && (r.BirthdayMonths < birthdayLeast || r.BirthdayMonths > birthdayMost) {
		return fault.New(fault.Invalid, "from %d to %d months", birthdayLeast, birthdayMost).WithCode("RANGE").At("birthdayMonths").
			With("min", birthdayLeast).With("max", birthdayMost)
	}
	return nil
}

// ownRulesKey is the setting that holds the rules.
const ownRulesKey = "own_profile"

// storedRules are OwnRules as they lie in the settings.
type storedRules struct {
	Parts          []OwnPart   `json:"parts"`
	Birthday       OwnBirthday `json:"birthday"`
	BirthdayMonths int         `json:"birthdayMonths"`
}

// OwnRules are the rules that hold; while nobody has set any, names and, once, the
// birthday.
func (s *Service) OwnRules(ctx context.Context) (OwnRules, error) { return readOwnRules(ctx, s.db) }

func readOwnRules(ctx context.Context, idb bun.IDB) (OwnRules, error) {
	stored := storedRules{[]OwnPart{OwnName, OwnKana}, BirthdayOnce, birthdayAtFirst}
	var raw []json.RawMessage
	if err := idb.NewRaw(`SELECT value FROM settings WHERE key = ?`, ownRulesKey).Scan(ctx, &raw); err != nil {
		return OwnRules{}, db.Fault(err)
	}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw[0], &stored); err != nil {
			return OwnRules{}, fault.Wrap(fault.Internal, err, "the rules of profiles cannot be read")
		}
	}
	r := OwnRules{Parts: map[OwnPart]bool{}, Birthday: stored.Birthday, BirthdayMonths: stored.BirthdayMonths}
	for _, p := range stored.Parts {
		r.Parts[p] = true
	}
	return r, nil
}

// ChangeOwnRules sets the rules; they hold for the next change.
// Errors: fault.Invalid RANGE at birthdayMonths.
func (s *Service) ChangeOwnRules(ctx context.Context, r OwnRules) (OwnRules, error) {
	if err := r.check(); err != nil {
		return OwnRules{}, err
	}
	value, err := json.Marshal(storedRules{r.List(), r.Birthday, r.BirthdayMonths})
	if err != nil {
		return OwnRules{}, fault.Wrap(fault.Internal, err, "internal error")
	}
	err = db.RunInTx(ctx, s.db, func(ctx context.Context, tx db.Tx) error {
		before, err := readOwnRules(ctx, tx)
		if err != nil {
			return err
		}
		_, err = tx.NewRaw(`INSERT INTO settings (key, value) VALUES (?, ?::jsonb)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now()`, ownRulesKey, string(value)).Exec(ctx)
		if err != nil {
			return db.Fault(err)
		}
		return access.Audit(ctx, tx, access.Entry{
			Action: "settings.update_own_profile", ObjectKind: "OwnProfileSettings", Detail: access.Differences(before.audited(), r.audited()),
		})
	})
	return r, err
}

func (r OwnRules) audited() map[string]any {
	return map[string]any{
		"ownName": r.Parts[OwnName], "ownKana": r.Parts[OwnKana], "ownGender": r.Parts[OwnGender], "ownAddress": r.Parts[OwnAddress], "ownPhone": r.Parts[OwnPhone], "ownMail": r.Parts[OwnMail],
		"ownBirthday": string(r.Birthday), "ownBirthdayMonths": r.BirthdayMonths,
	}
}
