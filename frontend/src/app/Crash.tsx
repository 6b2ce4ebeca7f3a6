import { EmptyState } from '#ui/EmptyState';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '#ui/links';

/** A page that broke: nothing of the data is lost by it, and loading it again usually helps. */
export function Crash(props: { retry: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={IconAlertTriangle}
      title={t('crash.title')}
      action={<Button onClick={props.retry}>{t('crash.retry')}</Button>}
    >
      {t('crash.body')}
    </EmptyState>
  );
}

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={IconMapQuestion}
      title={t('notFound.title')}
      action={<ButtonLink to="/">{t('notFound.home')}</ButtonLink>}
    >
      {t('notFound.body')}
    </EmptyState>
  );
}
