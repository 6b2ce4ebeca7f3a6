package signup

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/db"
)

// Form is a form as it stands, or as one of its versions stood.
type Form struct {
	db.SignUpForm
	Content Content
	// ChangedAt and ChangedBy are of the version.
	ChangedAt time.Time
	ChangedBy *int64 // staff
}

// Path is where a form is filled in, under the public address.
func Path(slug string) string { return "/f/" + slug }

var slugPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,62}$`)

// Create makes a form of a shop of the merchant's own. slug is the end of its
// address: a–z, 0–9 and hyphens; "" makes one up. Errors: fault.Invalid by
// field; fault.NotFound for the shop; fault.Conflict SLUG_TAKEN at slug, SENDER_NOT_SET.
func (s *Service) Create(ctx context.Context, shopID int64, slug string, c Content) (*Form, error) {
	if slug = strings.ToLower(strings.TrimSpace(slug)); slug == "" {
		slug = strings.ToLower(rand.Text()[:10])
	}
	c = c.tidy()
	if !slugPattern.MatchString(slug) {
		return nil, fault.New(fault.Invalid, "a–z, 0–9 and hyphens, from 2 to 63 of them").WithCode("BAD_SLUG").At("slug")
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	f := &Form{SignUpForm: db.SignUpForm{ShopID: shopID, Slug: slug, Version: 1, CreatedAt: s.Clock.Now()}, Content: c}
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if err := checkShop(ctx, tx, shopID); err != nil {
			return err
		}
		if err := checkKept(ctx, tx, c); err != nil {
			return err
		}
		if err := s.checkSender(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.NewInsert().Model(&f.SignUpForm).Exec(ctx); err != nil {
			if db.Constraint(err) == "sign_up_forms_slug_key" {
				return fault.Wrap(fault.Conflict, err, "another form has this address").WithCode("SLUG_TAKEN").At("slug")
			}
			return db.Fault(err)
		}
		if err := s.promise(ctx, tx, f, &f.Content); err != nil {
			return err
		}
		if err := s.addVersion(ctx, tx, f); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: "sign_up_form.create", ObjectKind: "SignUpForm", ObjectID: f.ID})
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

func checkShop(ctx context.Context, tx bun.IDB, id int64) error {
	shop := new(db.Shop)
	if err := tx.NewSelect().Model(shop).Where("id = ?", id).Scan(ctx); err != nil {
		return fault.Wrap(fault.NotFound, db.Fault(err), "there is no such shop").At("shopId")
	}
	if !slices.Contains(mall.Own, mall.Mall(shop.Mall)) || shop.ArchivedAt != nil {
		return fault.New(fault.Invalid, "a form belongs to a shop of your own").WithCode("NOT_OWN_SHOP").At("shopId")
	}
	return nil
}

// checkSender refuses to ask people for their consent while the mail that asks
// them to confirm it could not say whose it is.
func (s *Service) checkSender(ctx context.Context, tx bun.IDB) error {
	sender, err := s.Senders.Sender(ctx, tx)
	if err != nil || sender.Complete() {
		return err
	}
	return fault.New(fault.Conflict, "set the sender first: name, mail address, postal address and contact").WithCode("SENDER_NOT_SET")
}

// addVersion stores the content of f as its version.
func (s *Service) addVersion(ctx context.Context, tx bun.IDB, f *Form) error {
	raw, err := json.Marshal(f.Content)
	if err != nil {
		return fault.Wrap(fault.Internal, err, "internal error")
	}
	f.ChangedAt, f.ChangedBy = s.Clock.Now(), access.From(ctx).StaffID()
	_, err = tx.NewInsert().Model(&db.SignUpFormVersion{
		FormID: f.ID, Version: f.Version, Content: raw, CreatedAt: f.ChangedAt, CreatedBy: f.ChangedBy,
	}).Exec(ctx)
	return db.Fault(err)
}

// Update gives a form new content as its next version; content that says the
// same makes none. seen is the version that the change was made from.
// Errors: fault.NotFound; fault.Invalid by field; fault.Conflict STALE_VERSION,
// SENDER_NOT_SET.
func (s *Service) Update(ctx context.Context, id int64, seen int, c Content) (*Form, error) {
	c = c.tidy()
	if err := c.check(); err != nil {
		return nil, err
	}
	return s.change(ctx, id, func(ctx context.Context, tx db.Tx, f *Form) error {
		if f.Version != seen {
			return fault.New(fault.Conflict, "somebody has changed this form meanwhile").WithCode("STALE_VERSION")
		}
		if err := s.checkSender(ctx, tx); err != nil {
			return err
		}
		if err := s.promise(ctx, tx, f, &c); err != nil {
			return err
		}
		before, err := json.Marshal(f.Content)
		if err != nil {
			return fault.Wrap(fault.Internal, err, "internal error")
		}
		after, err := json.Marshal(c)
		if err != nil || string(before) == string(after) {
			return err
		}
		if err := checkKept(ctx, tx, c); err != nil {
			return err
		}
		reworded := !c.sameWording(f.Content)
		f.Content, f.Version = c, f.Version+1
		if err := s.addVersion(ctx, tx, f); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{
			Action: "sign_up_form.update", ObjectKind: "SignUpForm", ObjectID: f.ID, Detail: map[string]any{"version": f.Version, "reworded": reworded},
		})
	})
}

// Close stops a form from taking anybody, or opens it again. Errors:
// fault.NotFound; fault.Conflict SENDER_NOT_SET for one to be opened.
func (s *Service) Close(ctx context.Context, id int64, closed bool) (*Form, error) {
	return s.change(ctx, id, func(ctx context.Context, tx db.Tx, f *Form) error {
		if closed == (f.ArchivedAt != nil) {
			return nil
		}
		action, now := "sign_up_form.open", s.Clock.Now()
		f.ArchivedAt = nil
		if closed {
			action, f.ArchivedAt = "sign_up_form.close", &now
		} else if err := s.checkSender(ctx, tx); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "SignUpForm", ObjectID: f.ID})
	})
}

func (s *Service) change(ctx context.Context, id int64, change func(context.Context, db.Tx, *Form) error) (*Form, error) {
	var f *Form
	err := db.RunInTx(ctx, s.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw("SELECT FROM sign_up_forms WHERE id = ? FOR UPDATE", id).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		var err error
		if f, err = oneForm(ctx, tx, "form.id = ?", id); err != nil {
			return err
		}
		if err := change(ctx, tx, f); err != nil {
			return err
		}
		_, err = tx.NewUpdate().Model(&f.SignUpForm).WherePK().Column("version", "archived_at").Exec(ctx)
		return db.Fault(err)
	})
	if err != nil {
		return nil, err
	}
	return f, s.tell(ctx, f)
}

// promise brings the rules of the point programme in line with what a form says it
// gives new members, or the other way round where it says nothing.
func (s *Service) promise(ctx context.Context, tx db.Tx, f *Form, c *Content) (err error) {
	switch {
	case !c.Joins:
	case c.AsRulesSay:
		c.JoinPoints, err = s.Rewards.Joining(ctx, f)
	default:
		err = s.Rewards.Promise(ctx, tx, f, c.JoinPoints)
	}
	return err
}

// tell fills in what new members get by a form now.
func (s *Service) tell(ctx context.Context, f *Form) (err error) {
	if f.Content.Joins {
		f.Content.JoinPoints, err = s.Rewards.Joining(ctx, f)
	}
	return err
}

// told is a form with what new members get by it now.
func (s *Service) told(ctx context.Context, where string, args ...any) (*Form, error) {
	f, err := oneForm(ctx, s.DB, where, args...)
	if err != nil {
		return nil, err
	}
	return f, s.tell(ctx, f)
}

// formRow is a form beside one of its versions.
type formRow struct {
	db.SignUpForm
	Content   json.RawMessage
	ChangedAt time.Time
	ChangedBy *int64
}

func (r formRow) form() (Form, error) {
	f := Form{SignUpForm: r.SignUpForm, ChangedAt: r.ChangedAt, ChangedBy: r.ChangedBy}
	err := json.Unmarshal(r.Content, &f.Content)
	if err != nil {
		err = fault.Wrap(fault.Internal, err, "a form cannot be read")
	}
	return f, err
}

// forms reads forms as they stand.
func forms(ctx context.Context, idb bun.IDB, where string, args ...any) ([]Form, error) {
	var rows []formRow
	err := idb.NewSelect().Model((*db.SignUpForm)(nil)).ColumnExpr("form.*, v.content, v.created_at AS changed_at, v.created_by AS changed_by").
		Join("JOIN sign_up_form_versions v ON (v.form_id, v.version) = (form.id, form.version)").
		Where(where, args...).OrderExpr("form.archived_at IS NOT NULL, form.id DESC").Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	list := make([]Form, len(rows))
	for i, r := range rows {
		if list[i], err = r.form(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func oneForm(ctx context.Context, idb bun.IDB, where string, args ...any) (*Form, error) {
	list, err := forms(ctx, idb, where, args...)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "there is no such form").At("id")
	}
	return &list[0], nil
}

// List is every form, those that are closed last.
func (s *Service) List(ctx context.Context) ([]Form, error) {
	list, err := forms(ctx, s.DB, "true")
	for i := range list {
		if err == nil {
			err = s.tell(ctx, &list[i])
		}
	}
	return list, err
}

// Find is a form. Errors: fault.NotFound.
func (s *Service) Find(ctx context.Context, id int64) (*Form, error) {
	return s.told(ctx, "form.id = ?", id)
}

// Open is the form of an address that takes people. Errors: fault.NotFound, also
// for one that is closed.
func (s *Service) Open(ctx context.Context, slug string) (*Form, error) {
	return s.told(ctx, "form.slug = ? AND form.archived_at IS NULL", slug)
}

// Versions is what a form has said, the newest first, at most limit.
func (s *Service) Versions(ctx context.Context, formID int64, limit int) ([]Form, error) {
	var rows []formRow
	err := s.DB.NewSelect().Model((*db.SignUpForm)(nil)).
		ColumnExpr("form.id, form.shop_id, form.slug, form.created_at, form.archived_at, v.version, v.content, v.created_at AS changed_at, v.created_by AS changed_by").
		Join("JOIN sign_up_form_versions v ON v.form_id = form.id").
		Where("form.id = ?", formID).OrderExpr("v.version DESC").Limit(int64(limit)).Scan(ctx, &rows)
	if err != nil {
		return nil, db.Fault(err)
	}
	list := make([]Form, len(rows))
	for i, r := range rows {
		if list[i], err = r.form(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Count is what came of a form.
type Count struct {
	FormID int64
	// Sent within 30 days, Confirmed of them, and Waiting whose link still works.
	Sent, Confirmed, Waiting int64
	// Members and all confirmed ever.
	AllConfirmed int64
}

// Counts is what came of forms, by form.
func (s *Service) Counts(ctx context.Context, formIDs []int64) (map[int64]Count, error) {
	var rows []Count
	now := s.Clock.Now()
	err := s.DB.NewRaw(`SELECT form_id, count(*) FILTER (WHERE created_at > ?1) AS sent,
			count(*) FILTER (WHERE created_at > ?1 AND confirmed_at IS NOT NULL) AS confirmed,
			count(*) FILTER (WHERE confirmed_at IS NULL AND expires_at > ?0) AS waiting,
			count(*) FILTER (WHERE confirmed_at IS NOT NULL) AS all_confirmed
		FROM sign_ups WHERE form_id IN (?2) GROUP BY form_id`, now, now.AddDate(0, 0, -30), bun.List(formIDs)).Scan(ctx, &rows)
	counts := make(map[int64]Count, len(rows))
	for _, r := range rows {
		counts[r.FormID] = r
	}
	return counts, db.Fault(err)
}
