import type { ApiClientFieldsFragment } from '#gql/api-clients/graphql';
import { useFormat } from '#lib/FormatContext';
import { Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './api.module.css';

type Day = ApiClientFieldsFragment['usage'][number];

const figures = ['requests', 'cost', 'throttled', 'failed', 'deprecated'] as const;

/** What a client asked for in the last 30 days, together and day by day, the newest first. */
export function Usage(props: { usage: readonly Day[] }) {
  const { t } = useTranslation('api-clients');
  const format = useFormat();
  const sum = (of: (typeof figures)[number]) => format.number(props.usage.reduce((total, day) => total + day[of], 0));
  return (
    <section>
      <Title order={3} mb="xs">
        {t('usage.title')}
      </Title>
      {props.usage.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('usage.none')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={400}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('usage.day')}</Table.Th>
                {figures.map((figure) => (
                  <Table.Th key={figure} ta="right">
                    {t(`usage.${figure}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[...props.usage].reverse().map((day) => (
                <Table.Tr key={day.day}>
                  <Table.Td className={classes.day}>{format.date(day.day)}</Table.Td>
                  {figures.map((figure) => (
                    <Table.Td key={figure} ta="right">
                      {format.number(day[figure])}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th>{t('usage.sum')}</Table.Th>
                {figures.map((figure) => (
                  <Table.Th key={figure} ta="right">
                    {sum(figure)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Tfoot>
          </Table>
        </Table.ScrollContainer>
      )}
      {props.usage.some((day) => day.deprecated > 0) && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('usage.deprecatedNote')}
        </Text>
      )}
    </section>
  );
}
