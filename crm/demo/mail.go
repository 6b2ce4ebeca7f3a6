package demo

import (
	"context"
	"html"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/meguri-crm/meguri/crm/message/link"
	"github.com/meguri-crm/meguri/crm/message/mailbox"
	"github.com/meguri-crm/meguri/db"
)

// letter is a campaign's mail in the mailbox, as its reader sees it.
type letter struct {
	id       int64
	reader   string
	from     time.Time // when the play with it begins
	round    int
	ref      link.Ref // whom and what it is of
	pixel    string   // paths
	links    []string
	goodbye  string
	upcoming []act // what is still to come, in the order of time
}

// The links of a mail that lead back here: by their paths, wherever the server
// is reached.
var (
	pixelPath   = regexp.MustCompile(`/t/o/[\w-]+`)
	clickPath   = regexp.MustCompile(`/t/c/[\w-]+`)
	goodbyePath = regexp.MustCompile(`/u/[\w-]+`)
)

// lettersPerLook bounds what one look into the mailbox reads.
const lettersPerLook = 500

// look reads the campaign mails behind a mail of the mailbox, those that came
// since a time, or, of a late round, up to a mail. Letters to anybody but the
// seed's people are left unread. last is the last mail it saw.
func (s *Service) look(ctx context.Context, after int64, since time.Time, st *state) (letters []*letter, last int64, err error) {
	late := st.Late
	upTo := st.LateUpTo
	if late.IsZero() {
		upTo = 0
	}
	rows, err := s.DB.Pool.Query(ctx, `SELECT id, received_at, rcpt_to, raw FROM mailbox_mails
		WHERE id > $1 AND (received_at >= $2 OR id <= $3) ORDER BY id LIMIT $4`, after, since, upTo, lettersPerLook)
	if err != nil {
		return nil, after, db.Fault(err)
	}
	last = after
	var m db.MailboxMail
	_, err = pgx.ForEachRow(rows, []any{&m.ID, &m.ReceivedAt, &m.RcptTo, &m.Raw}, func() error {
		last = m.ID
		l := s.open(&m)
		if l == nil || l.ref.CustomerID > st.people {
			return nil
		}
		l.from = m.ReceivedAt
		if m.ID <= upTo {
			l.from, l.round = late, st.Round
		}
		if l.upcoming = play(l.goodbye, l.reader, l.round); len(l.upcoming) > 0 {
			letters = append(letters, l)
		}
		return nil
	})
	return letters, last, db.Fault(err)
}

// open is what a mail holds for its reader; nil for one that is no campaign's,
// or of another installation.
func (s *Service) open(m *db.MailboxMail) *letter {
	content := mailbox.Read(m.Raw)
	body := html.UnescapeString(content.HTML)
	l := &letter{
		id: m.ID, reader: strings.ToLower(m.RcptTo), pixel: pixelPath.FindString(body), links: clickPath.FindAllString(body, -1),
		goodbye: goodbyePath.FindString(body),
	}
	var err error
	if l.ref, err = s.Signer.Parse(link.Unsubscribe, strings.TrimPrefix(l.goodbye, "/u/")); err != nil || len(l.links) == 0 {
		return nil
	}
	return l
}
