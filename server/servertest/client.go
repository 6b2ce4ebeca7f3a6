package servertest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/db"
)

// Client asks one node over GraphQL as a member of staff.
type Client struct {
	// URL is the node's address, with the scheme.
	URL   string
	token string
	http  *http.Client
}

// Owner signs in as the owner that the first start of serving made.
func (in *Installation) Owner(t testing.TB, serving *Process) *Client {
	t.Helper()
	told := regexp.MustCompile(`sign in  (\S+@\S+)  (\S{16,})`)
	var found []string
	Eventually(t, "it tells the sign-in", func() bool { // which comes line by line, after the address that answers already
		found = told.FindStringSubmatch(serving.Output.String())
		return found != nil
	})
	return in.SignIn(t, found[1], found[2])
}

// SignIn signs a member of staff in.
func (in *Installation) SignIn(t testing.TB, email, password string) *Client {
	t.Helper()
	c := &Client{URL: "http://" + in.Addr, http: &http.Client{Timeout: 30 * time.Second}}
	data := Must[struct{ SignIn struct{ AccessToken string } }](t, c,
		`mutation($email: String!, $password: String!) { signIn(input: {email: $email, password: $password}) { accessToken userErrors { code } } }`,
		map[string]any{"email": email, "password": password})
	if data.SignIn.AccessToken == "" {
		t.Fatal("the sign-in was refused")
	}
	c.token = data.SignIn.AccessToken
	return c
}

// At is the same person at another node.
func (c *Client) At(in *Installation) *Client {
	return &Client{URL: "http://" + in.Addr, token: c.token, http: c.http}
}

// Token is the access token.
func (c *Client) Token() string { return c.token }

// Do runs an operation and reads its data into data. An error says that the
// outcome is not known, or that the operation failed as a whole.
func (c *Client) Do(ctx context.Context, query string, variables map[string]any, data any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	raw, err := c.Post(ctx, "/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return fmt.Errorf("%w: %.200s", err, raw)
	}
	if len(answer.Errors) > 0 {
		return errors.New(answer.Errors[0].Message)
	}
	return json.Unmarshal(answer.Data, data)
}

// Must is Do that has to succeed; data is of the type asked for.
func Must[T any](t testing.TB, c *Client, query string, variables map[string]any) (data T) {
	t.Helper()
	if err := c.Do(t.Context(), query, variables, &data); err != nil {
		t.Fatalf("%.120s: %v", query, err)
	}
	return data
}

// Post sends a body and reads the answer; a status from 300 on is an error.
func (c *Client) Post(ctx context.Context, path, contentType string, body io.Reader) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", contentType)
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= http.StatusMultipleChoices {
		err = fmt.Errorf("%s: %s: %.200s", path, res.Status, raw)
	}
	return raw, err
}

// DB opens the installation's database, beside the program.
func (in *Installation) DB(t testing.TB) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), in.DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() }) // its connections may be cut by then
	return d
}

// DSN reaches the installation's database; the socket stays where it is when
// the server is started again.
func (in *Installation) DSN(t testing.TB) string {
	t.Helper()
	content, err := os.ReadFile(in.pidFile())
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(content), "\n") // the fifth is the socket's folder
	return fmt.Sprintf("host='%s' port=5432 user=postgres dbname=meguri sslmode=disable", strings.TrimSpace(lines[4]))
}
