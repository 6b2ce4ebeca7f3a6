import { freshToken } from '#lib/session';

/** Why a file of adjustments was not taken; `code` is the server's, or NETWORK. */
export class SendError extends Error {
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown> = {},
  ) {
    super(`the file was not taken: ${code}`);
    this.name = 'SendError';
  }
}

/** Brings a file of adjustments in and answers the id of the draft. */
export async function sendFile(file: File): Promise<string> {
  const token = await freshToken();
  let answer: Response;
  try {
    answer = await fetch(`/uploads/points?name=${encodeURIComponent(file.name)}`, {
      method: 'POST',
      headers: token ? { authorization: `Bearer ${token}` } : {},
      body: file,
    });
  } catch {
    throw new SendError('NETWORK');
  }
  const body = (await answer.json().catch(() => ({}))) as {
    adjustmentId?: string;
    error?: { code?: string; params?: Record<string, unknown> };
  };
  if (!answer.ok || !body.adjustmentId) throw new SendError(body.error?.code ?? `HTTP_${answer.status}`, body.error?.params);
  return body.adjustmentId;
}
