import { ImportDemoDocument } from '#gql/imports/graphql';
import { Alert, Text } from '@mantine/core';
import { IconMasksTheater } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';

/**
 * Says, on the demonstration's data only, that a file of one's own ends its
 * made-up buyers for good: `note` before a file is chosen, else beside the button that takes it in.
 */
export function DemoEnds(props: { note?: boolean }) {
  const { t } = useTranslation('imports');
  const [{ data }] = useQuery({ query: ImportDemoDocument, requestPolicy: 'cache-and-network' });
  if (!data?.demoBuyers || data.demoBuyers.ended) return null;
  if (props.note) {
    return (
      <Text size="sm" c="dimmed" mb="md">
        {t('demoEnds.note')}
      </Text>
    );
  }
  return (
    <Alert color="yellow" icon={<IconMasksTheater aria-hidden />} title={t('demoEnds.title')}>
      {t('demoEnds.body')}
    </Alert>
  );
}
