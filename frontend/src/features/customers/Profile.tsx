import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { Address } from '#ui/Address';
import { MallDot } from '#ui/MallDot';
import { ActionIcon, Group, Title, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerHead } from './CustomerPage';
import classes from './customers.module.css';
import { EditProfile } from './EditProfile';
import { Properties } from './Properties';
import { Tags } from './Tags';

/** Beside the sections: how to reach the person, and what they did on each mall. */
export function Profile(props: { customer: CustomerHead }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { customer } = props;
  const mayWrite = useScope('customers:write');
  const [editing, setEditing] = useState(false);
  const lines = [
    ['email', customer.email],
    ['phone', customer.phoneNational],
    ['address', [postal(customer.postalCode), customer.prefecture + customer.city + customer.addressLine].join('\n').trim()],
    ['birthDate', customer.birthDate ? format.date(customer.birthDate) : ''],
    ['gender', customer.gender === 'UNKNOWN' ? '' : t(`gender.${customer.gender}`)],
    ['firstOrder', customer.stats.firstOrderAt ? format.date(customer.stats.firstOrderAt) : ''],
    ['createdAt', format.date(customer.createdAt)],
  ] as const;

  return (
    <aside className={classes.profile} aria-label={t('profile.title')}>
      <div>
        <Group gap="xs" align="center" className={classes.heading}>
          <Title order={2}>{t('profile.title')}</Title>
          {mayWrite && !customer.anonymous && (
            <Tooltip label={t('edit.open')}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('edit.open')} onClick={() => setEditing(true)}>
                <IconPencil className={classes.icon} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
        {editing && <EditProfile customer={customer} onClose={() => setEditing(false)} />}
        <dl className={classes.lines}>
        {lines
          .filter(([, value]) => value !== '')
          .map(([key, value]) => (
            <Fragment key={key}>
              <dt>{t(`profile.${key}`)}</dt>
              <dd>{key === 'email' ? <Address>{value}</Address> : value}</dd>
            </Fragment>
          ))}
        </dl>
      </div>
      {!customer.anonymous && <Tags customerId={customer.id} />}
      {!customer.anonymous && <Properties customerId={customer.id} />}
      {customer.stats.byMall.length > 0 && (
        <div>
          <Title order={2}>{t('profile.malls')}</Title>
          <dl className={classes.malls}>
            {customer.stats.byMall.map((mall) => (
              <Fragment key={`${mall.mall}:${mall.netSales.currency}`}>
                <dt>
                  <MallDot mall={mall.mall} />
                </dt>
                <dd>
                  {format.money(mall.netSales.amount, mall.netSales.currency)}
                  <span className={classes.sub}>
                    {t('times', { count: mall.orderCount, shown: format.number(mall.orderCount) })}
                    {mall.lastOrderAt && ` · ${format.date(mall.lastOrderAt)}`}
                  </span>
                </dd>
              </Fragment>
            ))}
          </dl>
        </div>
      )}
    </aside>
  );
}

const postal = (code: string) => (code.length === 7 ? `〒${code.slice(0, 3)}-${code.slice(3)}` : code);
