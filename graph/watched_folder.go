package graph

import (
	"context"
	"time"

	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/inbox"
	"github.com/meguri-crm/meguri/db"
	"github.com/meguri-crm/meguri/graph/model"
)

func (r *Resolver) watchedFolders(ctx context.Context) (*model.WatchedFolders, error) {
	list, err := r.Inboxes.List(ctx)
	if err != nil {
		return nil, err
	}
	return &model.WatchedFolders{
		Root: r.Inboxes.Root, EverySeconds: int(inbox.Every / time.Second), SettledSeconds: int(inbox.Settled / time.Second),
		Folders: model.NewWatchedFolders(list),
	}, nil
}

// watchedFolderPayload answers a mutation that gives back a folder.
func (r *Resolver) watchedFolderPayload(ctx context.Context, row *db.Inbox, err error) (*model.WatchedFolderPayload, error) {
	o, err := r.Inboxes.Look(ctx, row, err)
	wrong, err := userErrors(err)
	if len(wrong) > 0 || err != nil {
		return &model.WatchedFolderPayload{UserErrors: wrong}, err
	}
	return &model.WatchedFolderPayload{Folder: model.NewWatchedFolder(o), UserErrors: wrong}, nil
}

func (r *Resolver) createWatchedFolder(ctx context.Context, in model.CreateWatchedFolderInput) (*db.Inbox, error) {
	shopID, err := gid.Decode("Shop", in.ShopID)
	if err != nil {
		return nil, err
	}
	return r.Inboxes.Create(ctx, inbox.Draft{
		Folder: in.Folder, ShopID: shopID, Mapping: deref(in.Mapping), ConsentWording: deref(in.ConsentWording), WithoutMembers: !in.Enroll,
	})
}

func (r *Resolver) updateWatchedFolder(ctx context.Context, in model.UpdateWatchedFolderInput) (*db.Inbox, error) {
	id, err := gid.Decode("WatchedFolder", in.ID)
	if err != nil {
		return nil, err
	}
	shopID, err := gid.Decode("Shop", in.ShopID)
	if err != nil {
		return nil, err
	}
	return r.Inboxes.Update(ctx, id, inbox.Draft{
		ShopID: shopID, Mapping: deref(in.Mapping), ConsentWording: deref(in.ConsentWording), WithoutMembers: !in.Enroll,
		Stopped: in.Status == model.WatchedFolderStatusStopped,
	})
}

func (r *Resolver) lookIntoWatchedFolder(ctx context.Context, id string) (*db.Inbox, error) {
	row, err := gid.Decode("WatchedFolder", id)
	if err != nil {
		return nil, err
	}
	return r.Inboxes.LookNow(ctx, row)
}

func (r *Resolver) removeWatchedFolder(ctx context.Context, id string) (*model.RemoveWatchedFolderPayload, error) {
	row, err := gid.Decode("WatchedFolder", id)
	if err == nil {
		err = r.Inboxes.Remove(ctx, row)
	}
	wrong, err := userErrors(err)
	if len(wrong) > 0 || err != nil {
		return &model.RemoveWatchedFolderPayload{UserErrors: wrong}, err
	}
	return &model.RemoveWatchedFolderPayload{RemovedID: &id, UserErrors: wrong}, nil
}
