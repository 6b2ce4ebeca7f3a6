import type { CustomerListQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { Address } from '#ui/Address';
import { type Column, nothing } from '#ui/DataList';
import { MallDot, type MallKind } from '#ui/MallDot';
import { NameBadge } from '#ui/NameBadge';
import type { Spoken } from '#ui/spoken';
import { Timestamp } from '#ui/Timestamp';
import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './customers.module.css';
import { type Property, shownValue } from './propertyValue';

/** Begins the keys of columns of properties, here and in files. */
export const propertyColumn = 'property.';

/** Begins the keys of columns of malls. */
export const mallColumn = 'mall.';

type Row = CustomerListQuery['customers']['edges'][number]['node'];

/** For more malls at once their figures would crowd out everything else. */
const mostMalls = 2;

/** Every column the list of customers can show; those that are extra wait to be chosen, unless the conditions speak of them. */
export function useCustomerColumns(properties: readonly Property[], spoken: Spoken): readonly Column<Row>[] {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  return useMemo((): Column<Row>[] => {
    const money = (value: { amount: number; currency: string }) => format.money(value.amount, value.currency);
    const times = (count: number) => t('times', { count, shown: format.number(count) });
    const day = (at: string | null | undefined) => (at ? <Timestamp at={at} dateOnly /> : nothing);
    const plain = (key: 'kana' | 'phone' | 'prefecture', of: (row: Row) => string): Column<Row> => ({
      key,
      header: t(`column.${key}`),
      extra: true,
      fit: true,
      cell: (row) => of(row) || nothing,
    });
    const brief = (text: string) => (text === '' ? nothing : <Brief>{text}</Brief>);
    const asked = (...fields: string[]) => fields.some((field) => spoken.fields.has(field));
    const onMall = (mall: MallKind): Column<Row> => ({
      key: mallColumn + mall,
      header: t('column.onMall', { mall: tUi(`mallShort.${mall}`) }),
      align: 'right',
      wanted: true,
      cell: (row) => <OnMall row={row} mall={mall} />,
    });
    const yesNo = { yes: t('properties.yes'), no: t('properties.no') };
    const kept = (property: Property): Column<Row> => ({
      key: propertyColumn + property.key,
      header: property.name,
      extra: true,
      align: property.type === 'NUMBER' ? 'right' : undefined,
      cell: (row) => brief(shownValue(property, row.properties?.find((one) => one.property.id === property.id)?.value, format, yesNo)),
    });
    return [
      { key: 'name', header: t('column.name'), narrow: 'title', cell: (row) => <Name row={row} /> },
      { key: 'stage', header: t('column.stage'), narrow: 'mark', cell: (row) => <Stage row={row} /> },
      {
        key: 'malls',
        header: t('column.malls'),
        narrow: 'mark',
        cell: (row) =>
          row.stats.malls.length === 0 ? (
            nothing
          ) : (
            <Group gap="0.125rem 0.75rem" component="span" className={classes.mallsOf}>
              {row.stats.malls.map((mall) => (
                <MallDot key={mall} mall={mall} label={tUi(`mallShort.${mall}`)} />
              ))}
            </Group>
          ),
      },
      {
        key: 'orders',
        header: t('column.orders'),
        align: 'right',
        sort: 'ORDER_COUNT',
        cell: (row) => times(row.stats.orderCount),
      },
      {
        key: 'sales',
        header: t('column.netSales'),
        align: 'right',
        narrow: 'side',
        sort: 'NET_SALES',
        cell: (row) => money(row.stats.netSales),
      },
      {
        key: 'points',
        header: t('column.points'),
        align: 'right',
        roomy: asked('points', 'points_outstanding') ? undefined : true,
        narrow: asked('points', 'points_outstanding') ? 'line' : 'hide',
        cell: (row) => (row.memberSince ? <Points row={row} /> : nothing),
      },
      {
        key: 'outstanding',
        header: t('column.outstanding'),
        align: 'right',
        extra: true,
        wanted: asked('points_outstanding'),
        cell: (row) => (row.memberSince ? format.points(row.points.available + row.points.pending + row.points.held) : nothing),
      },
      ...(spoken.malls.length <= mostMalls ? spoken.malls.map(onMall) : []),
      {
        key: 'last',
        header: t('column.lastOrder'),
        align: 'right',
        sort: 'LAST_ORDER',
        cell: (row) => day(row.stats.lastOrderAt),
      },
      { key: 'first', header: t('column.firstOrder'), align: 'right', extra: true, wanted: asked('first_order'), cell: (row) => day(row.stats.firstOrderAt) },
      {
        key: 'average',
        header: t('column.average'),
        align: 'right',
        extra: true,
        wanted: asked('average_order'),
        cell: (row) => (row.stats.orderCount > 0 ? money(row.stats.averageOrder) : nothing),
      },
      {
        key: 'cancelled',
        header: t('column.cancelled'),
        align: 'right',
        extra: true,
        cell: (row) => times(row.stats.cancelledCount),
      },
      { key: 'member', header: t('column.memberSince'), align: 'right', extra: true, wanted: asked('member_since'), cell: (row) => day(row.memberSince) },
      {
        key: 'created',
        header: t('column.created'),
        align: 'right',
        sort: 'CREATED',
        extra: true,
        cell: (row) => day(row.createdAt),
      },
      plain('kana', (row) => `${row.familyKana} ${row.givenKana}`.trim()),
      plain('phone', (row) => row.phoneNational),
      plain('prefecture', (row) => row.prefecture),
      {
        key: 'tags',
        header: t('tags.title'),
        extra: true,
        cell: (row) => brief(format.list(row.tags?.map((tag) => tag.name) ?? [])),
      },
      ...properties.filter((property) => property.places.includes('LIST')).map(kept),
    ];
  }, [t, tUi, format, properties, spoken]);
}

/** Usable points, and those that are still to become so. */
function Points(props: { row: Row }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { available, pending } = props.row.points;
  return (
    <div>
      <span className={classes.amount}>{format.points(available)}</span>
      {pending > 0 && (
        <Text size="xs" c="dimmed">
          {t('column.pending', { points: format.points(pending) })}
        </Text>
      )}
    </div>
  );
}

/** What somebody bought on one mall. */
function OnMall(props: { row: Row; mall: MallKind }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const bought = props.row.stats.byMall?.find((one) => one.mall === props.mall);
  if (!bought) return nothing;
  return (
    <div>
      <span className={classes.amount}>{format.money(bought.netSales.amount, bought.netSales.currency)}</span>
      <Text size="xs" c="dimmed">
        {t('times', { count: bought.orderCount, shown: format.number(bought.orderCount) })}
        {bought.lastOrderAt && ` · ${format.date(bought.lastOrderAt)}`}
      </Text>
    </div>
  );
}

function Name(props: { row: Row }) {
  const { row } = props;
  return (
    <div className={classes.nameOf}>
      <div className={classes.brief} title={row.displayName}>
        <Address>{row.displayName}</Address>
      </div>
      {row.email && row.email !== row.displayName && (
        <Text size="xs" c="dimmed" fw={400} className={classes.mailOf} title={row.email}>
          {row.email}
        </Text>
      )}
    </div>
  );
}

/** A text of any length, told in three lines; pointing at it tells the rest. */
function Brief(props: { children: string }) {
  return (
    <span className={classes.brief} title={props.children}>
      {props.children}
    </span>
  );
}

function Stage(props: { row: Row }) {
  const { t } = useTranslation('customers');
  const { row } = props;
  return (
    <span className={classes.stageCell}>
      {row.stage ? (
        <NameBadge name={row.stage.stage.name} />
      ) : (
        <Text size="xs" c="dimmed" span>
          {row.anonymous ? t('anonymous') : t('notMember')}
        </Text>
      )}
    </span>
  );
}
