import { freshToken } from '#lib/session';

/** Why a file did not arrive; `code` is the server's, or NETWORK or ABORTED. */
export class UploadError extends Error {
  constructor(readonly code: string) {
    super(`upload failed: ${code}`);
    this.name = 'UploadError';
  }
}

/**
 * Streams a file to the server and answers the id of the upload. `onProgress`
 * hears the share that has been sent, 0 to 1. fetch does not tell how far a
 * body has come, hence XMLHttpRequest.
 */
export async function upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<string> {
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
      const answer = request.response as { uploadId?: string; error?: { code?: string } } | null;
      if (request.status < 300 && answer?.uploadId) resolve(answer.uploadId);
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
