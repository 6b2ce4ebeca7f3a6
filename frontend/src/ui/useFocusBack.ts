import { useEffect, useState } from 'react';

/** Gives the focus back to what had it before: for a dialog that is put up and taken down instead of opened and closed. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus();
    },
    [before],
  );
}
