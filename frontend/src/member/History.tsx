import { useCallback, useEffect, useState } from 'react';
import { MemberOrdersDocument, type MemberOrdersQuery, MemberStatementDocument, type MemberStatementQuery } from '#gql/member/graphql';
import { ask } from './api';
import { Failed, Waiting } from './parts';
import { usePages } from './usePages';
import { dateOf, money, nearDay, points, signed, t } from './words';

const parts = ['statement', 'orders'] as const;

type Entry = NonNullable<MemberStatementQuery['me']>['statement']['nodes'][number];
type Order = NonNullable<MemberOrdersQuery['me']>['orders']['nodes'][number];

/** The statement and the orders of all malls. turn goes up when points were booked. */
export function History({ turn }: { turn: number }) {
  const [part, setPart] = useState<(typeof parts)[number]>('statement');
  return (
    <>
      <h1>{t('history.title')}</h1>
      <fieldset className="switch">
        <legend className="unseen">{t('history.title')}</legend>
        {parts.map((name) => (
          <label key={name}>
            <input type="radio" name="part" checked={part === name} onChange={() => setPart(name)} />
            <span>{t(`history.${name}`)}</span>
          </label>
        ))}
      </fieldset>
      {part === 'statement' ? <Statement turn={turn} /> : <Orders />}
    </>
  );
}

function Statement({ turn }: { turn: number }) {
  const fetchPage = useCallback(async (after: string | null) => {
    const { me } = await ask(MemberStatementDocument, { after });
    return { nodes: me?.statement.nodes ?? [], next: me?.statement.pageInfo.hasNextPage ? (me.statement.pageInfo.endCursor ?? null) : null };
  }, []);
  const list = usePages<Entry>(fetchPage);
  const { again } = list;
  useEffect(() => {
    if (turn > 0) again();
  }, [turn, again]);
  return (
    <List list={list} empty={t('history.noStatement')}>
      {(entry) => (
        <li key={entry.key}>
          <span>
            {t(`history.kind.${entry.kind}`)}
            <small>
              {aboutOf(entry).map((part, at, all) => (
                <span key={part} className="part">
                  {at < all.length - 1 ? `${part} · ` : part}
                </span>
              ))}
            </small>
          </span>
          <b className={entry.amount > 0 ? 'more' : entry.amount < 0 ? undefined : 'faint'}>{entry.amount === 0 ? points(entry.points) : `${signed(entry.amount)}\u00a0pt`}</b>
        </li>
      )}
    </List>
  );
}

/** When it was booked, where, for which order and why; a line ends between them. */
const aboutOf = ({ at, mall, orderNo, action, note }: Entry): string[] =>
  [dateOf(at), mall && t(`mall.${mall}`), orderNo && t('history.orderNo', { no: orderNo }), action && t(`history.action.${action}`), note].filter(
    (part): part is string => Boolean(part),
  );

function Orders() {
  const fetchPage = useCallback(async (after: string | null) => {
    const { me } = await ask(MemberOrdersDocument, { after });
    return { nodes: me?.orders.nodes ?? [], next: me?.orders.pageInfo.hasNextPage ? (me.orders.pageInfo.endCursor ?? null) : null };
  }, []);
  const list = usePages<Order>(fetchPage);
  return (
    <List list={list} empty={t('history.noOrders')}>
      {(order) => (
        <li key={order.key}>
          <span>
            {itemsOf(order)}
            <small>
              <span className="mall" data-mall={order.mall} />
              {order.shopName}
            </small>
            <small>
              {dateOf(order.orderedAt)} · {order.kind === 'SALE' ? t(`history.status.${order.status}`) : t(`history.${order.kind}`)}
            </small>
            <small>{t('history.orderNo', { no: order.orderNo })}</small>
          </span>
          <span className="sums">
            <b>{money(order.total.amount, order.total.currency)}</b>
            {order.pointsEarned > 0 && <small className="more">{t('history.earned', { points: points(order.pointsEarned) })}</small>}
            {order.pointsPending > 0 && <small>{order.pendingUntil ? t('history.pendingUntil', { on: nearDay(order.pendingUntil) }) : t('history.pending')}</small>}
          </span>
        </li>
      )}
    </List>
  );
}

function itemsOf({ items, orderNo }: Order): string {
  const [first, ...rest] = items;
  if (!first) return orderNo;
  return rest.length > 0 ? t('history.items', { name: first.name, n: rest.length }) : first.name;
}

function List<T>({ list, empty, children }: { list: ReturnType<typeof usePages<T>>; empty: string; children: (row: T) => React.ReactNode }) {
  if (!list.nodes) return list.failure ? <Failed failure={list.failure} again={list.again} /> : <Waiting />;
  if (list.nodes.length === 0) return <p className="notice">{empty}</p>;
  return (
    <>
      <ul className="rows panel">{list.nodes.map(children)}</ul>
      {list.failure && <Failed failure={list.failure} again={list.more} />}
      {list.hasMore && !list.failure && (
        <button type="button" className="plain wide" disabled={list.busy} onClick={list.more}>
          {t('more')}
        </button>
      )}
    </>
  );
}
