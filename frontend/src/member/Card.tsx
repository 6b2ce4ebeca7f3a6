import { useEffect, useState } from 'react';
import { MemberCardCodeDocument, type MemberCardCodeQuery } from '#gql/member/graphql';
import { ask } from './api';
import { Sheet } from './parts';
import { t } from './words';

type Code = NonNullable<NonNullable<MemberCardCodeQuery['me']>['card']>;

/** How long before a code is no longer shown the next is asked for. The till takes the old one for a minute more. */
const aheadSeconds = 2;
const retryMs = 5000;
const quiet = 4;
const quietBars = 10;

/** The code of the card, asked for anew before it ends; undefined where it has ended and there is no network. */
function useCode(): { code?: Code | undefined; number?: string | undefined; offline: boolean } {
  const [code, setCode] = useState<Code>();
  const [number, setNumber] = useState<string>();
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let over = false;
    const renew = async () => {
      let wait = retryMs;
      try {
        const { me } = await ask(MemberCardCodeDocument, {});
        if (over || !me?.card) return;
        setCode(me.card);
        setNumber(me.card.number);
        setOffline(false);
        wait = Math.max(me.card.refreshInSeconds - aheadSeconds, 1) * 1000;
      } catch {
        if (over) return;
        setOffline(true);
        setCode(undefined);
      }
      timer = setTimeout(renew, wait);
    };
    const wake = () => {
      // Timers sleep with the phone: what is shown when it wakes may be old.
      if (document.visibilityState !== 'visible') return;
      clearTimeout(timer);
      void renew();
    };
    void renew();
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
    };
  }, []);
  return { code, number, offline };
}

/** The card as it is shown at a till. The code stays black on white, whatever the theme: scanners need it. */
export function Card({ name }: { name: string }) {
  const { code, number, offline } = useCode();
  const [large, setLarge] = useState(false);
  return (
    <section className="card" aria-label={t('card.title')}>
      {code ? (
        <button type="button" className="code" onClick={() => setLarge(true)}>
          <span className="unseen">{t('card.enlarge')}</span>
          <Qr rows={code.qr} />
          <Bars bars={code.bars} />
          <span className="codeText">{code.codeText}</span>
        </button>
      ) : (
        <p className="code waiting">{t(offline ? 'card.offline' : 'card.waiting')}</p>
      )}
      <div className="owner">
        <span>{name}</span>
        {number && (
          <span>
            <span className="unseen">{t('card.number')}</span> {number.replace(/(\d{4})(?=\d)/g, '$1 ')}
          </span>
        )}
      </div>
      <p className="quiet">{t('card.show')}</p>
      {large && code && (
        <Sheet label={t('card.enlarged')} close={() => setLarge(false)} white>
          <Qr rows={code.qr} />
          <Bars bars={code.bars} />
          <p className="codeText">{code.codeText}</p>
          <p>{t('card.bright')}</p>
          <button type="button" className="plain" onClick={() => setLarge(false)}>
            {t('close')}
          </button>
        </Sheet>
      )}
    </section>
  );
}

function Qr({ rows }: { rows: string[] }) {
  const size = rows.length + 2 * quiet;
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" aria-hidden="true">
      <path d={rows.map((row, y) => darkRuns(row, quiet).map(([x, width]) => `M${x} ${y + quiet}h${width}v1h-${width}z`).join('')).join('')} />
    </svg>
  );
}

function Bars({ bars }: { bars: string }) {
  return (
    <svg className="bars" viewBox={`0 0 ${bars.length + 2 * quietBars} 26`} preserveAspectRatio="none" shapeRendering="crispEdges" aria-hidden="true">
      <path d={darkRuns(bars, quietBars).map(([x, width]) => `M${x} 0h${width}v26h-${width}z`).join('')} />
    </svg>
  );
}

/** Where dark modules stand side by side: [from, how many]. */
export function darkRuns(modules: string, from: number): [number, number][] {
  return [...modules.matchAll(/1+/g)].map((run) => [run.index + from, run[0].length]);
}
