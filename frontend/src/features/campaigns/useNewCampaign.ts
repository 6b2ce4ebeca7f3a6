import { useScope } from '#lib/viewer';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';

const route = getRouteApi('/shell/campaigns');

/** The way to a new campaign, which asks for its name first. */
export interface NewCampaign {
  /** The day it is planned for, 2026-12-04; without one, it stands on no day yet. */
  start: (day?: string) => void;
  /** What was asked for, until it is made or given up. */
  asked: { day?: string | undefined; segmentId?: string } | undefined;
  giveUp: () => void;
}

/** How to begin a campaign; undefined for who may not. The address can ask for one for a segment. */
export function useNewCampaign(): NewCampaign | undefined {
  const mayWrite = useScope('campaigns:write');
  const { for: segmentId } = route.useSearch();
  const navigate = route.useNavigate();
  const [asked, setAsked] = useState<{ day: string | undefined }>();
  if (!mayWrite) return undefined;
  const giveUp = () => {
    setAsked(undefined);
    if (segmentId) void navigate({ search: (was) => ({ ...was, for: undefined }), replace: true });
  };
  return { asked: segmentId ? { segmentId } : asked, start: (day) => setAsked({ day }), giveUp };
}
