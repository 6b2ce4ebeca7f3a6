import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './list.module.css';

/** Pages behind a keyset cursor; the address holds which one is open. */
export interface Pager {
  /** Counted from 1. */
  page: number;
  previous?: () => void;
  next?: () => void;
}

/** Under a list: how much of it is shown, and the way on. */
export function ListFoot(props: {
  shown: number;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
  pager?: Pager;
}) {
  const { t } = useTranslation('ui');
  const { pager, shown } = props;
  if (shown === 0) return null;
  return (
    <nav className={classes.foot} aria-label={t('list.paging')}>
      <Text size="xs" c="dimmed" aria-live="polite">
        {pager && (pager.previous || pager.next)
          ? t('list.page', { page: pager.page.toLocaleString(), shown: shown.toLocaleString() })
          : t('list.shown', { shown: shown.toLocaleString() })}
      </Text>
      {pager && (pager.previous || pager.next) && (
        <Group gap="xs">
          <Button
            variant="default"
            disabled={!pager.previous}
            onClick={pager.previous}
            leftSection={<IconChevronLeft className={classes.icon} aria-hidden />}
          >
            {t('list.previous')}
          </Button>
          <Button
            variant="default"
            disabled={!pager.next}
            onClick={pager.next}
            rightSection={<IconChevronRight className={classes.icon} aria-hidden />}
          >
            {t('list.next')}
          </Button>
        </Group>
      )}
      {props.hasMore && (
        <Button variant="default" loading={props.loadingMore} onClick={props.loadMore}>
          {t('list.more')}
        </Button>
      )}
    </nav>
  );
}
