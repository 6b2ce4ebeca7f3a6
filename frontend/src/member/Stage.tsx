import type { MemberStageFragment } from '#gql/member/graphql';
import { day, money, nearDay, number, soonClass, t } from './words';

const round = 2 * Math.PI * 26;

/** What is still missing, each amount that is asked for. */
export function missingWords(amounts: { spend: number; orders: number; points: number }): string {
  const parts = [];
  if (amounts.spend > 0) parts.push(money(amounts.spend));
  if (amounts.orders > 0) parts.push(t('stage.orders', { n: number(amounts.orders) }));
  if (amounts.points > 0) parts.push(t('stage.points', { n: number(amounts.points) }));
  return parts.join(t('stage.or'));
}

/** The stage with a ring that closes as the next one comes near. */
export function Stage({ stage }: { stage: MemberStageFragment }) {
  const { next, loss } = stage;
  const share = stage.progress / 10_000;
  return (
    <section className="panel">
      <h2>{t('stage.title')}</h2>
      <div className="stage">
        <svg viewBox="0 0 64 64" className="ring" role="img" aria-label={next ? t('stage.ring', { share: Math.floor(share * 100) }) : t('stage.top')}>
          <circle cx="32" cy="32" r="26" />
          {share > 0 && <circle cx="32" cy="32" r="26" className="done" strokeDasharray={`${share * round} ${round}`} transform="rotate(-90 32 32)" />}
        </svg>
        <div>
          <p className="stageName">{stage.name}</p>
          {stage.benefits.pointMultiplier !== 10_000 && <p className="quiet">{t('stage.benefit', { times: number(stage.benefits.pointMultiplier / 10_000) })}</p>}
          {stage.benefits.lines.length > 0 && (
            <ul className="benefits">
              {stage.benefits.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          {next ? (
            <p>
              {t('stage.next', { missing: missingWords({ spend: next.missingAmount, orders: next.missingOrders, points: next.missingPoints }), name: next.name })}{' '}
              <span className="quiet">{t('stage.by', { on: day(next.by) })}</span>
            </p>
          ) : (
            <p>{t('stage.top')}</p>
          )}
        </div>
      </div>
      {loss && <p className={soonClass(loss.by)}>{t('stage.loss', { by: nearDay(loss.by), missing: missingWords(loss.missing), on: nearDay(loss.on), to: loss.to })}</p>}
    </section>
  );
}
