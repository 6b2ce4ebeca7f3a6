import { useEffect, useState } from 'react';
import { MemberLotsDocument, type MemberPointsFragment } from '#gql/member/graphql';
import { Failed, Waiting } from './parts';
import type { Kept } from './session';
import { useAsked } from './useAsked';
import { dateTime, day, nearDay, number, points as inPoints, soonClass, t } from './words';

/** What can be spent, with what waits and what is lost next. turn goes up with every change; kept is what is known without network. */
export function Balance({ points, turn, kept }: { points: MemberPointsFragment; turn: number; kept: Kept | undefined }) {
  const [open, setOpen] = useState(false);
  const { expiringNext } = points;
  return (
    <section className="panel">
      <h2>{t('balance.title')}</h2>
      <p className="amount" data-testid="available">
        {number(points.available)}
        <small>pt</small>
      </p>
      <ul className="facts">
        {expiringNext && <li className={soonClass(expiringNext.on)}>{t('balance.expiring', { points: inPoints(expiringNext.amount), on: day(expiringNext.on) })}</li>}
        {points.pending > 0 && <li>{t('balance.pending', { points: inPoints(points.pending) })}</li>}
        {points.held > 0 && <li>{t('balance.held', { points: inPoints(points.held) })}</li>}
        {points.debt > 0 && <li>{t('balance.debt', { points: inPoints(points.debt) })}</li>}
        {kept && <li>{t('balance.kept', { at: dateTime(kept.at) })}</li>}
      </ul>
      {points.available + points.pending + points.held > 0 && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('balance.lots')}</summary>
          {open && <Lots turn={turn} />}
        </details>
      )}
    </section>
  );
}

function Lots({ turn }: { turn: number }) {
  const { data, failure, again } = useAsked(MemberLotsDocument, {});
  useEffect(() => {
    if (turn > 0) again();
  }, [turn, again]);
  if (failure && !data) return <Failed failure={failure} again={again} />;
  if (!data?.me) return <Waiting />;
  const { nodes } = data.me.lots;
  if (nodes.length === 0) return <p className="quiet">{t('balance.noLots')}</p>;
  return (
    <ul className="rows">
      {nodes.map((lot, index) => (
        <li key={index}>
          <span>
            {lot.expiresOn ? t('balance.until', { on: day(lot.expiresOn) }) : t('balance.forever')}
            {!lot.usable && <small>{lot.usableOn ? t('balance.usableOn', { on: nearDay(lot.usableOn) }) : t('balance.afterShipment')}</small>}
          </span>
          <b className={lot.usable ? undefined : 'faint'}>{inPoints(lot.points)}</b>
        </li>
      ))}
    </ul>
  );
}
