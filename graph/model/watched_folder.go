package model

import (
	"github.com/meguri-crm/meguri/crm/gid"
	"github.com/meguri-crm/meguri/crm/inbox"
)

// NewWatchedFolders maps folders.
func NewWatchedFolders(list []inbox.Overview) []*WatchedFolder {
	folders := make([]*WatchedFolder, len(list))
	for i, o := range list {
		folders[i] = NewWatchedFolder(o)
	}
	return folders
}

// NewWatchedFolder maps a folder with what lay in it. Its shop is left to a resolver.
func NewWatchedFolder(o inbox.Overview) *WatchedFolder {
	m := &WatchedFolder{
		ID: gid.Encode("WatchedFolder", o.ID), Folder: o.Folder, Path: o.Path, Mapping: unlessEmpty(o.Mapping), ConsentWording: unlessEmpty(o.ConsentWording),
		Enroll: !o.WithoutMembers, Status: WatchedFolderStatus(o.Status), LookedAt: o.LookedAt, TroubleSince: o.TroubleSince,
		Waiting: o.Waiting, Failed: o.Failed, Files: make([]*WatchedFile, len(o.Files)), ShopRow: o.ShopID,
	}
	if o.Trouble != nil {
		trouble := WatchedFolderTrouble(*o.Trouble)
		m.Trouble = &trouble
	}
	for i, f := range o.Files {
		m.Files[i] = newWatchedFile(f)
	}
	return m
}

func newWatchedFile(f inbox.File) *WatchedFile {
	m := &WatchedFile{
		ID: gid.Encode("WatchedFile", f.ID), Name: f.Name, Size: f.Size, Status: WatchedFileStatus(f.Status), SeenAt: f.SeenAt, SettledAt: f.SettledAt,
		MovedTo: unlessEmpty(f.MovedTo), Known: f.SameAs != nil, ErrorCode: f.Code, ErrorDetail: unlessEmpty(f.Detail), Imports: make([]string, len(f.Imports)),
	}
	for i, id := range f.Imports {
		m.Imports[i] = gid.Encode("Import", id)
	}
	return m
}

func unlessEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
