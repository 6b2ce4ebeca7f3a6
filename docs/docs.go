// Package docs owns the documents that are handed out with the program. It
// promises that they are those of the same version, and leaves serving them to
// the server.
package docs

import "embed"

//go:embed api*.md orders*.md members*.md formats*.md member-page*.md
var files embed.FS

// Document is one of them, in Markdown.
type Document struct {
	Name     string // as in its address
	English  []byte
	Japanese []byte // empty while it is not translated
}

// In is the document in a language, in English where it is not translated.
func (d Document) In(language string) (text []byte, in string) {
	if language == "ja" && len(d.Japanese) > 0 {
		return d.Japanese, "ja"
	}
	return d.English, "en"
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
	d := Document{Name: name}
	d.English, _ = files.ReadFile(name + ".md")
	d.Japanese, _ = files.ReadFile(name + ".ja.md")
	return d
}
