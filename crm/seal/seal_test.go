package seal_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/seal"
)

var oldSecret, newSecret = strings.Repeat("o", 32), strings.Repeat("n", 32)

func sealer(t *testing.T, secrets, use string) *seal.Sealer {
	t.Helper()
	s, err := seal.New(secrets, use)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhatIsSealedOpensForItsOwnerUseAndSecretOnly(t *testing.T) {
	sealed := sealer(t, oldSecret, "one").Seal([]byte("plain"), "owner")
	for name, c := range map[string]struct {
		secrets, use, owner string
		opens               bool
	}{
		"as it was sealed":        {oldSecret, "one", "owner", true},
		"after the secret turned": {newSecret + ", " + oldSecret, "one", "owner", true},
		"another secret":          {newSecret, "one", "owner", false},
		"another use":             {oldSecret, "two", "owner", false},
		"another owner":           {oldSecret, "one", "other", false},
	} {
		plain, err := sealer(t, c.secrets, c.use).Open(sealed, c.owner)
		if c.opens && (err != nil || string(plain) != "plain") {
			t.Errorf("%s: %q, %v", name, plain, err)
		}
		if !c.opens && !errors.Is(err, seal.ErrLocked) {
			t.Errorf("%s: %q, %v; want ErrLocked", name, plain, err)
		}
	}
	if _, err := sealer(t, oldSecret, "one").Open([]byte("short"), "owner"); !errors.Is(err, seal.ErrLocked) {
		t.Errorf("bytes that nobody sealed: %v, want ErrLocked", err)
	}
}
