package message

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	_ "image/jpeg" // what a logo may be
	_ "image/png"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/policy/qr"
	"github.com/meguri-crm/meguri/db"
)

// Brand is how the merchant looks in mails and on pages for recipients.
type Brand struct {
	// Name is the merchant's, as the settings of the sender have it, whoever a
	// campaign's mails say they come from; "" while nobody has set it.
	Name   string `json:"name,omitempty"`
	Accent string `json:"accent"` // #rrggbb, lower case
	Logo   *Logo  `json:"logo,omitempty"`
}

// Logo is a picture of the merchant.
type Logo struct {
	Hash   string `json:"hash"`  // of the picture; see Brands.Picture
	Width  int    `json:"width"` // pixels
	Height int    `json:"height"`
	URL    string `json:"url,omitempty"` // absolute, for mails; a picture's address never shows another one
}

// DefaultAccent is the accent of a merchant who has chosen none.
const DefaultAccent = "#2a4b8d"

// Bounds of a logo.
const (
	MaxLogoBytes = 512 << 10
	minLogoSide  = 16
	maxLogoSide  = 2000
	// logoHeight and logoWidth are what it takes up in a mail at most.
	logoHeight, logoWidth = 48, 240
)

// brandKey is the setting that holds the brand.
const brandKey = "brand"

// LogoPath is where the pictures are served, by hash.
const LogoPath = "/brand/pictures/"

// Brands is the merchant's brand, kept in the settings.
type Brands struct {
	DB    *db.DB
	Clock clock.Clock
	// Origin is scheme and host under which recipients reach the server.
	Origin string
}

// Brand is the brand as it stands, under the name of the sender.
func (b Brands) Brand(ctx context.Context, idb bun.IDB) (Brand, error) {
	brand := Brand{Accent: DefaultAccent}
	var raw []json.RawMessage
	if err := idb.NewSelect().Table("settings").Column("value").Where("key = ?", brandKey).Scan(ctx, &raw); err != nil {
		return brand, db.Fault(err)
	}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw[0], &brand); err != nil {
			return Brand{}, fault.Wrap(fault.Internal, err, "the brand settings cannot be read")
		}
	}
	if brand.Logo != nil {
		brand.Logo.URL = b.Origin + LogoPath + brand.Logo.Hash
	}
	sender, err := Senders{}.Sender(ctx, idb)
	brand.Name = sender.Name
	return brand, err
}

// Current is Brand outside any transaction.
func (b Brands) Current(ctx context.Context) (Brand, error) { return b.Brand(ctx, b.DB) }

// BrandChange is what may be changed; nil leaves it.
type BrandChange struct {
	Accent     *string // #rrggbb
	RemoveLogo bool    // mails that are out keep theirs
}

var accentPattern = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Update changes the brand. Errors: fault.Invalid (BAD_COLOR) at accent.
func (b Brands) Update(ctx context.Context, c BrandChange) (Brand, error) {
	return b.change(ctx, "settings.update_brand", func(brand *Brand, _ db.Tx) error {
		if c.Accent != nil {
			brand.Accent = strings.ToLower(strings.TrimSpace(*c.Accent))
		}
		if !accentPattern.MatchString(brand.Accent) {
			return fault.New(fault.Invalid, "a colour is written #rrggbb").WithCode("BAD_COLOR").At("accent")
		}
		if c.RemoveLogo {
			brand.Logo = nil
		}
		return nil
	})
}

