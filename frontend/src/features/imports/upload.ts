import { freshToken } from '#lib/session';

/** Why a file did not arrive; `code` is the server's, or NETWORK or ABORTED. */
export class UploadError extends Error {
  constructor(readonly code: string) {
    super(`upload failed: ${code}`);
    this.name = 'UploadError';
  }
}

/** What became of a file that was sent, by itself or in a zip. */
export type SentFile = { uploadId?: string; name: string; size: number; error?: { code: string } };

/** Streams a file to the server and answers the id of the upload; of a zip, that of the first file in it. */
export async function upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<string> {
  const sent = await uploadAll(file, onProgress, signal);
  const kept = sent.find((one) => one.uploadId !== undefined);
  if (kept?.uploadId === undefined) throw new UploadError(sent[0]?.error?.code ?? 'OTHER');
  return kept.uploadId;
}

/**
 * Streams a file to the server and answers what was in it: itself, or the files
 * of a zip. `onProgress` hears the share that has been sent, 0 to 1. fetch does
 * not tell how far a body has come, hence XMLHttpRequest.
 */
export async function uploadAll(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<SentFile[]> {
  const token = await freshToken();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/uploads?name=${encodeURIComponent(file.name)}`);
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      const answer = request.response as { uploads?: SentFile[]; error?: { code?: string } } | null;
      if (request.status < 300 && answer?.uploads) resolve(answer.uploads);
      else reject(new UploadError(answer?.error?.code ?? `HTTP_${request.status}`));
    });
    request.addEventListener('error', () => reject(new UploadError('NETWORK')));
    request.addEventListener('abort', () => reject(new UploadError('ABORTED')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** The key of the words for an upload that failed with a code no file format knows. */
export const uploadReason = (code: string) => {
  if (code === 'NETWORK') return 'upload.NETWORK';
  if (code === 'HTTP_413') return 'upload.TOO_LARGE';
  return 'upload.OTHER';
};
