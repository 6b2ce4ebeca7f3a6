import { type PointsProgramQuery, PointsProgramDocument, PointsProgramFormsDocument, PointsProgramSegmentsDocument } from '#gql/points-program/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { PageHeader } from '#ui/PageHeader';
import { Button, Menu, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCoin, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { draftFrom, draftOf, type Start, starts } from './draft';
import classes from './pointsProgram.module.css';
import { Preview } from './Preview';
import { ProgramSettings } from './ProgramSettings';
import { RuleDrawer } from './RuleDrawer';
import { RuleEditor } from './RuleEditor';
import { RuleList } from './RuleList';
import type { Names } from './useSentence';

const route = getRouteApi('/shell/points');

export type Rule = PointsProgramQuery['earnRules'][number];

/** How points are earned: the rules in force, planned and past, the programme itself, and what an order would earn. */
export function PointsProgramPage() {
  const { t, i18n } = useTranslation('points-program');
  const today = useFormat().day(new Date());
  const { rule: open } = route.useSearch();
  const navigate = route.useNavigate();
  const [{ data, error }, ask] = useQuery({ query: PointsProgramDocument });
  const [{ data: segments }] = useQuery({ query: PointsProgramSegmentsDocument, pause: !useScope('segments:read') });
  const mayWrite = useScope('settings:write');
  const maySee = useScope('settings:read');
  const [{ data: forms }] = useQuery({ query: PointsProgramFormsDocument, pause: !maySee });
  const [editing, setEditing] = useState(false);
  const reload = () => ask({ requestPolicy: 'network-only' });
  const joining = useMemo(
    () =>
      (forms?.signUpForms ?? [])
        .filter((form) => form.content.joins)
        .map(({ id, content }) => ({ id, name: (i18n.language === 'en' && content.title.en) || content.title.ja })),
    [forms, i18n.language],
  );
  const names: Names = useMemo(
    () => new Map([...(data?.stages ?? []), ...(data?.shops ?? []), ...(segments?.segments ?? []), ...joining].map((one) => [one.id, one.name])),
    [data, segments, joining],
  );
  const show = (rule?: string) => void navigate({ search: { rule } });
  const start = starts.find((each) => each === open);
  const rule = data?.earnRules.find((each) => each.id === open);
  const draft = (start && draftOf(start, t(`start.${start}.name`), today)) ?? (editing && rule ? draftFrom(rule) : undefined);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={mayWrite && data && data.earnRules.length > 0 && <NewRule onChosen={show} />}
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
                <EmptyState icon={IconCoin} title={t('rules.none')} action={mayWrite && <NewRule onChosen={show} />}>
                  {t('rules.noneBody')}
                </EmptyState>
              ) : (
                <RuleList rules={data.earnRules} names={names} onChanged={reload} />
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
                <ProgramSettings stages={data.stages} />
              </section>
            )}
          </Stack>
          <Preview shops={data.shops} rules={data.earnRules} />
        </div>
      )}
      {rule && (
        <RuleDrawer key={`${rule.id} ${rule.version}`} rule={rule} names={names} onEdit={() => setEditing(true)} onClose={() => show()} />
      )}
      {draft && data && mayWrite && (
        <RuleEditor
          key={open}
          start={draft}
          stages={data.stages}
          shops={data.shops}
          segments={segments?.segments ?? []}
          forms={joining}
          names={names}
          onClose={() => (start ? show() : setEditing(false))}
          onSaved={(id) => {
            setEditing(false);
            show(id);
            reload();
          }}
        />
      )}
    </>
  );
}

function NewRule(props: { onChosen: (start: Start) => void }) {
  const { t } = useTranslation('points-program');
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button leftSection={<IconPlus size="1rem" aria-hidden />}>{t('rules.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {starts.map((start) => (
          <Menu.Item key={start} onClick={() => props.onChosen(start)}>
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
