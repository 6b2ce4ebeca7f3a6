import { campaignUrl } from '#features/campaigns/urls';
import { useFormat } from '#lib/FormatContext';
import { rulesOf } from '#lib/pointLots';
import { pointReasonKey } from '#lib/pointReason';
import { TextLink } from '#ui/links';
import { type ReactNode, Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type customers from './locales/ja.json';
import classes from './Timeline.module.css';
import { type Entry, fieldsOf } from './timelineWords';

type Fact = readonly [keyof (typeof customers)['timelineFact'], ReactNode];

/** What an entry of the timeline tells when it is opened: the goods of an order or of its points, and what else the event holds. */
export function TimelineDetail(props: { entry: Entry }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const facts = useFacts(props.entry);
  const { order, pointLines } = props.entry;
  const lines = order?.lines ?? [];
  return (
    <>
      {lines.length > 0 && (
        <ul className={classes.goods}>
          {lines.map((line) => (
            <li key={line.lineKey}>
              <span>
                {[line.name || line.sku, line.option].filter(Boolean).join(' ')}
                {line.quantity !== 1 && ` × ${format.number(line.quantity)}`}
              </span>
              <span className={classes.amount}>{format.money(line.amount.amount, line.amount.currency)}</span>
            </li>
          ))}
        </ul>
      )}
      {pointLines.length > 0 && (
        <ul className={classes.goods}>
          {pointLines.map((line) => (
            <li key={line.lineKey}>
              <span>
                {line.name || line.sku || line.lineKey}
                {Math.abs(line.quantity) !== 1 && ` × ${format.number(Math.abs(line.quantity))}`}
              </span>
              <span className={classes.amount}>{format.points(line.points)}</span>
            </li>
          ))}
        </ul>
      )}
      <dl className={classes.facts}>
        {facts.map(([key, value]) => (
          <Fragment key={key}>
            <dt>{t(`timelineFact.${key}`)}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  );
}

/** The facts of an entry that has them, each with its label's key. */
function useFacts({ order, campaign, shop, occurredAt, event, data, pointLots }: Entry): Fact[] {
  const { t, i18n } = useTranslation('customers');
  const format = useFormat();
  const { numbers, texts } = fieldsOf(data);
  const { spend, orders } = numbers;
  const reasons = event.startsWith('stage.') ? 'stage.reason' : event.startsWith('referral.') ? 'referral.reason' : 'pointReason';
  const reason = `${reasons}.${texts.reason && pointReasonKey(texts.reason, event)}`;
  const facts: Fact[] = [
    ['total', order && format.money(order.total.amount, order.total.currency)],
    ['status', order && t(`orderStatus.${order.status}`)],
    ['coupon', order?.couponCodes.join(', ')],
    ['orderNo', texts.orderNo],
    ['campaign', campaign && <TextLink {...campaignUrl(campaign.id)}>{campaign.name}</TextLink>],
    // Codes come from the server, so the compiler cannot check the key.
    ['reason', !(texts.reason === 'ACTION' && rulesOf(pointLots)) && i18n.exists(`customers:${reason}`) && String(t(reason as never))],
    ['rules', rulesOf(pointLots)],
    ['spend', spend !== undefined && format.money(spend)],
    ['merged', orders !== undefined && t('timelineFact.mergedOrders', { shown: format.number(orders) })],
    ['sku', texts.sku],
    ['category', texts.category],
    ['shop', shop?.name],
    ['at', format.dateTime(occurredAt)],
  ];
  return facts.filter(([, value]) => Boolean(value));
}
