package stress

import (
	"testing"

	"github.com/meguri-crm/meguri/server/command"
	"github.com/meguri-crm/meguri/server/servertest"
)

// The test binary is also the program.
func TestMain(m *testing.M) { servertest.Main(m, command.Main) }
