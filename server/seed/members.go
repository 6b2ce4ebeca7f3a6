package seed

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/meguri-crm/meguri/crm/customer"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/points"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/server/seed/world"
)

// peopleMapping reads the profiles of the member system.
var peopleMapping = mall.Mapping{
	Name: "members", Kind: mall.CustomersKind,
	Columns: map[mall.Field][]string{
		mall.FieldMemberID: {"memberNo"}, mall.FieldMail: {"mail"}, mall.FieldLineID: {"line"}, mall.FieldFamilyName: {"familyName"}, mall.FieldGivenName: {"givenName"},
		mall.FieldFamilyKana: {"familyKana"}, mall.FieldGivenKana: {"givenKana"}, mall.FieldPhone: {"phone"}, mall.FieldPostalCode: {"postalCode"},
		mall.FieldPrefecture: {"prefecture"}, mall.FieldCity: {"city"}, mall.FieldAddress: {"address"}, mall.FieldGender: {"gender"}, mall.FieldBirthDate: {"birthDate"},
	},
}

var peopleHeader = []string{"memberNo", "mail", "line", "familyName", "givenName", "familyKana", "givenKana", "phone", "postalCode", "prefecture", "city", "address", "gender", "birthDate"}

// deed is one thing of the member system, at its instant.
type deed struct {
	at time.Time
	do func(context.Context) error
}

// members takes a file of the member system in.
func (t *Taker) members(ctx context.Context, path, name string) error {
	lines, err := readLines(path)
	if err != nil {
		return err
	}
	for _, code := range []string{world.OwnSite, world.Kyoto, world.Yahoo} {
		if err := t.people(ctx, name, code, lines); err != nil {
			return err
		}
	}
	known, err := t.known(ctx)
	if err != nil {
		return err
	}
	var deeds []deed
	for _, l := range lines {
		id := known[keyOf(l)]
		if id == 0 {
			return fault.New(fault.Internal, "the member %s was not taken in", l.MemberNo)
		}
		deeds = append(deeds, t.deeds(l, id)...)
	}
	slices.SortStableFunc(deeds, func(a, b deed) int { return a.at.Compare(b.at) })
	now := t.Clock.T
	for _, d := range deeds {
		t.Clock.T = d.at
		if err := d.do(ctx); err != nil {
			return err
		}
	}
	t.Clock.T = now
	return nil
}

func readLines(path string) ([]world.Master, error) {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var lines []world.Master
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var m world.Master
		if err := json.Unmarshal(in.Bytes(), &m); err != nil {
			return nil, err
		}
		lines = append(lines, m)
	}
	return lines, in.Err()
}

type memberKey struct{ shop, value string }

func keyOf(l world.Master) memberKey {
	if l.MemberNo != "" {
		return memberKey{l.Shop, l.MemberNo}
	}
	return memberKey{"", l.Identities[0].Value}
}

func (t *Taker) people(ctx context.Context, name, code string, lines []world.Master) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(peopleHeader)
	rows := 0
	for _, l := range lines {
		no, line := "", ""
		if l.Shop == code {
			no = l.MemberNo
		}
		mail := ""
		for _, i := range l.Identities {
			switch {
			case i.Shop == code && i.Kind == "MEMBER_ID":
				no = i.Value
			case i.Shop == code && i.Kind == "LINE":
				line = i.Value
			case i.Shop == code && i.Kind == "MAIL":
				mail = i.Value
			}
		}
		if no == "" && mail == "" {
			continue
		}
		p := l.Profile
		if p == nil {
			p = &world.Profile{Mail: mail}
		}
		rows++
		_ = w.Write([]string{no, p.Mail, line, p.FamilyName, p.GivenName, p.FamilyKana, p.GivenKana, p.Phone, p.PostalCode, p.Prefecture, p.City, p.Address, p.Gender, p.BirthDate})
	}
	w.Flush()
	if rows == 0 {
		return nil
	}
	_, err := t.Intake.TakeFile(ctx, intake.File{Name: name, Content: &b, ShopID: t.shops[code].ID, Mapping: &peopleMapping}, nil)
	return err
}

func (t *Taker) known(ctx context.Context) (map[memberKey]int64, error) {
	codes := map[int64]string{0: ""}
	for code, s := range t.shops {
		codes[s.ID] = code
	}
	var keys []struct {
		ShopID, CustomerID int64
		Value              string
	}
	err := t.DB.NewRaw(`SELECT shop_id, value, customer_id FROM identity_keys WHERE kind IN ('MEMBER_ID', 'MAIL')`).Scan(ctx, &keys)
	known := map[memberKey]int64{}
	for _, k := range keys {
		known[memberKey{codes[k.ShopID], k.Value}] = k.CustomerID
	}
	return known, db.Fault(err)
}

func instant(text string) time.Time {
	t, _ := time.Parse(time.RFC3339, text)
	return t
}

func (t *Taker) deeds(l world.Master, id int64) []deed {
	var list []deed
	if l.JoinedAt != "" {
		list = append(list, deed{instant(l.JoinedAt), func(ctx context.Context) error { _, err := t.Customers.Enroll(ctx, id, l.JoinedVia); return err }})
	}
	for _, w := range l.Consents {
		list = append(list, deed{instant(w.At), func(ctx context.Context) error {
			_, _, err := t.Customers.Record(ctx, customer.Word{
				CustomerID: id, Channel: w.Channel, State: w.State, OriginShopID: t.shops[w.Shop].ID, Method: w.Method, Wording: w.Wording,
			})
			return err
		}})
	}
	for _, a := range l.Actions {
		list = append(list, deed{instant(a.At), func(ctx context.Context) error { return t.act(ctx, id, a) }})
	}
	return list
}

func (t *Taker) act(ctx context.Context, id int64, a world.Action) error {
	cause := points.Cause{Reason: "ACTION", Note: a.Note}
	if a.Kind == "REDEEM" {
		cause.Reason = "API"
		_, err := t.Points.Redeem(ctx, nil, points.SpendRequest{CustomerID: id, Amount: a.Amount, Key: a.Key, Cause: cause})
		return err
	}
	g := points.GrantRequest{CustomerID: id, Amount: a.Amount, Key: a.Key, Cause: cause}
	if a.ExpiresAt != "" {
		day, err := time.ParseInLocation(time.DateOnly, a.ExpiresAt, world.Japan)
		if err != nil {
			return err
		}
		end := day.AddDate(0, 0, 1)
		g.ExpiresAt = &end
	}
	_, err := t.Points.Grant(ctx, nil, g)
	return err
}