// SetLogo makes a picture the logo: PNG or JPEG, at most MaxLogoBytes, from 16 to
// 2,000 pixels a side. It is read whole, so that what is served under the
// merchant's name is a picture. Errors: fault.Invalid (LOGO_TOO_LARGE,
// LOGO_NOT_A_PICTURE, LOGO_BAD_SIZE) at logo.
func (b Brands) SetLogo(ctx context.Context, file io.Reader) (Brand, error) {
	data, err := io.ReadAll(io.LimitReader(file, MaxLogoBytes+1))
	if err != nil {
		return Brand{}, fault.Wrap(fault.Invalid, err, "the file did not arrive whole").WithCode("LOGO_NOT_A_PICTURE").At("logo")
	}
	logo, mediaType, err := readLogo(data)
	if err != nil {
		return Brand{}, err
	}
	return b.change(ctx, "settings.update_logo", func(brand *Brand, tx db.Tx) error {
		_, err := tx.NewRaw(`INSERT INTO brand_pictures (hash, media_type, width, height, data, codes, created_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			logo.Hash, mediaType, logo.Width, logo.Height, data, pgdialect.Array(append([]string{}, qr.Codes(data)...)), b.Clock.Now()).Exec(ctx)
		brand.Logo = logo
		return db.Fault(err)
	})
}

func readLogo(data []byte) (logo *Logo, mediaType string, err error) {
	if len(data) > MaxLogoBytes {
		return nil, "", fault.New(fault.Invalid, "a logo has at most %d kB", MaxLogoBytes>>10).WithCode("LOGO_TOO_LARGE").At("logo").With("max", MaxLogoBytes>>10)
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || format != "png" && format != "jpeg" { // others may be known to the program for other ends
		return nil, "", fault.New(fault.Invalid, "a logo is a PNG or a JPEG").WithCode("LOGO_NOT_A_PICTURE").At("logo")
	}
	if least, most := min(config.Width, config.Height), max(config.Width, config.Height); least < minLogoSide || most > maxLogoSide {
		return nil, "", fault.New(fault.Invalid, "a logo has %d to %d pixels a side", minLogoSide, maxLogoSide).
			WithCode("LOGO_BAD_SIZE").At("logo").With("min", minLogoSide).With("max", maxLogoSide)
	}
	if _, _, err := image.Decode(bytes.NewReader(data)); err != nil {
		return nil, "", fault.Wrap(fault.Invalid, err, "the picture is damaged").WithCode("LOGO_NOT_A_PICTURE").At("logo")
	}
	hash := sha256.Sum256(data)
	return &Logo{Hash: hex.EncodeToString(hash[:]), Width: config.Width, Height: config.Height}, "image/" + format, nil
}

// change stores what edit makes of the brand, one change after the other.
func (b Brands) change(ctx context.Context, action string, edit func(*Brand, db.Tx) error) (brand Brand, err error) {
	err = db.RunInTx(ctx, b.DB, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.NewRaw(`INSERT INTO settings (key, value) VALUES (?, ?::jsonb) ON CONFLICT (key) DO UPDATE SET updated_at = now()`,
			brandKey, `{"accent": "`+DefaultAccent+`"}`).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if brand, err = b.Brand(ctx, tx); err != nil {
			return err
		}
		before := auditedBrand(brand)
		if err := edit(&brand, tx); err != nil {
			return err
		}
		brand.Name = "" // the sender's settings hold it
		if brand.Logo != nil {
			brand.Logo.URL = "" // goes with the address of the server
		}
		value, err := json.Marshal(brand)
		if err != nil {
			return fault.Wrap(fault.Internal, err, "internal error")
		}
		if _, err := tx.NewRaw(`UPDATE settings SET value = ?::jsonb WHERE key = ?`, string(value), brandKey).Exec(ctx); err != nil {
			return db.Fault(err)
		}
		if brand, err = b.Brand(ctx, tx); err != nil {
			return err
		}
		return access.Audit(ctx, tx, access.Entry{Action: action, ObjectKind: "BrandSettings", Detail: access.Differences(before, auditedBrand(brand))})
	})
	return brand, err
}

func auditedBrand(b Brand) map[string]any {
	return map[string]any{"accent": b.Accent, "logo": b.Logo != nil}
}

// Picture is a picture by its hash. Errors: fault.NotFound.
func (b Brands) Picture(ctx context.Context, hash string) (data []byte, mediaType string, err error) {
	err = b.DB.NewRaw(`SELECT data, media_type FROM brand_pictures WHERE hash = ?`, hash).Scan(ctx, &data, &mediaType)
	return data, mediaType, db.Fault(err)
}

// Ink is the colour of words on the accent, black or white, whichever is read
// better (relative luminance, WCAG 2.2).
func (b Brand) Ink() string {
	weights := [3]float64{0.2126, 0.7152, 0.0722}
	value, err := strconv.ParseUint(strings.TrimPrefix(b.Accent, "#"), 16, 32)
	if err != nil {
		return "#ffffff"
	}
	luminance := 0.0
	for i, weight := range weights {
		c := float64(value>>(16-8*i)&0xff) / 255
		if c <= 0.04045 {
			luminance += weight * c / 12.92
		} else {
			luminance += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	if luminance > 0.179 { // where black and white contrast alike
		return "#14171c"
	}
	return "#ffffff"
}

// shown is the size of the logo in a mail, in CSS pixels: as it is, but no
// larger than its place.
func (l *Logo) shown() (width, height int) {
	width, height = l.Width, l.Height
	if height > logoHeight {
		width, height = max(width*logoHeight/height, 1), logoHeight
	}
	if width > logoWidth {
		width, height = logoWidth, max(height*logoWidth/width, 1)
	}
	return width, height
}
