import { signedIn } from '#lib/session';

/** Takes a session over, if the answer holds one. */
export function enter(answer: { accessToken?: string | null; expiresAt?: string | null } | undefined): boolean {
  if (!answer?.accessToken || !answer.expiresAt) return false;
  signedIn({ accessToken: answer.accessToken, expiresAt: answer.expiresAt });
  return true;
}
