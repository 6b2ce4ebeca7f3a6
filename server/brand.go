package server

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/fault"
	"github.com/meguri-crm/meguri/crm/message"
)

// brand are the routes of the merchant's logo.
func (rs *routes) brand(mux *http.ServeMux) {
	mux.Handle("POST /uploads/logo", rs.logoUploads())
	mux.HandleFunc("GET "+message.LogoPath+"{hash}", rs.picture)
}

// logoUploads answers POST /uploads/logo: the body is the file. The answer is
// its path and size, {"url", "width", "height"}.
func (rs *routes) logoUploads() http.Handler {
	return rs.guarded(access.ScopeSettingsWrite, func(w http.ResponseWriter, r *http.Request) error {
		brand, err := rs.app.Messages.Brands.SetLogo(r.Context(), &moving{http.NewResponseController(w), r.Body})
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(map[string]any{
			"url": message.LogoPath + brand.Logo.Hash, "width": brand.Logo.Width, "height": brand.Logo.Height,
		})
		return nil
	})
}

// picture serves a picture to anybody, for good: an address never shows another
// one.
func (rs *routes) picture(w http.ResponseWriter, r *http.Request) {
	data, mediaType, err := rs.app.Messages.Brands.Picture(r.Context(), r.PathValue("hash"))
	if err != nil {
		if !fault.Is(err, fault.NotFound) {
			rs.app.Log.ErrorContext(r.Context(), "a picture could not be read", "error", err)
			http.Error(w, "try again later", http.StatusServiceUnavailable)
			return
		}
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // mail programs in browsers
	h.Set("Content-Security-Policy", "default-src 'none'")
	_, _ = w.Write(data)
}
