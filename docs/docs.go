// Package docs owns the documents that are handed out with the program. It
// promises that they are those of the same version, and leaves serving them to
// the server.
package docs

import _ "embed"

// Formats says which columns of which files are read, and what becomes of them.
//
//go:embed formats.md
var Formats []byte

// Members says how members come from another CRM, with their history.
//
//go:embed members.md
var Members []byte

// Orders says how the orders of a shop come all at once.
//
//go:embed orders.md
var Orders []byte

// API says how programs of partners call the API, with examples.
//
//go:embed api.md
var API []byte
