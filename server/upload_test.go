package server

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
)

// TestUploadOfAZip keeps every file of a zip that can be kept, and says of the
// others why not; a zip of which none can is refused.
func TestUploadOfAZip(t *testing.T) {
	s := newSite(t)
	token, err := s.app.Access.StaffToken(access.As(t.Context(), access.Principal{Kind: access.ActorCommand}), testEmail, time.Hour, access.ScopeImportsWrite)
	if err != nil {
		t.Fatal(err)
	}
	send := func(files ...string) (int, sentAnswer) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := 0; i < len(files); i += 2 {
			w, err := z.Create(files[i])
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, files[i+1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		resp, body := s.do(http.MethodPost, "/uploads?name=all.zip", b.String(), "Authorization", "Bearer "+token)
		var answer sentAnswer
		if err := json.Unmarshal(body, &answer); err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		return resp.StatusCode, answer
	}
	status, a := send("a.png", "\x89PNG\r\n\x1a\n", "b.csv", "sku,stock\nA,1\n", "c.csv", "a,b\n1,2\n")
	if status != http.StatusCreated || len(a.Uploads) != 3 || a.Uploads[0].Error == nil || a.Uploads[0].Error.Code != "NOT_TEXT" ||
		a.Uploads[1].Name != "b.csv" || a.Uploads[1].Size != 14 || a.UploadID == "" || a.UploadID != a.Uploads[1].UploadID || a.Uploads[2].UploadID == "" {
		t.Errorf("%d %+v", status, a)
	}
	if status, a := send("[Content_Types].xml", "<x/>"); status != http.StatusBadRequest || a.Error.Code != "EXCEL_FILE" {
		t.Errorf("a workbook: %d %+v", status, a)
	}
	if status, a := send("a.png", "\x89PNG\r\n\x1a\n"); status != http.StatusBadRequest || a.Error.Code != "NOT_TEXT" {
		t.Errorf("a picture: %d %+v", status, a)
	}
}

type sentAnswer struct {
	UploadID string
	Uploads  []sentFile
	Error    refusedFile
}
