package member

import (
	"context"
	"errors"

	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/points"
)

// Installed takes down that a member has the merchant's app on a device, as the app
// calls it. He gets what the rules give for it, once, whatever he installs it on, and
// points says how much came of it now.
// Errors: fault.Invalid REQUIRED, TOO_LONG; fault.Precondition NOT_A_MEMBER,
// DEVICE_TAKEN for a device on which somebody else has had the app.
func (s *Service) Installed(ctx context.Context, customer int64, device string) (given int64, err error) {
	switch {
	case device == "":
		return 0, fault.New(fault.Invalid, "the device has a name").WithCode("REQUIRED").At("deviceId")
	case len(device) > 100:
		return 0, fault.New(fault.Invalid, "at most 100 bytes").WithCode("TOO_LONG").At("deviceId")
	}
	rc, worth, err := points.Desk{Service: s.points}.Award(ctx, points.Act{CustomerID: customer, Action: points.ActionAppInstall, Ref: device})
	if f := (*fault.Error)(nil); errors.As(err, &f) {
		switch f.Field { // he has said neither
		case "reference":
			f.Field = "deviceId"
		case "customerId":
			f.Field = ""
		}
	}
	if err != nil || rc.Replayed {
		return 0, err
	}
	return worth.Total, nil
}
