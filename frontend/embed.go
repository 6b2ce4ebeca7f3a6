// Package frontend carries the built single-page application inside the binary.
//
// It owns the files under dist and nothing else; serving them, with their cache
// headers and the fallback to index.html, is left to package server. Before
// `npm run build` has run, dist holds no index.html and the server says so.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist returns the built application, rooted at its index.html.
func Dist() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil { // dist is embedded by name above, so this cannot happen
		panic(err)
	}
	return sub
}
