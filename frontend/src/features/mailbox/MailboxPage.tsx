import { MailboxListDocument, type MailboxListQuery } from '#gql/mailbox/graphql';
import { campaignsUrl } from '#features/campaigns/urls';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { type Column, DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { useColumnChoice } from '#ui/list/columnChoice';
import { ColumnMenu } from '#ui/list/ColumnMenu';
import { ButtonLink } from '#ui/links';
import { ListToolbar } from '#ui/ListToolbar';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { IconInbox, IconSearch } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './MailboxPage.module.css';
import { MailDrawer } from './MailView';
import { mailUrl } from './urls';

type Row = MailboxListQuery['mailbox']['edges'][number]['node'];

const route = getRouteApi('/shell/mailbox');
const connection = (data: MailboxListQuery) => data.mailbox;
const pageSize = 50;
const refreshMs = 5_000;

/** The mails the built-in sink took in: what customers would have received while no mail server is set. One opens beside the list. */
export function MailboxPage() {
  const { t } = useTranslation('mailbox');
  const search = route.useSearch();
  const { q } = search;
  const maySend = useScope('campaigns:write');
  const navigate = useNavigate({ from: '/mailbox' });
  const variables = useMemo(() => ({ first: pageSize, search: q ?? null }), [q]);
  const source = usePagedQuery(MailboxListDocument, variables, connection);
  const choice = useColumnChoice('mailbox', useColumns());
  const { reload } = source;
  const onFirstPage = source.nodes.length <= pageSize;

  // New mail comes in while a campaign is sent; deeper pages are left alone so that nothing jumps.
  useEffect(() => {
    if (!onFirstPage) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), refreshMs);
    return () => clearInterval(timer);
  }, [onFirstPage, reload]);

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <DataList
        label={t('title')}
        columns={choice.shown}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => mailUrl({ ...search, mail: row.id })}
        toolbar={
          <ListToolbar
            search={{
              value: q ?? '',
              placeholder: t('search'),
              onChange: (value) => void navigate({ search: (was) => ({ ...was, q: value || undefined }), replace: true }),
            }}
            end={<ColumnMenu choice={choice} />}
          />
        }
        empty={
          q ? (
            <EmptyState icon={IconSearch} title={t('noneFound')}>
              {t('noneBody')}
            </EmptyState>
          ) : (
            <EmptyState
              icon={IconInbox}
              title={t('empty.title')}
              action={maySend && <ButtonLink {...campaignsUrl()}>{t('empty.action')}</ButtonLink>}
            >
              {t('empty.body')}
            </EmptyState>
          )
        }
      />
      {search.mail !== undefined && (
        <MailDrawer
          id={search.mail}
          as={search.as ?? 'desktop'}
          onView={(as) => void navigate({ search: (was) => ({ ...was, as: as === 'desktop' ? undefined : as }), replace: true })}
          onClose={() => void navigate({ search: (was) => ({ ...was, mail: undefined }) })}
        />
      )}
    </>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('mailbox');
  return useMemo(
    (): Column<Row>[] => [
      {
        key: 'subject',
        header: t('column.subject'),
        narrow: 'title',
        cell: (row) => <span className={classes.subject}>{row.subject || t('noSubject')}</span>,
      },
      { key: 'to', header: t('column.to'), narrow: 'wide', cell: (row) => <span className={classes.address} title={row.to}>{row.to}</span> },
      {
        key: 'from',
        header: t('column.from'),
        extra: true,
        cell: (row) => <span className={classes.address} title={row.from}>{row.from}</span>,
      },
      {
        key: 'received',
        header: t('column.received'),
        align: 'right',
        fit: true,
        narrow: 'mark',
        cell: (row) => <Timestamp at={row.receivedAt} />,
      },
    ],
    [t],
  );
}
