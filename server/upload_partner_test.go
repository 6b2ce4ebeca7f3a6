package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/gid"
)

// A program brings members as JSON Lines: they are sent, taken in by a worker,
// and what cannot be is told as JSON Lines, with its place.
func TestAProgramBringsMembers(t *testing.T) {
	s := newSite(t)
	shop := s.insert(`INSERT INTO shops (code, name, mall) VALUES ('own', '自社', 'OWN_SITE') RETURNING id`)
	bearer := func(name string, scopes ...access.Scope) string {
		id, secret := s.partner(name, scopes...)
		_, a := s.token(url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}.Encode())
		return a.AccessToken
	}
	token := bearer("基幹システム", access.ScopeImportsWrite, access.ScopeImportsRead, access.ScopeShopsRead)
	lines := `{"memberNo": "M1", "profile": {"familyName": "佐藤"}, "joinedAt": "2024-11-03T10:12:00+09:00"}
{"memberNo": "M2", "profile": {"birthDate": "1990-02-28"}}
{"memberNo": "M3"`
	sent, body := s.do(http.MethodPost, "/uploads?name=members.jsonl", lines, "Authorization", "Bearer "+token)
	var upload struct{ UploadID string }
	if err := json.Unmarshal(body, &upload); err != nil || sent.StatusCode != http.StatusCreated {
		t.Fatalf("%d %s, %v", sent.StatusCode, body, err)
	}
	start := func(wording string) (id, refused string) {
		r := s.with(token, `mutation($input: StartImportInput!) { startImport(input: $input) { import { id } userErrors { code } } }`,
			map[string]any{"input": map[string]any{"uploadId": upload.UploadID, "shopId": gid.Encode("Shop", shop), "consentWording": wording, "idempotencyKey": "night-1"}})
		var made struct {
			StartImport struct {
				Import     struct{ ID string }
				UserErrors []struct{ Code string }
			}
		}
		if err := json.Unmarshal(r.Data, &made); err != nil {
			t.Fatalf("%s %v, %v", r.Data, r.Errors, err)
		}
		for _, e := range made.StartImport.UserErrors {
			refused += e.Code
		}
		return made.StartImport.Import.ID, refused
	}
	id, refusedFor := start("")
	if again, _ := start(""); id == "" || again != id {
		t.Fatalf("import %q (%s), asked again %q", id, refusedFor, again)
	}
	if other, code := start("お知らせを受け取る"); other != "" || code != "IDEMPOTENCY_KEY_REUSED" {
		t.Errorf("another request with its key: %q, %q", other, code)
	}
	if err := s.app.Intake.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := s.with(token, `query($id: ID!) { import(id: $id) { status progress rowsTotal inserted quarantined } }`, map[string]any{"id": id})
	if want := `{"import":{"status":"DONE","progress":1,"rowsTotal":3,"inserted":2,"quarantined":1}}`; string(told.Data) != want {
		t.Errorf("%s %v, want %s", told.Data, told.Errors, want)
	}
	path := "/imports/" + id + "/quarantine.jsonl"
	answer, refused := s.do(http.MethodGet, path, "", "Authorization", "Bearer "+token)
	if form := answer.Header.Get("Content-Type"); !strings.HasPrefix(form, "application/jsonl") {
		t.Errorf("it is said to be %s", form)
	}
	sentLines := strings.Split(lines, "\n")
	var codes []string
	for line := range bytes.Lines(refused) {
		var r struct {
			Line               int
			Code, Message, Raw string
			More               []any
		}
		if err := json.Unmarshal(line, &r); err != nil || r.Message == "" || r.More == nil || r.Line < 1 || r.Line > 3 || r.Raw != sentLines[r.Line-1] {
			t.Errorf("%s, %v", line, err)
		}
		codes = append(codes, r.Code)
	}
	if got := strings.Join(codes, " "); got != "BAD_JSON" {
		t.Errorf("refused: %s", got)
	}
	other, why := s.do(http.MethodGet, path, "", "Authorization", "Bearer "+bearer("他社", access.ScopeImportsRead))
	if other.StatusCode != http.StatusForbidden || !strings.Contains(string(why), `"params":{"scope":"imports:write"}`) {
		t.Errorf("who may only read: %d %s", other.StatusCode, why)
	}
}
