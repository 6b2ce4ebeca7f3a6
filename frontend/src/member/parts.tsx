import { type ReactNode, useEffect, useRef } from 'react';
import type { Failure } from './api';
import { t } from './words';

/** What went wrong, and the way to try again. */
export function Failed({ failure, again }: { failure: Failure; again: () => void }) {
  return (
    <div className="notice" role="alert">
      <p>{t(`failure.${failure}`)}</p>
      {failure !== 'ended' && (
        <button type="button" className="plain" onClick={again}>
          {t('again')}
        </button>
      )}
    </div>
  );
}

/** A sheet over the page, which Escape and a tap beside it close. */
export function Sheet({ label, close, children, white = false }: { label: string; close: () => void; children: ReactNode; white?: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the dialog itself closes by Escape.
    <dialog ref={dialog} aria-label={label} className={white ? 'sheet white' : 'sheet'} onClose={close} onClick={(event) => event.target === dialog.current && close()}>
      <div>{children}</div>
    </dialog>
  );
}

/** Lines where a list will stand. */
export function Waiting() {
  return (
    <div aria-busy="true" aria-label={t('loading')} role="status">
      <div className="bone" />
      <div className="bone" />
      <div className="bone" />
    </div>
  );
}

export const errorWords = (code: string | undefined): string => {
  const words = t(`error.${code}`);
  return words === `error.${code}` ? t('error.other') : words;
};
