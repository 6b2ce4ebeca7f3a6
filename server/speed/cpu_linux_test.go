package speed

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// ticks of the processor time in /proc/…/stat, in a second.
const ticks = 100

// meter reads the processor time that the server, which is this process, and
// its Postgres have used.
type meter struct{ postmaster int }

// newMeter finds the postmaster above one of its backends. It is none where that
// runs on another machine.
func newMeter(t testing.TB, backend int) *meter {
	t.Helper()
	above, _, err := stat(backend)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return &meter{postmaster: above}
}

// used is the processor time so far. The postmaster answers for those of its
// children that have ended.
func (m *meter) used() (time.Duration, error) {
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		return 0, err
	}
	total := time.Duration(own.Utime.Nano() + own.Stime.Nano())
	_, ended, err := stat(m.postmaster)
	if err != nil {
		return 0, err
	}
	pid := strconv.Itoa(m.postmaster)
	children, err := os.ReadFile("/proc/" + pid + "/task/" + pid + "/children")
	if err != nil {
		return 0, err
	}
	for child := range strings.FieldsSeq(string(children)) {
		total += ran(child)
	}
	return total + ended, nil
}

// ran is how long a process of one thread was on a processor; nothing once it
// has ended.
func ran(pid string) time.Duration {
	raw, err := os.ReadFile("/proc/" + pid + "/schedstat")
	if err != nil {
		return 0
	}
	first, _, _ := strings.Cut(string(raw), " ")
	nanoseconds, _ := strconv.ParseInt(first, 10, 64) // the kernel writes a number
	return time.Duration(nanoseconds)
}

// stat is a process's parent, and what its ended children used.
func stat(pid int) (parent int, ended time.Duration, err error) {
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, 0, err
	}
	text := string(raw)
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:]) // a name may hold anything
	var numbers [3]int
	for i, field := range []int{1, 13, 14} {
		if numbers[i], err = strconv.Atoi(fields[field]); err != nil {
			return 0, 0, err
		}
	}
	return numbers[0], time.Duration(numbers[1]+numbers[2]) * time.Second / ticks, nil
}
