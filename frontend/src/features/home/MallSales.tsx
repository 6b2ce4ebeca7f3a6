import { customersUrl } from '#features/customers/urls';
import type { HomeFiguresQuery } from '#gql/home/graphql';
import { useFormat } from '#lib/FormatContext';
import { Definition } from '#ui/Definition';
import { mallColor, MallDot } from '#ui/MallDot';
import { TextLink } from '#ui/links';
import { useNetSales } from '#ui/netSales/useNetSales';
import { Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './home.module.css';

type Sales = HomeFiguresQuery['dashboard']['salesByMall'];

/** Net sales of the period by mall, the largest first, as zero-based lines with their figures beside them. */
export function MallSales(props: { sales: Sales; days: number }) {
  const { t } = useTranslation('home');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const netSales = useNetSales();
  const rows = props.sales.toSorted((a, b) => b.netSales.amount - a.netSales.amount);
  const most = Math.max(...rows.map((row) => row.netSales.amount), 1);
  const total = rows.reduce((sum, row) => sum + row.netSales.amount, 0);

  return (
    <section aria-labelledby="mall-sales">
      <Group gap="xs" mb="sm">
        <Title order={2} id="mall-sales">
          {t('mallSales.title')}
        </Title>
        <Definition label={t('mallSales.title')}>{netSales}</Definition>
      </Group>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('mallSales.empty')}
        </Text>
      ) : (
        <div className={classes.mallsBox}>
        <table className={classes.malls}>
          <thead>
            <tr>
              <th scope="col">{t('mallSales.mall')}</th>
              <th scope="col" aria-hidden />
              <th scope="col">{t('mallSales.netSales')}</th>
              <th scope="col">{t('than', { days: props.days })}</th>
              <th scope="col">{t('mallSales.share')}</th>
              <th scope="col">{t('mallSales.orders')}</th>
              <th scope="col">{t('mallSales.people')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.mall}>
                <th scope="row">
                  <MallDot mall={row.mall} />
                </th>
                <td className={classes.line} aria-hidden>
                  <span
                    style={{
                      width: `${(Math.max(row.netSales.amount, 0) / most) * 100}%`,
                      background: mallColor(row.mall),
                    }}
                  />
                </td>
                <td>{format.money(row.netSales.amount, row.netSales.currency)}</td>
                <td>
                  <span
                    className={tone(row.netSales.amount, row.previous)}
                    title={t('mallSales.before', { value: format.money(row.previous, row.netSales.currency) })}
                  >
                    {format.change(row.netSales.amount, row.previous)}
                  </span>
                </td>
                <td>{format.share(total > 0 ? row.netSales.amount / total : null)}</td>
                <td>{t('mallSales.count', { count: row.orders, shown: format.number(row.orders) })}</td>
                <td>
                  {row.people.count === 0 ? (
                    format.people(0)
                  ) : (
                    <TextLink
                      {...customersUrl({ rule: row.people.rule })}
                      aria-label={t('people', { label: tUi(`mall.${row.mall}`), count: row.people.count, shown: format.number(row.people.count) })}
                    >
                      {format.people(row.people.count)}
                    </TextLink>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        </div>
      )}
    </section>
  );
}

const tone = (now: number, before: number) => (before === 0 || now === before ? undefined : now > before ? classes.good : classes.bad);
