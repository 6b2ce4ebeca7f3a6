package underway_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/meguri-crm/meguri/crm/access"
	"github.com/meguri-crm/meguri/crm/live"
	"github.com/meguri-crm/meguri/crm/underway"
	"github.com/meguri-crm/meguri/db/dbtest"
)

func names(jobs []underway.Job) (list []string) {
	for _, j := range jobs {
		list = append(list, j.Name)
	}
	return list
}

func TestTheBoardFollowsItsTopics(t *testing.T) {
	d := dbtest.New(t)
	log := slog.New(slog.DiscardHandler)
	hub := live.NewHub(log)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { hub.Run(ctx, d.Pool) })
	t.Cleanup(func() { stop(); running.Wait() })
	<-hub.Ready()

	var mu sync.Mutex
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	jobs := []underway.Job{{Kind: underway.Import, Name: "later", StartedAt: at.Add(time.Hour)}}
	imports := func(context.Context) ([]underway.Job, error) {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(jobs), nil
	}
	sends := func(context.Context) ([]underway.Job, error) {
		return []underway.Job{{Kind: underway.Send, Name: "first", StartedAt: at}}, nil
	}
	board := underway.NewBoard(hub, log, []string{live.Import, live.Campaign}, imports, sends)
	seen, err := board.Watch(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got := names(<-seen); !slices.Equal(got, []string{"first", "later"}) {
		t.Errorf("at first %v", got)
	}
	mu.Lock()
	jobs = nil
	mu.Unlock()
	if err := live.Notify(ctx, d, live.Import, 7); err != nil {
		t.Fatal(err)
	}
	for got := range seen { // a reading may have begun before the change
		if slices.Equal(names(got), []string{"first"}) {
			break
		}
	}
}

func TestEachSeesWhatHisScopesShow(t *testing.T) {
	all := []underway.Job{{Kind: underway.Import, Name: "import"}, {Kind: underway.ImportUndo, Name: "undo"}, {Kind: underway.Send, Name: "send"}, {Kind: underway.Stages, Name: "stages"}}
	if got := names(underway.Visible(all, access.RoleSupport.Scopes())); !slices.Equal(got, []string{"stages"}) {
		t.Errorf("support sees %v", got)
	}
	if got := underway.Visible(all, access.RoleMarketer.Scopes()); len(got) != 4 {
		t.Errorf("a marketer sees %v", names(got))
	}
	if names(all)[0] != "import" || len(all) != 4 {
		t.Error("what all share was changed")
	}
}
