import { type PointsProgramQuery, PointsProgramDocument, PointsProgramSegmentsDocument } from '#gql/points-program/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { PageHeader } from '#ui/PageHeader';
import { Button, Menu, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCoin, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { draftFrom, draftOf, type RuleDraft, type Start, starts } from './draft';
import classes from './pointsProgram.module.css';
import { Preview } from './Preview';
import { ProgramSettings } from './ProgramSettings';
import { RuleEditor } from './RuleEditor';
import { RuleList } from './RuleList';
import type { Names } from './useSentence';

export type Rule = PointsProgramQuery['earnRules'][number];

/** How points are earned: the rules in force, planned and past, the programme itself, and what an order would earn. */
export function PointsProgramPage() {
  const { t } = useTranslation('points-program');
  const [{ data, error }, ask] = useQuery({ query: PointsProgramDocument });
  const [{ data: segments }] = useQuery({ query: PointsProgramSegmentsDocument, pause: !useScope('segments:read') });
  const [draft, setDraft] = useState<RuleDraft | null>(null);
  const mayWrite = useScope('settings:write');
  const maySee = useScope('settings:read');
  const reload = () => ask({ requestPolicy: 'network-only' });
  const names: Names = useMemo(
    () => new Map([...(data?.stages ?? []), ...(data?.shops ?? []), ...(segments?.segments ?? [])].map((one) => [one.id, one.name])),
    [data, segments],
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={mayWrite && data && data.earnRules.length > 0 && <NewRule onChosen={setDraft} />}
      />
      {error && !data ? (
        <ErrorState error={error} retry={reload} />
      ) : !data ? (
        <Skeleton height="24rem" />
      ) : (
        <div className={classes.columns}>
          <Stack gap="xl">
            <section aria-labelledby="earn-rules">
              <Title order={2} size="h4" id="earn-rules" mb="xs">
                {t('rules.title')}
              </Title>
              {data.earnRules.length === 0 ? (
                <EmptyState icon={IconCoin} title={t('rules.none')} action={mayWrite && <NewRule onChosen={setDraft} />}>
                  {t('rules.noneBody')}
                </EmptyState>
              ) : (
                <RuleList rules={data.earnRules} names={names} onEdit={(rule) => setDraft(draftFrom(rule))} onChanged={reload} />
              )}
            </section>
            {maySee && (
              <section aria-labelledby="earn-settings">
                <Title order={2} size="h4" id="earn-settings">
                  {t('settings.title')}
                </Title>
                <Text size="sm" c="dimmed" mb="md">
                  {t('settings.body')}
                </Text>
                <ProgramSettings />
              </section>
            )}
          </Stack>
          <Preview shops={data.shops} />
        </div>
      )}
      {draft && data && (
        <RuleEditor
          start={draft}
          stages={data.stages}
          shops={data.shops}
          segments={segments?.segments ?? []}
          names={names}
          onClose={() => setDraft(null)}
          onSaved={() => {
            setDraft(null);
            reload();
          }}
        />
      )}
    </>
  );
}

function NewRule(props: { onChosen: (draft: RuleDraft) => void }) {
  const { t } = useTranslation('points-program');
  const today = useFormat().day(new Date());
  const open = (start: Start) => props.onChosen(draftOf(start, t(`start.${start}.name`), today));
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button leftSection={<IconPlus size="1rem" aria-hidden />}>{t('rules.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {starts.map((start) => (
          <Menu.Item key={start} onClick={() => open(start)}>
            <Text size="sm">{t(`start.${start}.name`)}</Text>
            <Text size="xs" c="dimmed">
              {t(`start.${start}.body`)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
