import { Button, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import classes from './states.module.css';

/** Which sentence explains a failure: the network's, the missing right's, the limit's, or the server's own. */
export function failureKey(error: Pick<CombinedError, 'networkError' | 'graphQLErrors'>) {
  if (error.graphQLErrors.some((e) => e.extensions.code === 'FORBIDDEN')) return 'error.forbidden';
  if (error.graphQLErrors.some((e) => e.extensions.code === 'THROTTLED')) return 'error.throttled';
  if (error.networkError) return 'error.network';
  return 'error.other';
}

/** Says what happened, that nothing was changed, and offers to try again. */
export function ErrorState(props: { error: CombinedError; retry?: () => void }) {
  const { t } = useTranslation('ui');
  return (
    <Stack className={classes.state} align="center" gap="xs" role="alert">
      <IconAlertTriangle className={classes.warnIcon} aria-hidden />
      <Title order={2} size="h3">{t('error.title')}</Title>
      <Text c="dimmed" size="sm" ta="center" maw="28rem">
        {t(failureKey(props.error))}
      </Text>
      {props.retry && (
        <Button
          className={classes.action}
          variant="default"
          leftSection={<IconRefresh className={classes.buttonIcon} aria-hidden />}
          onClick={props.retry}
        >
          {t('error.retry')}
        </Button>
      )}
    </Stack>
  );
}
