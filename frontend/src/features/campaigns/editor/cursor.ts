/** Where a cursor stands, so that something can be put in there. */
export interface Cursor {
  /** Whether the field is still on screen. */
  alive: () => boolean;
  insert: (text: string) => void;
}

/** The cursor of a plain field, whose new value `put` takes. */
export const cursorOf = (element: HTMLInputElement | HTMLTextAreaElement, put: (value: string) => void): Cursor => ({
  alive: () => element.isConnected,
  insert: (text) => {
    const at = element.selectionStart ?? element.value.length;
    put(element.value.slice(0, at) + text + element.value.slice(at));
    element.focus();
    // Writing the new value moves the cursor to the end; one goes on behind what was put in.
    requestAnimationFrame(() => element.setSelectionRange(at + text.length, at + text.length));
  },
});
