/** What time did to points: the kind of booking, or its name among events. */
const deeds: Record<string, string> = {
  MATURE: 'MATURE',
  'points.matured': 'MATURE',
  EXPIRE: 'EXPIRE',
  'points.expired': 'EXPIRE',
  RELEASE: 'RELEASE',
  'points.released': 'RELEASE',
};

/** The key of the words for why a booking exists. TIME alone says too little: points become usable, expire and are freed by it. */
export function pointReasonKey(reason: string, deed: string): string {
  const done = deeds[deed];
  return reason === 'TIME' && done ? `TIME_${done}` : reason;
}
