// Package docs owns the documents that are handed out with the program, each in
// English and in Japanese. It promises that they are those of the same version, and
// leaves serving them to the server.
package docs

import "embed"

//go:embed api.md orders.md members.md formats.md member-page.md
//go:embed api.ja.md orders.ja.md members.ja.md formats.ja.md member-page.ja.md
var files embed.FS

// Document is one of them, in Markdown.
type Document struct {
	Name     string // as in its address
	English  []byte
	Japanese []byte
}

// The documents.
var (
	API        = read("api")         // how programs of partners call the API, with examples
	Orders     = read("orders")      // how the orders of a shop come all at once
	Members    = read("members")     // how members come from another CRM, with their history
	Formats    = read("formats")     // which columns of which files are read, and what becomes of them
	MemberPage = read("member-page") // what the member's page shows, and how an app shows it, too
)

// All are the documents in the order in which they are shown.
var All = []Document{API, Orders, Members, Formats, MemberPage}

func read(name string) Document {
	return Document{Name: name, English: file(name + ".md"), Japanese: file(name + ".ja.md")}
}

func file(name string) []byte {
	text, err := files.ReadFile(name)
	if err != nil {
		panic("docs: " + err.Error()) // it is in the list above
	}
	return text
}
