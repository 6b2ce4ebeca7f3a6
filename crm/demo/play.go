package demo

import (
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"time"
)

// Rates, in percent. Of a mail that has just come 12 are opened by a machine
// and 48 by a person; of those 3 unsubscribe and 45 click; of those 35 buy.
const (
	machineOpens = 12
	opens        = 48
	unsubscribes = 3
	clicks       = 45
	buys         = 35
	returns      = 15 // of the mails of days ago: taken up again in a late round
)

// How long people take.
const (
	meanOpening = 60 * time.Second
	lastOpening = 4 * time.Minute
	lastClick   = 25 * time.Second
	lastBuying  = 90 * time.Second

	// span is when everybody is through with a mail, and his order is in.
	span = lastOpening + lastClick + lastBuying + ordersEvery + 10*time.Second
)

// doing is one thing that somebody does with a mail.
type doing int

const (
	opening doing = iota
	machineOpening
	clicking
	unsubscribing
	buying
)

// act is a doing and how long after the beginning it comes.
type act struct {
	doing
	after time.Duration
}

// play is what the reader of a mail does, in the order of time. round is 0 for a
// mail that has just come. The same mail, reader and round give the same.
func play(mail, reader string, round int) []act {
	h := fnv.New64a()
	_, _ = h.Write([]byte(mail + "\x00" + reader))
	g := rand.New(rand.NewPCG(h.Sum64(), uint64(round))) //nolint:gosec // made-up people, always the same
	chance := func(percent int) bool { return g.IntN(100) < percent }
	within := func(from, to time.Duration) time.Duration { return from + time.Duration(g.Int64N(int64(to-from))) }
	if round > 0 {
		if !chance(returns) {
			return nil
		}
		return shopping(within(3*time.Second, lastOpening), true, chance, within)
	}
	if chance(machineOpens) {
		return []act{{machineOpening, within(3*time.Second, 9*time.Second)}}
	}
	if !chance(opens * 100 / (100 - machineOpens)) {
		return nil
	}
	at := min(3*time.Second+time.Duration(g.ExpFloat64()*float64(meanOpening)), lastOpening)
	if chance(unsubscribes) {
		return []act{{opening, at}, {unsubscribing, at + within(5*time.Second, lastClick)}}
	}
	return shopping(at, chance(clicks), chance, within)
}

// shopping is an open, and where it clicks what comes of it.
func shopping(at time.Duration, click bool, chance func(int) bool, within func(from, to time.Duration) time.Duration) []act {
	acts := []act{{opening, at}}
	if !click {
		return acts
	}
	at += within(4*time.Second, lastClick)
	acts = append(acts, act{clicking, at})
	if chance(buys) {
		acts = append(acts, act{buying, at + within(20*time.Second, lastBuying)})
	}
	return acts
}

// pick is a number below n that hangs on a reader alone.
func pick(reader string, of string, n int) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(reader + "\x00" + of))
	return int(h.Sum64() % uint64(n))
}

func orderNo(delivery, customer int64, round int) string {
	return "DEMO-" + strconv.FormatInt(delivery, 10) + "-" + strconv.FormatInt(customer, 10) + "-" + strconv.Itoa(round)
}
