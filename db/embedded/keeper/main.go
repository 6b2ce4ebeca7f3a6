// Command keeper is the keeper of an embedded Postgres as a program of its own,
// for test binaries, which cannot run themselves in that role. The meguri
// binary is its own keeper.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/meguri-crm/meguri/db/embedded"
)

func main() {
	if err := embedded.Keep(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "keeper:", err)
		os.Exit(1)
	}
}
