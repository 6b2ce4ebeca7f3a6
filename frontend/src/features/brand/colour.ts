/** The colours words on an accent are written in; the server chooses between the same two. */
export const inks = { black: '#14171c', white: '#ffffff' } as const;

const hex = /^#[0-9a-f]{6}$/i;

/** Whether a text is a colour as the settings take it. */
export const isColour = (text: string): boolean => hex.test(text);

/** Relative luminance of #rrggbb (WCAG 2.2), 0 to 1. */
function luminance(colour: string): number {
  const value = Number.parseInt(colour.slice(1), 16);
  const channel = (shift: number) => {
    const c = ((value >> shift) & 0xff) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
}

/** Contrast of two colours (WCAG 2.2), 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** Which ink is read better on an accent. */
export const inkOn = (accent: string): keyof typeof inks => (luminance(accent) > 0.179 ? 'black' : 'white');
