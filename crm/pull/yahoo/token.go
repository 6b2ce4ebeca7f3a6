package yahoo

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/pull/source"
)

const (
	// early renews a token before it ends, so that it does not end on the way.
	early = 2 * time.Minute
	// How long a refresh token is good from the day the merchant gave leave:
	// four weeks with a registered public key, else twelve hours.
	signedFor   = 28 * 24 * time.Hour
	unsignedFor = 12 * time.Hour
)

// authorize makes sure of an access token: an hour's, made of the refresh token.
func (c *client) authorize(ctx context.Context) error {
	if c.token != "" && c.tools.Clock.Now().Before(c.tokenUntil) {
		return nil
	}
	raw, err := c.tools.Do(ctx, source.Call{
		Name: "token", Judge: judgeToken,
		Make: func(ctx context.Context) (*http.Request, error) {
			return c.tokenRequest(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {c.c["refreshToken"]}})
		},
	})
	if err != nil {
		return err
	}
	return c.hand(ctx, raw)
}

// Redeem makes tokens of the code that Yahoo! shows once the merchant has given
// leave, and keeps the refresh token.
func (c *client) Redeem(ctx context.Context, code, redirect string) (source.Credentials, error) {
	raw, err := c.tools.Do(ctx, source.Call{
		Name: "token", Judge: judgeToken,
		Make: func(ctx context.Context) (*http.Request, error) {
			return c.tokenRequest(ctx, url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {redirect}})
		},
	})
	if err != nil {
		return nil, err
	}
	var answer struct {
		RefreshToken string `json:"refresh_token"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil || answer.RefreshToken == "" {
		return nil, source.Unreadably("no refresh_token", err)
	}
	good := unsignedFor
	if c.key != nil {
		good = signedFor
	}
	return source.Credentials{"refreshToken": answer.RefreshToken, "_expires": c.tools.Clock.Now().Add(good).Format(time.RFC3339)}, nil
}

func (c *client) tokenRequest(ctx context.Context, form url.Values) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.tokens+"/yconnect/v2/token", strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(url.QueryEscape(c.c["clientId"]), url.QueryEscape(c.c["clientSecret"]))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return req, nil
}

// hand takes the tokens that were handed out. A new refresh token takes the
// place of the old one, which is kept at once: it is good only once.
func (c *client) hand(ctx context.Context, raw []byte) error {
	var answer struct {
		AccessToken  string      `json:"access_token"`
		RefreshToken string      `json:"refresh_token"`
		ExpiresIn    source.Text `json:"expires_in"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil || answer.AccessToken == "" {
		return source.Unreadably("no access_token", err)
	}
	c.token, c.tokenUntil = answer.AccessToken, c.tools.Clock.Now().Add(expiresIn(answer.ExpiresIn)-early)
	if answer.RefreshToken == "" || answer.RefreshToken == c.c["refreshToken"] {
		return nil
	}
	c.c["refreshToken"] = answer.RefreshToken
	if c.tools.Keep == nil {
		return nil
	}
	return c.tools.Keep(ctx, source.Credentials{"refreshToken": answer.RefreshToken})
}

func judgeToken(status int, _ http.Header, body []byte) *source.Trouble {
	var said struct{ Error source.Text }
	_ = json.Unmarshal(body, &said)
	t := source.ByStatus(status)
	switch said.Error {
	case "invalid_grant":
		return source.Lasting(source.AccessEnded, "invalid_grant")
	case "invalid_client", "unauthorized_client":
		return source.Lasting(source.KeyRefused, said.Error.String())
	}
	return t
}

// sign adds the signature by public key, which lets access last for four weeks:
// the store account and the time, encrypted for Yahoo!.
func (c *client) sign(req *http.Request) error {
	if c.key == nil {
		return nil
	}
	plain := c.c["sellerId"] + ":" + strconv.FormatInt(c.tools.Clock.Now().Unix(), 10)
	sealed, err := rsa.EncryptPKCS1v15(rand.Reader, c.key, []byte(plain)) // what the service demands; nothing secret is in it
	if err != nil {
		return err
	}
	req.Header.Set("X-Sws-Signature", base64.StdEncoding.EncodeToString(sealed))
	req.Header.Set("X-Sws-Signature-Version", c.c["keyVersion"])
	return nil
}

var errKey = errors.New("no RSA public key in PEM")

// readKey reads the public key as ストアクリエイターPro shows it.
func readKey(text string) (*rsa.PublicKey, error) {
	block, _ := pem.Decode([]byte(strings.TrimSpace(text) + "\n"))
	if block == nil {
		return nil, errKey
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, errKey
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, errKey
	}
	return key, nil
}
