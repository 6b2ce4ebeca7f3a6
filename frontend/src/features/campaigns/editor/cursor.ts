/** Puts words into a plain field where its cursor stands or last stood; `put` takes the new value. */
export function putAtCursor(field: HTMLInputElement | HTMLTextAreaElement, words: string, put: (value: string) => void): void {
  const at = field.selectionStart ?? field.value.length;
  put(field.value.slice(0, at) + words + field.value.slice(at));
  field.focus();
  // Writing the new value moves the cursor to the end; one goes on behind what was put in.
  requestAnimationFrame(() => field.setSelectionRange(at + words.length, at + words.length));
}
