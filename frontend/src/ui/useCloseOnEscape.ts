import { useEffect, useEffectEvent } from 'react';

/** What is open over the page, the one in front last. */
const layers: { close: () => void }[] = [];

/** Escape closes the dialog or drawer in front and leaves those behind it: Mantine alone would close them all. */
export function useCloseOnEscape(opened: boolean, close: () => void): void {
  const closeNow = useEffectEvent(close);
  useEffect(() => {
    if (!opened) return;
    const layer = { close: () => closeNow() };
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [opened]);
}

window.addEventListener(
  'keydown',
  (event) => {
    // The Escape that ends a conversion of kana is not ours, nor that of an open menu or list.
    if (event.key !== 'Escape' || event.isComposing) return;
    if (event.target instanceof Element && event.target.getAttribute('data-mantine-stop-propagation') === 'true') return;
    layers.at(-1)?.close();
  },
  { capture: true },
);
