package stress

import (
	"bytes"
	"net/mail"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/campaign"
	"github.com/meguri-crm/meguri/crm/message/channel/channeltest"
	"github.com/meguri-crm/meguri/server/servertest"
)

// TestKillsOfTheWorker sends a campaign to 2,000 through a difficult receiver,
// kills the worker three times in the middle and stops one in good order.
func TestKillsOfTheWorker(t *testing.T) { killsOfTheWorker(t, 2_000) }

// TestSoakKillsOfTheWorker is the same with 20,000.
func TestSoakKillsOfTheWorker(t *testing.T) { killsOfTheWorker(t, 20_000) }

func killsOfTheWorker(t *testing.T, people int) {
	const kills = 3
	post := newPost(t)
	in := servertest.New(t).With("MEGURI_DEV=on", "MEGURI_SMTP_URL=smtp://"+post.Addr+"?tls=none&connections=8")
	server := in.Start(t, "serve", "--workers=0")
	in.Serving(t, server)
	beside := in.Beside(t)
	second := beside.Start(t, "serve", "--workers=0")
	beside.Serving(t, second)
	m := newMerchant(t, in, server)
	m.subscribers(people)

	post.allow(people / 5)
	worker := in.Start(t, "worker")
	id := m.campaign("年末感謝祭")
	watched := []<-chan metrics{watch(t, m.Client, id), watch(t, m.At(beside), id)}
	for kill := range kills {
		post.full(t)
		worker.Signal(t, syscall.SIGKILL)
		if m.count("SELECT count(*) FROM messages WHERE status = 'SENDING'") == 0 {
			t.Error("nothing was in hand at the kill: it shows nothing")
		}
		// What the killed one handed to the network still comes in; an outcome is
		// written down by a living worker only.
		const outcomes = "SELECT count(*) FROM messages WHERE status IN ('SENT', 'UNCERTAIN')"
		tried, written := m.count("SELECT count(*) FROM messages WHERE attempts > 0"), m.count(outcomes)
		at := time.Now()
		worker = in.Start(t, "worker")
		post.allow((kill + 2) * people / 5)
		servertest.Within(t, 2*time.Minute, "mails go out again", func() bool { return m.count(outcomes) > written })
		t.Logf("kill %d in the middle of %d mails: the next worker's first outcome came %v after its start", kill+1, tried, time.Since(at).Round(time.Millisecond))
	}
	post.full(t)
	post.allow(10 * people)
	worker.Signal(t, syscall.SIGTERM)
	if code := worker.Wait(t); code != 0 {
		t.Errorf("the worker that was told to stop ended with %d:\n%s", code, worker.Output)
	}
	leased := m.count("SELECT count(*) FROM messages WHERE status = 'SENDING' AND due_at > now()")
	if most := int64(kills * campaign.InHand); leased > most {
		t.Errorf("%d messages are in hand of nobody, more than the %d of the killed", leased, most)
	}
	in.Start(t, "worker")
	servertest.Within(t, 2*time.Minute, "all have had a first try", func() bool {
		return m.ask("SELECT count(*) FROM messages WHERE status = 'SENDING' OR status = 'QUEUED' AND attempts = 0") == 0
	})
	if n := m.count("SELECT count(*) FROM messages WHERE status = 'QUEUED' AND attempts > 0 AND smtp_reply LIKE '451%'"); n == 0 {
		t.Error("nobody waits for another try after a 451")
	}
	m.exec("UPDATE messages SET due_at = now() WHERE status = 'QUEUED'") // the minutes go by
	for i, w := range watched {
		select {
		case final := <-w:
			if got := final.Total; final.Status != "SENT" || got.Sent != int64(people-people/100) || got.Queued != 0 {
				t.Errorf("server %d showed %+v at last", i+1, final)
			}
		case <-time.After(2 * time.Minute):
			t.Fatalf("server %d never showed the end", i+1)
		}
	}
	post.check(m, people, kills*campaign.InHand)
}

// post is a receiver that is difficult in known ways, by the number in an
// address, and takes no more mails than it is allowed to.
type post struct {
	*channeltest.Sink

	mu      sync.Mutex
	change  *sync.Cond
	allowed int
	copies  map[int][]string // Message-IDs by number
	asked   map[int]bool
}

