import { freshToken } from './session';

/**
 * Saves a file that the server makes. A plain link could not carry the access
 * token, nor what a file of people is asked for with, which does not belong
 * into an address: that is the order, sent as JSON. Rejects when the file does
 * not arrive whole.
 */
export async function download(path: string, fallbackName: string, order?: object): Promise<void> {
  const token = await freshToken();
  const answer = await fetch(path, {
    method: order ? 'POST' : 'GET',
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(order && { 'content-type': 'application/json' }),
    },
    body: order && JSON.stringify(order),
  });
  if (!answer.ok) throw new Error(`the download answered ${answer.status}`);
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName(answer.headers.get('content-disposition')) ?? fallbackName;
  link.click();
  // The browser has taken the address over once the click is handled.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** The name in a Content-Disposition header, which is percent-encoded UTF-8. */
function fileName(disposition: string | null): string | undefined {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/)?.[1];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
}
