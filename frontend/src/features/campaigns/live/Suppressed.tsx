import type { MetricsFieldsFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { Text, Title, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useReasonWords } from '#lib/reasons';
import { reachedByTools } from '../mallMail/tools';
import { CopyForTool } from './CopyForTool';
import classes from './LivePage.module.css';

/** Who got nothing, by reason; a reason opens the people behind it. */
export function Suppressed(props: { metrics: MetricsFieldsFragment; campaignId: string; name: string }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { reason } = useReasonWords();
  const navigate = useNavigate({ from: '/campaigns/$campaignId' });
  const rows = props.metrics.suppressedByReason;
  const { heldOut, audience } = props.metrics.total;
  return (
    <section aria-labelledby="suppressed">
      <Title order={2} id="suppressed" mb="xs">
        {t('live.notSent')}
      </Title>
      {rows.length === 0 && heldOut === 0 && (
        <Text size="sm" c="dimmed">
          {t(audience === 0 ? 'live.notCounted' : 'live.nobodyHeldBack')}
        </Text>
      )}
      {heldOut > 0 && (
        <UnstyledButton
          className={classes.reason}
          onClick={() =>
            void navigate({
              search: (was) => ({ ...was, status: 'HELD_OUT', reason: undefined }),
              hash: 'messages',
            })
          }
        >
          <span>{t('message.HELD_OUT')}</span>
          <span>{format.people(heldOut)}</span>
        </UnstyledButton>
      )}
      {rows.map((row) => (
        <UnstyledButton
          key={row.reason}
          className={classes.reason}
          onClick={() =>
            void navigate({
              search: (was) => ({ ...was, status: 'SUPPRESSED', reason: row.reason }),
              hash: 'messages',
            })
          }
        >
          <span>{reason(row.reason)}</span>
          <span>{format.people(row.count)}</span>
        </UnstyledButton>
      ))}
      {reachedByTools(rows).map(({ tool, count }) => (
        <div key={tool} className={classes.byTool}>
          <span>{t('review.onlyByTool', { people: format.people(count), tool: t(`mallMail.short.${tool}`) })}</span>
          <CopyForTool campaignId={props.campaignId} name={props.name} tool={tool} />
        </div>
      ))}
    </section>
  );
}
