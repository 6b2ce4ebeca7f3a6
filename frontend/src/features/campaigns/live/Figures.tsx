import type { FigureFieldsFragment, MetricsFieldsFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { Figure, FigureRow } from '#ui/Figure';
import { LiveNumber } from '#ui/LiveNumber';
import { useNetSales } from '#ui/netSales/useNetSales';
import { useTranslation } from 'react-i18next';
import { rate, writeSales } from '../figures';

/** The figures of a campaign; shares are of the mails delivered. */
export function Figures(props: { figures: FigureFieldsFragment; retry: Pick<MetricsFieldsFragment, 'retrying' | 'nextTryAt'> }) {
  const { t } = useTranslation('campaigns');
  const netSales = useNetSales();
  const format = useFormat();
  const { figures, retry } = props;
  const people = (value: number) => ({
    value: <LiveNumber value={value} format={format.people} />,
    chars: format.people(value).length,
  });
  const ofDelivered = (value: number) =>
    figures.delivered > 0 ? t('live.share', { share: format.share(rate(value, figures.delivered)) }) : undefined;
  const leftOut = [
    t('live.suppressed', { count: format.people(figures.suppressed) }),
    figures.excluded > 0 && t('live.excluded', { count: format.people(figures.excluded) }),
    figures.heldOut > 0 && t('live.heldOut', { count: format.people(figures.heldOut) }),
  ].filter((part) => part !== false);
  const delivery = [
    figures.queued > 0 && t('live.queued', { count: format.number(figures.queued) }),
    retry.retrying > 0 &&
      t('live.retrying', {
        count: format.number(retry.retrying),
        time: retry.nextTryAt ? format.time(retry.nextTryAt) : '–',
      }),
    figures.cancelled > 0 && t('live.cancelled', { count: format.number(figures.cancelled) }),
    figures.failed > 0 && t('live.failed', { count: format.number(figures.failed) }),
    figures.uncertain > 0 && t('live.uncertain', { count: format.number(figures.uncertain) }),
  ].filter((part) => part !== false);

  return (
    <FigureRow>
      <Figure
        label={t('metric.audience')}
        {...people(figures.audience)}
        definition={t('define.audience')}
        note={leftOut}
      />
      <Figure
        label={t('metric.sent')}
        {...people(figures.sent)}
        definition={t('define.sent')}
        note={delivery}
      />
      <Figure
        label={t('metric.delivered')}
        {...people(figures.delivered)}
        definition={t('define.delivered')}
        note={t('live.bounced', { count: format.people(figures.bounced) })}
      />
      <Figure
        label={t('metric.opened')}
        {...people(figures.opened)}
        definition={t('define.opened')}
        note={ofDelivered(figures.opened)}
      />
      <Figure
        label={t('metric.clicked')}
        {...people(figures.clicked)}
        definition={t('define.clicked')}
        note={ofDelivered(figures.clicked)}
      />
      <Figure
        label={t('metric.converted')}
        {...people(figures.converted)}
        definition={t('define.converted')}
        note={ofDelivered(figures.converted)}
      />
      <Figure
        label={t('metric.sales')}
        value={writeSales(figures.sales, format)}
        definition={t('define.sales', { netSales })}
      />
      <Figure
        label={t('metric.unsubscribed')}
        {...people(figures.unsubscribed)}
        definition={t('define.unsubscribed')}
        note={[
          ofDelivered(figures.unsubscribed),
          figures.complained > 0 && t('live.complained', { count: format.number(figures.complained) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      />
    </FigureRow>
  );
}
