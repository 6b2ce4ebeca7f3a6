import { EmptyState } from '#ui/EmptyState';
import { PageHeader } from '#ui/PageHeader';
import { Button, Text } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** In place of the list when the rule in the address cannot be read: it must not pass for "everybody". */
export function BrokenRule(props: { reason: string; onRemove: () => void }) {
  const { t } = useTranslation('customers');
  return (
    <>
      <PageHeader title={t('title')} />
      <EmptyState
        icon={IconFilterOff}
        title={t('rule.brokenTitle')}
        action={
          <Button variant="default" onClick={props.onRemove}>
            {t('rule.remove')}
          </Button>
        }
      >
        {t('rule.brokenBody')}
        <Text size="xs" mt="xs" component="div">
          {props.reason}
        </Text>
      </EmptyState>
    </>
  );
}