func newPost(t *testing.T) *post {
	t.Helper()
	p := &post{Sink: channeltest.NewSink(t), copies: map[int][]string{}, asked: map[int]bool{}}
	p.change = sync.NewCond(&p.mu)
	p.Answer, p.Took = p.answer, p.took
	t.Cleanup(func() { p.allow(1 << 30) })
	return p
}

// number of c17@example.com is 17.
func number(address string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(strings.Split(address, "@")[0], "c"))
	return n
}

func refuses(n int) bool { return n%100 == 3 } // 1 %: 550
func defers(n int) bool  { return n%50 == 11 } // 2 %: 451, the first time
func breaks(n int) bool  { return n%200 == 7 } // 0.5 %: takes the mail and breaks the line

func (p *post) answer(to string) channeltest.Answer {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := number(to)
	first := !p.asked[n]
	p.asked[n] = true
	switch {
	case refuses(n):
		return channeltest.RefuseRcpt
	case defers(n) && first:
		return channeltest.DeferRcpt
	case breaks(n):
		return channeltest.TakeThenBreak
	}
	return channeltest.Take
}

// took keeps which mail it was, and says so to its sender once it is allowed.
func (p *post) took(_, to string, raw []byte) {
	var id string
	if got, err := mail.ReadMessage(bytes.NewReader(raw)); err == nil {
		id = got.Header.Get("Message-Id")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.copies[number(to)] = append(p.copies[number(to)], id)
	p.change.Broadcast()
	for taken, _ := p.Taken(); int(taken) > p.allowed; taken, _ = p.Taken() {
		p.change.Wait()
	}
}

func (p *post) allow(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.allowed = n
	p.change.Broadcast()
}

// full waits until it has taken more than it is allowed to answer.
func (p *post) full(t *testing.T) {
	t.Helper()
	servertest.Within(t, 2*time.Minute, "the receiver has taken as much as it may", func() bool {
		taken, _ := p.Taken()
		p.mu.Lock()
		defer p.mu.Unlock()
		return int(taken) > p.allowed
	})
}

// check counts what arrived against what the program says.
func (p *post) check(m *merchant, people, inHand int) {
	m.t.Helper()
	rows, err := m.db.Pool.Query(m.t.Context(), `SELECT c.email, m.status, m.uncertain, m.reason FROM messages m JOIN customers c ON c.id = m.customer_id`)
	if err != nil {
		m.t.Fatal(err)
	}
	defer rows.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	var seen, twice, uncertain, broken int
	for rows.Next() {
		var email, status, reason string
		var unsure bool
		if err := rows.Scan(&email, &status, &unsure, &reason); err != nil {
			m.t.Fatal(err)
		}
		n := number(email)
		got := p.copies[n]
		seen++
		for _, id := range got[min(1, len(got)):] {
			if id != got[0] {
				m.t.Errorf("c%d got two mails with different Message-IDs", n)
			}
		}
		if refuses(n) {
			if len(got) != 0 || status != "BOUNCED" {
				m.t.Errorf("c%d, who is not there, has %d mails and is %s", n, len(got), status)
			}
			continue
		}
		if len(got) == 0 || status != "SENT" && status != "UNCERTAIN" {
			m.t.Errorf("c%d is lost: %d mails, %s %s", n, len(got), status, reason)
		}
		if len(got) > 1 {
			twice++
			if !unsure || status != "UNCERTAIN" {
				m.t.Errorf("c%d got %d mails and is %s", n, len(got), status)
			}
		}
		if breaks(n) {
			broken++
			if status != "UNCERTAIN" {
				m.t.Errorf("c%d, whose answer was lost, is %s", n, status)
			}
		} else if unsure {
			uncertain++
		}
	}
	if err := rows.Err(); err != nil || seen != people {
		m.t.Errorf("%d messages, want %d, %v", seen, people, err)
	}
	if twice > inHand || uncertain > inHand {
		m.t.Errorf("%d got a second copy and %d are uncertain, more than the %d in hand at the kills", twice, uncertain, inHand)
	}
	if n := m.count("SELECT count(*) FROM suppressions WHERE reason = 'HARD_BOUNCE'"); n != int64(people/100) {
		m.t.Errorf("%d addresses are suppressed, want the %d that do not exist", n, people/100)
	}
	m.t.Logf("%d people: nobody lost, %d got a second copy, %d named uncertain for the kills and %d for lost answers", people, twice, uncertain, broken)
}
