import { useScope } from '#lib/viewer';
import { useState } from 'react';

/** The way to a new campaign, which asks for its name first. */
export interface NewCampaign {
  /** The day it is planned for, 2026-12-04; without one, it stands on no day yet. */
  start: (day?: string) => void;
  /** What was asked for, until it is made or given up. */
  asked: { day: string | undefined } | undefined;
  giveUp: () => void;
}

/** How to begin a campaign; undefined for who may not. */
export function useNewCampaign(): NewCampaign | undefined {
  const mayWrite = useScope('campaigns:write');
  const [asked, setAsked] = useState<{ day: string | undefined }>();
  if (!mayWrite) return undefined;
  return { asked, start: (day) => setAsked({ day }), giveUp: () => setAsked(undefined) };
}
