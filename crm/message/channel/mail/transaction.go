package mail

import (
	"errors"
	"strings"
	"time"

	"github.com/meguri-crm/meguri/crm/message/channel"
)

// result is what became of one transaction and of its connection.
type result struct {
	outcome channel.Outcome
	// broken: the connection cannot be used any more.
	broken bool
	// unheard: the connection broke before the server answered anything, as one
	// that it had closed in the meantime does; the mail may go at once over
	// another.
	unheard bool
}

// transact sends one mail: MAIL, RCPT and DATA, in one write where the server
// offers PIPELINING, then the content with its final dot in one write.
func (c *conn) transact(from, to string, content []byte) result {
	if err := c.net.SetDeadline(time.Now().Add(c.config.CommandTimeout)); err != nil {
		return unheard(err)
	}
	replies, err := c.envelope(from, to)
	switch {
	case err != nil && len(replies) == 0:
		return unheard(err)
	case err != nil:
		return lost(err)
	}
	if refusal := firstRefusal(replies); refusal >= 0 {
		return c.refuse(replies, refusal)
	}
	return c.content(content)
}

// envelope is the answers to MAIL, RCPT and DATA, as many as came.
func (c *conn) envelope(from, to string) ([]reply, error) {
	commands := []string{"MAIL FROM:<" + from + ">\r\n", "RCPT TO:<" + to + ">\r\n", "DATA\r\n"}
	var replies []reply
	if _, pipelining := c.extensions["PIPELINING"]; pipelining {
		if err := c.write(strings.Join(commands, "")); err != nil {
			return nil, err
		}
		for range commands {
			r, err := c.read()
			if err != nil {
				return replies, err
			}
			replies = append(replies, r)
			if r.closes() {
				break
			}
		}
		return replies, nil
	}
	for i, command := range commands {
		if err := c.write(command); err != nil {
			return replies, err
		}
		r, err := c.read()
		if err != nil {
			return replies, err
		}
		replies = append(replies, r)
		if i < 2 && !r.ok() {
			break
		}
	}
	return replies, nil
}

// firstRefusal is the index of the first answer that is a no, -1 when DATA may
// follow.
func firstRefusal(replies []reply) int {
	for i, r := range replies {
		if i == 2 && r.code != 354 || i < 2 && !r.ok() {
			return i
		}
	}
	return -1
}

// refuse ends a transaction whose envelope was refused and leaves the
// connection ready for the next mail.
func (c *conn) refuse(replies []reply, refusal int) result {
	r := result{outcome: classify(replies[refusal], step(refusal))}
	last := replies[len(replies)-1]
	if last.closes() {
		r.broken = true
		return r
	}
	// A server may answer a pipelined DATA with 354 although it took no
	// recipient; RFC 2920 3.1 wants an empty message then.
	if len(replies) == 3 && last.code == 354 {
		if _, err := c.command("."); err != nil {
			r.broken = true
			return r
		}
	}
	if reset, err := c.command("RSET"); err != nil || !reset.ok() {
		r.broken = true
	}
	return r
}

// content hands the mail over. Only after its last byte has left can the server
// have accepted it.
func (c *conn) content(content []byte) result {
	if err := c.net.SetDeadline(time.Now().Add(c.config.DataTimeout)); err != nil {
		return lost(err)
	}
	if n, err := c.net.Write(content); err != nil {
		if n < len(content) {
			return lost(err)
		}
		return uncertain(err)
	}
	answer, err := c.read()
	if err != nil {
		return uncertain(err)
	}
	c.sent++
	return result{outcome: classify(answer, stepContent), broken: answer.closes()}
}

func lost(err error) result {
	return result{outcome: channel.Outcome{Verdict: channel.Temporary, Err: errors.Join(errors.New("smtp: the connection broke before the mail was handed over"), err)}, broken: true}
}

func unheard(err error) result {
	r := lost(err)
	r.unheard = true
	return r
}

func uncertain(err error) result {
	return result{outcome: channel.Outcome{Verdict: channel.Uncertain, Err: errors.Join(errors.New("smtp: the connection broke before the mail was answered"), err)}, broken: true}
}

// step is the command an answer belongs to.
type step int

const (
	stepMail step = iota
	stepRcpt
	stepData
	stepContent
)

// classify reads an answer. 5xx is for good, except where it speaks of this
// client and not of this mail: a lapsed sign-in (530, 535, 538) or a command out
// of order (503).
func classify(r reply, at step) channel.Outcome {
	o := channel.Outcome{Code: r.code, Enhanced: r.enhanced}
	switch {
	case r.ok() && at == stepContent:
		o.Verdict = channel.Accepted
		return o
	case r.code/100 == 5 && r.code != 503 && r.code != 530 && r.code != 535 && r.code != 538:
		o.Verdict = channel.Permanent
		o.BadAddress = badAddress(r, at)
	default:
		o.Verdict = channel.Temporary
	}
	o.Err = errors.New("smtp: refused with " + o.Reply())
	return o
}

// badAddress: the mailbox or its domain does not exist (RFC 3463 X.1.1, X.1.2,
// X.1.3, X.1.6, X.1.10 and X.2.1), or the recipient was refused without an
// enhanced code by 550, 551 or 553, which then say the same (RFC 5321 4.2.3).
func badAddress(r reply, at step) bool {
	switch r.enhanced {
	case "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1":
		return true
	case "":
		return at == stepRcpt && (r.code == 550 || r.code == 551 || r.code == 553)
	}
	return false
}
