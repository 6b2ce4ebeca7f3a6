package inbox_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/clock"
	"github.com/meguri-crm/meguri/crm/inbox"
	"github.com/meguri-crm/meguri/crm/intake"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

const childDSN, childRoot, childNow = "MEGURI_TEST_INBOX_DSN", "MEGURI_TEST_INBOX_ROOT", "MEGURI_TEST_INBOX_NOW"

func TestMain(m *testing.M) {
	if os.Getenv(childDSN) != "" {
		os.Exit(child())
	}
	os.Exit(m.Run())
}

// telling says on the standard output when a file is about to be noted as taken,
// and when it is.
type telling struct{ inbox.Intake }

func (i telling) TakeLaid(ctx context.Context, l intake.Laid, then func(ctx context.Context, tx db.Tx) error) error {
	err := i.Intake.TakeLaid(ctx, l, func(ctx context.Context, tx db.Tx) error {
		err := then(ctx, tx)
		fmt.Println("taking")
		return err
	})
	fmt.Println("taken")
	return err
}

// child is a process that looks and takes in until it is killed, or nothing is left.
func child() int {
	ctx := context.Background()
	d, err := db.Open(ctx, os.Getenv(childDSN))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	at, err := time.Parse(time.RFC3339Nano, os.Getenv(childNow))
	taker := newIntake(d)
	s := newInbox(d, &clock.Fixed{T: at}, telling{taker}, os.Getenv(childRoot))
	if err == nil {
		err = s.Work(ctx)
	}
	if err == nil {
		err = taker.Work(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestKilled kills the real process, by a signal that it cannot see, later and
// later in its look, and lets the next one go on: every file comes in once.
func TestKilled(t *testing.T) {
	w := newWorld(t)
	const files = 12
	for i := range files {
		w.lay(fmt.Sprintf("members-%02d.csv", i), strings.ReplaceAll(customers, "M-1", fmt.Sprintf("M-%d", i)))
	}
	w.look()
	killed := 0
	for ; ; killed++ {
		w.clock.Advance(inbox.Every)
		if _, err := w.d.NewRaw("UPDATE inboxes SET lease_until = now() - interval '1 second'").Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
		if w.dies(t, 1+killed) {
			break
		}
	}
	if killed < 3 {
		t.Fatalf("killed %d times only", killed)
	}
	w.all()
	if n := w.count("SELECT count(*) FROM imports"); n != files || len(w.lying("done")) != files || len(w.lying(".")) != 0 {
		t.Errorf("%d imports of %d files, %d in done", n, files, len(w.lying("done")))
	}
	if n := w.count("SELECT count(*) FROM inbox_files WHERE status = 'DONE' AND same_as IS NULL"); n != files {
		t.Errorf("%d files are done", n)
	}
}

// dies lets a process go on for some signs of life and kills it; true: it was done before.
func (w *world) dies(t *testing.T, signs int) (done bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDSN+"="+dbtest.DSN(t, w.d), childRoot+"="+w.inbox.Root, childNow+"="+w.clock.Now().Format(time.RFC3339Nano))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for range signs {
		if !lines.Scan() {
			if err := cmd.Wait(); err != nil {
				t.Fatal(err)
			}
			return true
		}
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // by a signal, which is no news
	return false
}
