import { StageLadderHistoryDocument } from '#gql/stages/graphql';
import { useFormat } from '#lib/FormatContext';
import { ErrorState } from '#ui/ErrorState';
import { SideDrawer } from '#ui/SideDrawer';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { LadderTable } from './LadderTable';

/** The ladders that held, the newest first, each with what it changed. */
export function LadderHistory(props: { onClose: () => void }) {
  const { t } = useTranslation('stages');
  const format = useFormat();
  const [{ data, error }, reload] = useQuery({ query: StageLadderHistoryDocument, requestPolicy: 'cache-and-network' });
  const held = data?.stageLadder.history;

  const since = (one: NonNullable<typeof held>[number], first: boolean) =>
    first ? t('history.first') : t('history.since', { at: one.heldFrom ? format.dateTime(one.heldFrom) : '' });
  return (
    <SideDrawer title={t('history.title')} size="xl" onClose={props.onClose}>
      {error && !held ? (
        <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />
      ) : !held ? (
        <Skeleton h="12rem" />
      ) : (
        <Stack gap="xl">
          {held.map((one, i) => {
            const title = since(one, i === held.length - 1);
            return (
              <section key={one.id} aria-label={title}>
                <Title order={3} size="h5">
                  {title}
                </Title>
                {one.madeBy && (
                  <Text size="sm" c="dimmed">
                    {t(one.startsOn ? 'history.plannedBy' : 'history.by', { name: one.madeBy, at: format.dateTime(one.madeAt) })}
                  </Text>
                )}
                <LadderTable label={title} ladder={one} before={held[i + 1]} />
              </section>
            );
          })}
        </Stack>
      )}
    </SideDrawer>
  );
}
