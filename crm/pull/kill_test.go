package pull_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/mall"
	"github.com/meguri-crm/meguri/crm/pull"
	"github.com/meguri-crm/meguri/crm/pull/pulltest"
	"github.com/meguri-crm/meguri/crm/pull/rakuten"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/db/dbtest"
)

const childDSN, childURL = "MEGURI_TEST_PULL_DSN", "MEGURI_TEST_PULL_URL"

func TestMain(m *testing.M) {
	if os.Getenv(childDSN) != "" {
		os.Exit(child())
	}
	os.Exit(m.Run())
}

// child is a process that pulls until it is killed, or done.
func child() int {
	ctx := context.Background()
	d, err := db.Open(ctx, os.Getenv(childDSN))
	if err == nil {
		err = pulltest.Attach(d, pulltest.NewClock(now), rakuten.Service{Base: os.Getenv(childURL)}).Work(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestKilled kills the real process, by a signal that it cannot see, later and
// later in its work, and lets the next one go on.
func TestKilled(t *testing.T) {
	t.Parallel()
	w, fake, row := connected(t, 400)
	fake.Hurry()
	called := make(chan struct{}, 1_000)
	fake.Instead(func(string, int) *pulltest.Answer { called <- struct{}{}; return nil })
	killed := 0
	for ; ; killed++ {
		if _, err := w.DB.NewRaw("UPDATE pull_connections SET lease_until = now() - interval '1 second', next_at = ?", now).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
		if dies(t, w, fake, called, 2+2*killed) {
			break
		}
	}
	if killed < 3 {
		t.Fatalf("killed %d times only", killed)
	}
	if err := w.Intake.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	calm, _, calmRow := connected(t, 400)
	calm.PullAll(t, calmRow.ID)
	if got, want := w.Told(t), calm.Told(t); !slices.Equal(got, want) {
		t.Errorf("%d orders, want %d of an undisturbed pull; or they differ", len(got), len(want))
	}
	pulls, err := w.Pull.Pulls(t.Context(), row.ID, 0, 10)
	if err != nil || len(pulls) != 1 || pulls[0].FinishedAt == nil {
		t.Errorf("%+v, %v: the pull began anew", pulls, err)
	}
}

// dies lets a process make some calls and kills it; true: it was done before.
func dies(t *testing.T, w *pulltest.World, fake *pulltest.Rakuten, called chan struct{}, calls int) (done bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDSN+"="+dbtest.DSN(t, w.DB), childURL+"="+fake.URL)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for range calls {
		select {
		case <-called:
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			return true
		case <-time.After(time.Minute):
			t.Fatal("the process neither calls nor ends")
		}
	}
	_ = cmd.Process.Kill()
	<-ended
	for len(called) > 0 {
		<-called
	}
	return false
}

func connected(t *testing.T, people int) (*pulltest.World, *pulltest.Rakuten, *db.PullConnection) {
	t.Helper()
	c := pulltest.NewClock(now)
	fake := pulltest.NewRakuten(t, c, pulltest.SomeMerchant(people))
	w := pulltest.NewWorld(t, mall.Rakuten, c, rakuten.Service{Base: fake.URL})
	row, err := w.Pull.Connect(t.Context(), draft(w, fake))
	if err != nil {
		t.Fatal(err)
	}
	return w, fake, row
}

func draft(w *pulltest.World, fake *pulltest.Rakuten) pull.Draft {
	return pull.Draft{
		ShopID: w.ShopID, Service: string(rakuten.Name), Values: map[string]string{"serviceSecret": fake.Secret, "licenseKey": fake.Key},
		EveryMinutes: 15, FirstFrom: now.Add(-726 * 24 * time.Hour),
	}
}

var now = pulltest.Begin
