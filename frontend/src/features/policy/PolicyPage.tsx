import { PolicyRulesDocument, type RuleFieldsFragment } from '#gql/policy/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing, whole } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { malls } from '#ui/malls';
import { TabStrip } from '#ui/TabStrip';
import { Badge, Button, Stack, Tabs, Title } from '@mantine/core';
import { IconGavel, IconPlus } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './policy.module.css';
import { Premium } from './Premium';
import { Routes } from './Routes';
import { RuleDrawer } from './RuleDrawer';
import { policyTabs } from './urls';

const route = getRouteApi('/shell/policy');

/** The rules of malls, laws and the merchant: what they say, how sure that is, and when it was last reviewed. */
export function PolicyPage() {
  const { t, i18n } = useTranslation('policy');
  const { rule, tab = 'rules' } = route.useSearch();
  const navigate = useNavigate({ from: '/policy' });
  const mayWrite = useScope('policy:write');
  const [{ data, fetching, error }, reload] = useQuery({
    query: PolicyRulesDocument,
    variables: { locale: i18n.language },
  });
  const columns = useColumns();
  const again = () => reload({ requestPolicy: 'network-only' });
  const open = (id?: string) => void navigate({ search: (was) => ({ ...was, rule: id }) });
  const groups = groupsOf(data?.policyRules ?? []);
  const source = (rules: readonly RuleFieldsFragment[]) => whole(data && rules, { fetching, error }, again);

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        count={data && t('count', { count: data.policyRules.length })}
        actions={
          mayWrite &&
          tab === 'rules' && (
            <Button leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => open('new')}>
              {t('add')}
            </Button>
          )
        }
      />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: { tab: policyTabs.find((one) => one === value && one !== 'rules') } })}
      >
        <TabStrip label={t('tab.label')} open={tab}>
          {policyTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tab.${one}`)}
            </Tabs.Tab>
          ))}
        </TabStrip>
        <Tabs.Panel value="routes" pt="md">
          <Routes />
        </Tabs.Panel>
        <Tabs.Panel value="premium" pt="md">
          <Premium />
        </Tabs.Panel>
        <Tabs.Panel value="rules" pt="md">
          {groups.length === 0 ? (
            <DataList
              label={t('title')}
              columns={columns}
              source={source([])}
              rowKey={(row) => row.id}
              empty={<EmptyState icon={IconGavel} title={t('empty')} />}
            />
          ) : (
            <Stack gap="xl" className={classes.groups}>
              {groups.map((group) => (
                <section key={group.key}>
                  <Title order={2} mb="xs">
                    {group.mall ? <MallDot mall={group.mall} /> : t(`group.${group.key === 'LAW' ? 'LAW' : 'OWN'}`)}
                  </Title>
                  <DataList
                    label={group.mall ? t(`ui:mall.${group.mall}` as never) : t(`group.${group.key === 'LAW' ? 'LAW' : 'OWN'}`)}
                    columns={columns}
                    source={source(group.rules)}
                    rowKey={(row) => row.id}
                    rowLink={(row) => ({ to: '/policy', search: { rule: row.id } })}
                    empty={null}
                  />
                </section>
              ))}
            </Stack>
          )}
        </Tabs.Panel>
      </Tabs>
      {rule && (
        <RuleDrawer key={rule} id={rule} onClose={() => open()} onChanged={again} onCreated={(id) => open(id)} />
      )}
    </>
  );
}

/** The rules by whose they are: each mall's, the law's, the merchant's own. */
function groupsOf(rules: readonly RuleFieldsFragment[]) {
  const ofMall = (rule: RuleFieldsFragment) => (/^(RK|AM|YH|AU)-/.test(rule.id) ? (rule.origins[0] ?? homes[rule.id.slice(0, 2)]) : undefined);
  return [
    ...malls.map((mall) => ({ key: mall as string, mall, rules: rules.filter((rule) => ofMall(rule) === mall) })),
    { key: 'LAW', mall: undefined, rules: rules.filter((rule) => rule.id.startsWith('LAW-')) },
    { key: 'OWN', mall: undefined, rules: rules.filter((rule) => !ofMall(rule) && !rule.id.startsWith('LAW-')) },
  ].filter((group) => group.rules.length > 0);
}

const homes: Record<string, 'RAKUTEN' | 'AMAZON' | 'YAHOO' | 'AU_PAY'> = {
  RK: 'RAKUTEN',
  AM: 'AMAZON',
  YH: 'YAHOO',
  AU: 'AU_PAY',
};

const colors = { BLOCK: 'red', WARN: 'yellow', INFO: 'blue' } as const;

function useColumns(): Column<RuleFieldsFragment>[] {
  const { t } = useTranslation('policy');
  const format = useFormat();
  return [
    { key: 'id', header: t('column.id'), narrow: 'side', fit: true, cell: (row) => row.id },
    {
      key: 'message',
      header: t('column.message'),
      narrow: 'title',
      cell: (row) => <span className={classes.message}>{row.message}</span>,
    },
    {
      key: 'severity',
      header: t('column.severity'),
      fit: true,
      cell: (row) =>
        row.enabled ? (
          <Badge color={colors[row.severity]} variant="light">
            {t(`severity.${row.severity}`)}
          </Badge>
        ) : (
          <Badge color="gray" variant="light">
            {t('off')}
          </Badge>
        ),
    },
    { key: 'override', header: t('column.override'), fit: true, cell: (row) => (row.severity === 'BLOCK' ? t(`override.${row.override}`) : nothing) },
    { key: 'certainty', header: t('column.certainty'), fit: true, roomy: true, cell: (row) => t(`certainty.${row.certainty as 'VH'}`) },
    { key: 'reviewed', header: t('column.reviewed'), fit: true, roomy: true, cell: (row) => format.date(row.reviewedOn) },
  ];
}
