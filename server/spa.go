package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// spa serves the built single-page application from memory: hashed files for
// ever, index.html checked each time and given for every path the router of the
// application may know. Texts are kept compressed.
type spa struct {
	files map[string]*asset
	// Pages that are no files of the application; nil when not built.
	ide    *asset // the GraphQL IDE
	member *asset // the page of shoppers
}

type asset struct {
	plain       []byte
	zipped      []byte // nil where it would not be smaller
	contentType string
	etag        string
}

// notBuilt is shown by a binary that was built without the application.
const notBuilt = `<!doctype html><meta charset="utf-8"><title>Meguri</title>
<h1>The application is not built in</h1>
<p>The server runs, and <code>/graphql</code> answers. To have the screens, run <code>make build</code> (or <code>make run</code>) and start it again.</p>
`

func newSPA(dist fs.FS) (*spa, error) {
	s := &spa{files: map[string]*asset{}}
	err := fs.WalkDir(dist, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err
		}
		content, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		s.files[name], err = newAsset(name, content)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the built application: %w", err)
	}
	s.ide, s.member = s.files["ide.html"], s.files["member.html"]
	delete(s.files, "ide.html")
	delete(s.files, "member.html")
	return s, nil
}

func newAsset(name string, content []byte) (*asset, error) {
	sum := sha256.Sum256(content)
	a := &asset{plain: content, contentType: mime.TypeByExtension(path.Ext(name)), etag: `"` + hex.EncodeToString(sum[:8]) + `"`}
	if path.Ext(name) == ".webmanifest" { // which not every system knows
		a.contentType = "application/manifest+json"
	}
	if a.contentType == "" {
		a.contentType = http.DetectContentType(content)
	}
	if !compressible(a.contentType) {
		return a, nil
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, err = z.Write(content)
	if err := errors.Join(err, z.Close()); err != nil {
		return nil, err
	}
	if b.Len() < len(content) {
		a.zipped = b.Bytes()
	}
	return a, nil
}

func compressible(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.Contains(contentType, "javascript") ||
		strings.Contains(contentType, "json") || strings.Contains(contentType, "svg")
}

func (s *spa) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	file, found := s.files[name]
	switch {
	case found && strings.HasPrefix(name, "assets/"): // Vite puts a hash into these names
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	case found:
		w.Header().Set("Cache-Control", "no-cache")
	case strings.HasPrefix(name, "assets/"): // of another build; HTML in its place would be an error hard to read
		http.NotFound(w, r)
		return
	default:
		w.Header().Set("Cache-Control", "no-cache")
		if file, found = s.files["index.html"]; !found {
			file = &asset{plain: []byte(notBuilt), contentType: "text/html; charset=utf-8", etag: `"none"`}
		}
	}
	file.serve(w, r)
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Add("Vary", "Accept-Encoding")
	body := a.plain
	if a.zipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") && r.Header.Get("Range") == "" {
		body = a.zipped
		h.Set("Content-Encoding", "gzip")
		h.Set("Etag", strings.TrimSuffix(a.etag, `"`)+`-gzip"`)
	} else {
		h.Set("Etag", a.etag)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}
