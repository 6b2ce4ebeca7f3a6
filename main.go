// Command meguri is the loyalty CRM: server, workers and tools in one binary.
package main

import (
	"os"

	"github.com/meguri-crm/meguri/server/command"
)

func main() { os.Exit(command.Main(os.Args, os.Stdout, os.Stderr)) }
