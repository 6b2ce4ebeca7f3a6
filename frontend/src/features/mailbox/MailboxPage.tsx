import { MailboxListDocument, type MailboxListQuery } from '#gql/mailbox/graphql';
import { campaignsUrl } from '#features/campaigns/urls';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { ButtonLink } from '#ui/links';
import { ListToolbar } from '#ui/ListToolbar';
import { useRowKeys } from '#ui/list/useRowKeys';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './MailboxPage.module.css';
import { MailView } from './MailView';
import { mailUrl } from './urls';

const route = getRouteApi('/shell/mailbox');
const connection = (data: MailboxListQuery) => data.mailbox;
const refreshMs = 5_000;

/** The mails the built-in sink took in: what customers would have received while no mail server is set. */
export function MailboxPage() {
  const { t } = useTranslation('mailbox');
  const search = route.useSearch();
  const { q, mail } = search;
  const rows = useRef<HTMLDivElement>(null);
  useRowKeys(rows);
  const maySend = useScope('campaigns:write');
  const navigate = useNavigate({ from: '/mailbox' });
  const source = usePagedQuery(MailboxListDocument, { first: 50, search: q ?? null }, connection);
  const { reload } = source;
  const onFirstPage = source.nodes.length <= 50;

  // New mail comes in while a campaign is sent; deeper pages are left alone so that nothing jumps.
  useEffect(() => {
    if (!onFirstPage) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), refreshMs);
    return () => clearInterval(timer);
  }, [onFirstPage, reload]);

  const empty = !source.fetching && !source.error && source.nodes.length === 0;
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <ListToolbar
        search={{
          value: q ?? '',
          placeholder: t('search'),
          onChange: (value) => void navigate({ search: (was) => ({ ...was, q: value || undefined }), replace: true }),
        }}
      />
      {source.error && source.nodes.length === 0 ? (
        <ErrorState error={source.error} retry={reload} />
      ) : empty && !mail ? (
        <EmptyState
          icon={IconInbox}
          title={t(q ? 'noneFound' : 'empty.title')}
          action={!q && maySend && <ButtonLink {...campaignsUrl()}>{t('empty.action')}</ButtonLink>}
        >
          {t(q ? 'noneBody' : 'empty.body')}
        </EmptyState>
      ) : (
        <div className={classes.split} data-open={mail ? true : undefined}>
          <nav className={classes.list} aria-label={t('title')}>
            {source.fetching && <ListSkeleton />}
            <div ref={rows} data-rows>
              {source.nodes.map((row) => (
                <div key={row.id}>
                  <Link
                    {...mailUrl({ ...search, mail: row.id })}
                    className={classes.row}
                    data-row-target
                    data-open={row.id === mail || undefined}
                    aria-current={row.id === mail || undefined}
                  >
                    <Text size="sm" fw={600} className={classes.subject}>
                      {row.subject || t('noSubject')}
                    </Text>
                    <Text size="xs" className={classes.to}>
                      {row.to}
                    </Text>
                    <Text size="xs" c="dimmed">
                      <Timestamp at={row.receivedAt} />
                    </Text>
                  </Link>
                </div>
              ))}
            </div>
            {source.hasMore && (
              <div className={classes.more}>
                <Button variant="default" loading={source.loadingMore} onClick={source.loadMore}>
                  {t('more')}
                </Button>
              </div>
            )}
          </nav>
          <MailView
            search={search}
            onView={(as) => void navigate({ search: (was) => ({ ...was, as: as === 'desktop' ? undefined : as }), replace: true })}
          />
        </div>
      )}
    </>
  );
}

function ListSkeleton() {
  return (
    <Stack p="md" gap="lg">
      {['80%', '60%', '72%', '66%', '78%'].map((width) => (
        <Skeleton key={width} height="2.5rem" width={width} />
      ))}
    </Stack>
  );
}
