import { download } from '#lib/download';

/** Saves the refused rows of an import as the file the server makes of them. Rejects when it does not arrive whole. */
export const downloadQuarantine = (importId: string, fallbackName: string): Promise<void> =>
  download(`/imports/${encodeURIComponent(importId)}/quarantine.csv`, fallbackName);
