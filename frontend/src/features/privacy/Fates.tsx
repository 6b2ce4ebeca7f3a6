import type { PrivacyPreviewQuery } from '#gql/privacy/graphql';
import { useFormat } from '#lib/FormatContext';
import { List, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What an erasure does with each kind of data of a person, and why some of it stays. */
export function Fates(props: { preview: PrivacyPreviewQuery['erasurePreview'] }) {
  const { t } = useTranslation('privacy');
  const format = useFormat();
  const { fates, pointsLost, waitingMessages, needsTwo } = props.preview;
  const rows = (count: number) => (count > 0 ? t('preview.rows', { count }) : '–');
  return (
    <Stack gap="sm">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('preview.title')}</Table.Th>
            <Table.Th ta="right">{t('preview.goes')}</Table.Th>
            <Table.Th ta="right">{t('preview.stays')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fates.map((fate) => (
            <Table.Tr key={fate.group}>
              <Table.Td>
                {t(`group.${fate.group}`)}
                {fate.why.map((why) => (
                  <Text key={why} size="xs" c="dimmed">
                    {t(`why.${why}`)}
                  </Text>
                ))}
              </Table.Td>
              <Table.Td ta="right">{rows(fate.erased)}</Table.Td>
              <Table.Td ta="right">{rows(fate.kept)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <List size="sm">
        {pointsLost > 0 && <List.Item>{t('preview.points', { points: format.number(pointsLost) })}</List.Item>}
        {waitingMessages > 0 && <List.Item>{t('preview.waiting', { count: waitingMessages })}</List.Item>}
        {needsTwo && <List.Item>{t('preview.two')}</List.Item>}
      </List>
    </Stack>
  );
}
