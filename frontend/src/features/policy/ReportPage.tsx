import { PolicyReportDocument, type PolicyReportQuery } from '#gql/policy/graphql';
import { download } from '#lib/download';
import { useFormat } from '#lib/FormatContext';
import { useLatest } from '#lib/useLatest';
import { useReasonWords } from '#lib/reasons';
import { Earlier } from '#ui/Earlier';
import { ErrorState } from '#ui/ErrorState';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { toastFailed } from '#ui/toast';
import { Badge, Button, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './policy.module.css';

const route = getRouteApi('/shell/campaigns/$campaignId/compliance');
type Report = PolicyReportQuery['complianceReport'];

/** How a campaign kept to the rules, for whoever asks later: on screen, on paper, as a file. */
export function ReportPage() {
  const { t, i18n } = useTranslation('policy');
  const format = useFormat();
  const { campaignId } = route.useParams();
  const [{ data, error }, reload] = useLatest({ query: PolicyReportDocument, variables: { id: campaignId, locale: i18n.language } });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height="24rem" />;
  const report = data.complianceReport;
  return (
    <div className={classes.report}>
      <PageHeader
        title={t('report.title')}
        back={{ link: { to: '/campaigns/$campaignId', params: { campaignId } }, label: report.campaignName }}
        description={t('report.description', { asOf: format.date(report.asOf), at: format.dateTime(report.madeAt) })}
        actions={<Taking id={campaignId} />}
      />
      <Stack gap="xl">
        <Earlier stale={report.stale}>
          <Outcomes report={report} />
        </Earlier>
        <Findings report={report} />
        <Overrides report={report} />
        <Rules report={report} />
        <Texts report={report} />
      </Stack>
    </div>
  );
}

function Taking(props: { id: string }) {
  const { t, i18n } = useTranslation('policy');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await download(`/campaigns/${encodeURIComponent(props.id)}/compliance.csv?locale=${i18n.language}`, 'compliance.csv');
    } catch {
      toastFailed(t('report.failed'), t('report.failedBody'));
    }
    setBusy(false);
  };
  return (
    <>
      <Button variant="default" leftSection={<IconPrinter size="1rem" aria-hidden />} onClick={() => window.print()}>
        {t('report.print')}
      </Button>
      <Button loading={busy} leftSection={<IconDownload size="1rem" aria-hidden />} onClick={() => void save()}>
        {t('report.csv')}
      </Button>
    </>
  );
}

interface PartProps {
  title: string;
  empty: string;
  head: readonly string[];
  /** The column that holds figures. */
  figures?: number;
  /** Columns of a word or two, which stay in one piece. */
  short: readonly number[];
  rows: readonly (readonly ReactNode[])[];
}

/** One table of the report, or the sentence that there is nothing in it. */
function Part(props: PartProps) {
  const title = useId();
  return (
    <section aria-labelledby={title}>
      <Title order={2} mb="xs" id={title}>
        {props.title}
      </Title>
      {props.rows.length === 0 ? (
        <Text size="sm">{props.empty}</Text>
      ) : (
        <Table verticalSpacing="xs" className={classes.reportTable} aria-labelledby={title}>
            <Table.Thead>
              <Table.Tr>
                {props.head.map((label, column) => (
                  <Table.Th key={label} scope="col" data-figure={column === props.figures || undefined}>
                    {label}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {props.rows.map((row, at) => (
                <Table.Tr key={at}>
                  {row.map((cell, column) => (
                    <Table.Td key={column} data-label={props.head[column]} data-figure={column === props.figures || undefined} data-short={props.short.includes(column) || undefined} data-nothing={!cell || undefined}>
                      {cell}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

function Outcomes(props: { report: Report }) {
  const { t } = useTranslation('policy');
  const { t: tCampaigns } = useTranslation('campaigns');
  const format = useFormat();
  const words = useReasonWords();
  return (
    <Part
      title={t('report.outcomes')}
      empty={t('report.noOutcomes')}
      head={[t('report.origin'), t('report.fate'), t('report.reason'), t('report.people')]}
      figures={3}
      short={[1]}
      rows={props.report.outcomes.map((one) => [
        one.malls.length === 0 ? (
          t('report.nowhere')
        ) : (
          <span key="malls" className={classes.malls}>
            {one.malls.map((mall) => (
              <MallDot key={mall} mall={mall} />
            ))}
            {!one.consented && <Text size="xs">{t('report.unconsented')}</Text>}
          </span>
        ),
        tCampaigns(`message.${one.status}` as never),
        one.reason && `${one.reason === words.reason(one.reason) ? '' : `${one.reason} `}${words.reason(one.reason)}`,
        format.people(one.count),
      ])}
    />
  );
}

function Findings(props: { report: Report }) {
  const { t } = useTranslation('policy');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  return (
    <Part
      title={t('report.findings')}
      empty={t('report.noFindings')}
      head={[t('column.id'), t('column.severity'), t('column.message'), t('report.about')]}
      short={[0, 1, 3]}
      rows={props.report.findings.map((one) => [
        one.code,
        <Badge key="severity" variant="light" color={one.severity === 'BLOCK' ? 'red' : one.severity === 'WARN' ? 'yellow' : 'blue'}>
          {t(`severity.${one.severity}`)}
        </Badge>,
        `${one.message} ${one.excerpt}`,
        format.list(one.origins.map((mall) => tUi(`mall.${mall}`))) || t('everywhere'),
      ])}
    />
  );
}

function Overrides(props: { report: Report }) {
  const { t } = useTranslation('policy');
  const format = useFormat();
  return (
    <Part
      title={t('report.overrides')}
      empty={t('report.noOverrides')}
      head={[t('column.id'), t('report.reason'), t('report.evidenceNo'), t('report.by'), t('report.until')]}
      short={[0]}
      rows={props.report.overrides.map(({ record, withdrawnAt }) => [
        `${record.ruleId} ${t('version', { version: record.ruleVersion })}`,
        record.reason,
        record.evidenceNo,
        `${record.createdBy ?? ''} ${format.dateTime(record.createdAt)}`,
        withdrawnAt
          ? t('report.withdrawn', { at: format.dateTime(withdrawnAt) })
          : record.validUntil
            ? format.date(record.validUntil)
            : t('report.whileSame'),
      ])}
    />
  );
}

function Rules(props: { report: Report }) {
  const { t } = useTranslation('policy');
  const format = useFormat();
  return (
    <Part
      title={t('report.rules')}
      empty={t('empty')}
      head={[t('column.id'), t('report.version'), t('column.message'), t('column.severity'), t('column.certainty'), t('column.reviewed')]}
      short={[0, 1, 3, 4, 5]}
      rows={props.report.rules.map((rule) => [
        rule.id,
        t('version', { version: rule.version }),
        rule.message,
        t(`severity.${rule.severity}`),
        t(`certainty.${rule.certainty as 'VH'}`),
        format.date(rule.reviewedOn),
      ])}
    />
  );
}

function Texts(props: { report: Report }) {
  const { t } = useTranslation('policy');
  return (
    <Part
      title={t('report.texts')}
      empty={t('report.noTexts')}
      head={[t('report.destination'), t('report.subject'), t('report.hash')]}
      short={[0]}
      rows={props.report.texts.map((text) => [
        <MallDot key="mall" mall={text.mall} />,
        text.subject,
        <code key="hash" className={classes.hash}>
          {text.hash}
        </code>,
      ])}
    />
  );
}
