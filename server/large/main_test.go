package large

import (
	"testing"

	"github.com/meguri-crm/meguri/server/command"
	"github.com/meguri-crm/meguri/server/servertest"
)

// The test binary is also the program: it keeps the embedded Postgres.
func TestMain(m *testing.M) { servertest.Main(m, command.Main) }
