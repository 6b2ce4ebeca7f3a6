package server

import (
	"net/http"

	"github.com/meguri-crm/meguri/crm/mailchange"
)

// mailChanges are the routes of the links in mails that ask an address. A GET changes
// nothing.
func (rs *routes) mailChanges(mux *http.ServeMux) {
	own := http.NewCrossOriginProtection()
	mux.HandleFunc("GET "+mailchange.ConfirmPath+"{token}", func(w http.ResponseWriter, r *http.Request) {
		st, err := rs.app.MailChanges.Look(r.Context(), r.PathValue("token"))
		rs.addressStands(w, r, st, err)
	})
	mux.Handle("POST "+mailchange.ConfirmPath+"{token}", own.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		st, err := rs.app.MailChanges.Confirm(r.Context(), r.PathValue("token"))
		rs.addressStands(w, r, st, err)
	})))
}

// addressStands answers with where an address stands.
func (rs *routes) addressStands(w http.ResponseWriter, r *http.Request, st *mailchange.Standing, err error) {
	if st == nil {
		rs.refuse(w, r, err, "address.unknown")
		return
	}
	key, status, page := "address.confirm", http.StatusOK, noticePage{}
	switch {
	case st.Confirmed:
		key = "address.confirmed"
	case err != nil:
		key, status = "address.expired", http.StatusGone
	default:
		page.Buttons = []pageButton{{Action: r.URL.Path, Label: said(st.Locale, "address.button")}}
	}
	page.Text = said(st.Locale, key+".text")
	rs.public(w, r, status, "message.html", st.Locale, said(st.Locale, key+".title"), page)
}
