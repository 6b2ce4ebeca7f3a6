import { PolicyReviewDocument, PolicyRuleVersionsDocument, type RuleFieldsFragment } from '#gql/policy/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { toastDone } from '#ui/toast';
import { SideDrawer } from '#ui/SideDrawer';
import { Anchor, Badge, Button, Divider, Group, List, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Params } from './Params';
import { RuleForm } from './RuleForm';
import { newRule } from './rule';
import classes from './policy.module.css';

/** One rule beside the list: what it says and rests on, its versions, and the form for the next one. */
export function RuleDrawer(props: {
  id: string;
  onClose: () => void;
  onChanged: () => void;
  onCreated: (id: string) => void;
}) {
  const { t, i18n } = useTranslation('policy');
  const fresh = props.id === 'new';
  const [{ data, error, fetching }, reload] = useQuery({
    query: PolicyRuleVersionsDocument,
    variables: { id: props.id, locale: i18n.language },
    pause: fresh,
  });
  const versions = data?.policyRuleVersions;
  const changed = () => {
    reload({ requestPolicy: 'network-only' });
    props.onChanged();
  };
  return (
    <SideDrawer size="xl" onClose={props.onClose} title={fresh ? t('add') : props.id}>
      {fresh && (
        <RuleForm
          initial={newRule()}
          onSaved={(id) => {
            props.onChanged();
            props.onCreated(id);
          }}
        />
      )}
      {error && !data && <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />}
      {fetching && !data && <Skeleton height="20rem" />}
      {versions?.length === 0 && <EmptyState title={t('missing')} />}
      {versions?.[0] && <Detail versions={versions} newest={versions[0]} onChanged={changed} />}
    </SideDrawer>
  );
}

function Detail(props: { versions: readonly RuleFieldsFragment[]; newest: RuleFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('policy');
  const format = useFormat();
  const mayWrite = useScope('policy:write');
  const [editing, setEditing] = useState(false);
  const today = format.day(new Date());
  const current = props.versions.find((version) => version.effectiveFrom <= today) ?? props.newest;
  if (editing) {
    return (
      <RuleForm
        initial={props.newest}
        onCancel={() => setEditing(false)}
        onSaved={() => {
          setEditing(false);
          props.onChanged();
        }}
      />
    );
  }
  return (
    <Stack gap="lg">
      <Facts rule={current} />
      <Params rule={current} />
      {mayWrite && (
        <Group gap="xs">
          <Button onClick={() => setEditing(true)}>{t('edit')}</Button>
          <Review rule={current} onChanged={props.onChanged} />
        </Group>
      )}
      {!current.canWeaken && (
        <Text size="xs" c="dimmed">
          {t('lawStays')}
        </Text>
      )}
      <Divider />
      <Versions versions={props.versions} current={current} />
    </Stack>
  );
}

function Facts(props: { rule: RuleFieldsFragment }) {
  const { t, i18n } = useTranslation('policy');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const { rule } = props;
  const rows: [string, ReactNode][] = [
    [t('column.message'), rule.message],
    [t('remedy'), i18n.language === 'en' ? rule.remedyEn : rule.remedyJa],
    [t('condition'), rule.condition.label],
    [t('origins'), format.list(rule.origins.map((mall) => tUi(`mall.${mall}`))) || t('everywhere')],
    [t('channels'), format.list(rule.channels.map((channel) => t(`channel.${channel}`))) || t('everywhere')],
    [t('column.severity'), rule.enabled ? t(`severity.${rule.severity}`) : t('off')],
    [t('column.override'), t(`override.${rule.override}`)],
    [t('column.certainty'), t(`certainty.${rule.certainty as 'VH'}`)],
    [t('column.reviewed'), format.date(rule.reviewedOn)],
    [t('sources'), <Sources key="sources" sources={rule.sources} />],
  ];
  return (
    <Table withRowBorders={false} verticalSpacing="0.25rem" className={classes.facts}>
      <Table.Tbody>
        {rows.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th w="8rem">{label}</Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Sources(props: { sources: readonly string[] }) {
  return (
    <List size="sm" listStyleType="none" spacing="xs">
      {props.sources.map((source) => (
        <List.Item key={source}>
          {source.startsWith('https://') ? (
            <Anchor href={source} target="_blank" rel="noreferrer" size="sm" style={{ overflowWrap: 'anywhere' }}>
              {source}
            </Anchor>
          ) : (
            source
          )}
        </List.Item>
      ))}
    </List>
  );
}

function Review(props: { rule: RuleFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('policy');
  const [{ fetching }, review] = useMutation(PolicyReviewDocument);
  const mark = async () => {
    const { data } = await review({ input: { id: props.rule.id } });
    if (!data?.reviewPolicyRule.rule) return;
    toastDone(t('reviewed', { id: props.rule.id }));
    props.onChanged();
  };
  return (
    <Button variant="default" loading={fetching} onClick={() => void mark()}>
      {t('review')}
    </Button>
  );
}

function Versions(props: { versions: readonly RuleFieldsFragment[]; current: RuleFieldsFragment }) {
  const { t } = useTranslation('policy');
  const format = useFormat();
  return (
    <section>
      <Title order={3} mb="xs">
        {t('versions')}
      </Title>
      <Stack gap="sm">
        {props.versions.map((version) => (
          <div key={version.version}>
            <Group gap="xs">
              <Text size="sm" fw={600}>
                {t('version', { version: version.version })}
              </Text>
              <Text size="sm">{t('from', { date: format.date(version.effectiveFrom) })}</Text>
              {version.version === props.current.version && <Badge variant="light">{t('inForce')}</Badge>}
              {version.version > props.current.version && (
                <Badge color="yellow" variant="light">
                  {t('coming')}
                </Badge>
              )}
              {!version.enabled && (
                <Badge color="gray" variant="light">
                  {t('off')}
                </Badge>
              )}
            </Group>
            <Text size="xs" c="dimmed">
              {version.createdBy
                ? t('madeBy', { name: version.createdBy, at: format.dateTime(version.createdAt), note: version.note })
                : t('shipped')}
            </Text>
          </div>
        ))}
      </Stack>
    </section>
  );
}
