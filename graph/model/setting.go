package model

import "github.com/meguri-crm/meguri/crm/message"

// NewPaceSettings maps the pace of a channel.
func NewPaceSettings(channel Channel, p message.Pace) *PaceSettings {
	return &PaceSettings{Channel: channel, QuietFrom: p.QuietFrom, QuietTo: p.QuietTo, PerDay: p.PerDay, PerWeek: p.PerWeek}
}

// Pace is what the input sets.
func (in UpdatePaceSettingsInput) Pace() message.Pace {
	return message.Pace{QuietFrom: in.QuietFrom, QuietTo: in.QuietTo, PerDay: in.PerDay, PerWeek: in.PerWeek}
}

// NewBrandSettings maps the brand.
func NewBrandSettings(b message.Brand) *BrandSettings {
	return &BrandSettings{Accent: b.Accent, Logo: newBrandLogo(b.Logo)}
}

// NewPublicBrand maps the brand with the merchant's name.
func NewPublicBrand(b message.Brand, name string) *PublicBrand {
	return &PublicBrand{Name: name, Accent: b.Accent, Logo: newBrandLogo(b.Logo)}
}

func newBrandLogo(l *message.Logo) *BrandLogo {
	if l == nil {
		return nil
	}
	return &BrandLogo{URL: message.LogoPath + l.Hash, Width: l.Width, Height: l.Height}
}
