import { useFormat } from '#lib/FormatContext';
import { Earlier } from '#ui/Earlier';
import { ErrorState } from '#ui/ErrorState';
import { SmallFigure } from '#ui/Figure';
import { MallDot } from '#ui/MallDot';
import { Divider, Group, Skeleton, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './CampaignEditor.module.css';
import { Nobody } from './Nobody';
import { Refusals } from './Refusals';
import type { Reached } from './useAudience';

/** Whom the campaign reaches as it stands: how many, by whose consent, on which mall, and who is left out and why. */
export function Reach(props: { campaignId: string; hasSegment: boolean; reached: Reached; isDraft: boolean }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { audience, computing, error, people } = props.reached;

  return (
    <section aria-label={t('reach.title')}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Title order={2}>{t('reach.title')}</Title>
        {audience && (
          <Text size="xs" c="dimmed" role="status">
            {computing && t('reach.computing')}
          </Text>
        )}
      </Group>
      {!props.hasSegment && (
        <Text size="sm" c="dimmed">
          {t('reach.choose')}
        </Text>
      )}
      {props.hasSegment && error && !audience && (
        <ErrorState error={error} retry={props.reached.retry} />
      )}
      {props.hasSegment && !audience && !error && <Coming />}
      {props.hasSegment && audience && (
        <Earlier at={audience.asOf} stale={computing || audience.stale}>
          <div>
            <Group gap="xl">
              <SmallFigure
                label={t('reach.reachable')}
                value={people(audience.reachable)}
                definition={t('reach.define')}
              />
              {audience.heldOut > 0 && (
                <SmallFigure
                  label={t('reach.heldOut')}
                  value={people(audience.heldOut)}
                  definition={t('reach.heldOutDefine')}
                />
              )}
              <SmallFigure label={t('reach.total')} value={format.people(audience.total)} />
            </Group>
            {audience.reachable === 0 && <Nobody campaignId={props.campaignId} audience={audience} people={people} isDraft={props.isDraft} />}
            {audience.estimated && (
              <Text size="xs" c="dimmed">
                {t('reach.estimated')}
              </Text>
            )}
            {audience.byDestination.length > 0 && (
              <Split
                people={people}
                title={t('reach.byDestination')}
                rows={audience.byDestination.map((row) => ({
                  key: row.mall,
                  label: <MallDot mall={row.mall} />,
                  count: row.count,
                }))}
              />
            )}
            {audience.byOrigin.length > 0 && (
              <Split
                people={people}
                title={t('reach.byOrigin')}
                rows={audience.byOrigin.map((row) => ({
                  key: row.shop.id,
                  label: <MallDot mall={row.shop.mall} label={row.shop.name} />,
                  count: row.count,
                }))}
              />
            )}
            {audience.refused.length > 0 && audience.reachable > 0 && (
              <>
                <Heading>{t('reach.refused')}</Heading>
                <Refusals campaignId={props.campaignId} rows={audience.refused} people={people} isDraft={props.isDraft} />
              </>
            )}
          </div>
        </Earlier>
      )}
    </section>
  );
}

/** In the place and of the size of the figures, until they are known for the first time. */
function Coming() {
  const { t } = useTranslation('campaigns');
  const figure = <Skeleton height="1.5rem" width="5rem" mt="0.25rem" />;
  return (
    <div aria-busy>
      <Group gap="xl">
        <SmallFigure label={t('reach.reachable')} value={figure} definition={t('reach.define')} />
        <SmallFigure label={t('reach.total')} value={figure} />
      </Group>
      {(['reach.byDestination', 'reach.byOrigin'] as const).map((title) => (
        <div key={title}>
          <Heading>{t(title)}</Heading>
          <Skeleton height="1.5rem" />
        </div>
      ))}
    </div>
  );
}

function Split(props: { title: string; people: (count: number) => string; rows: { key: string; label: ReactNode; count: number }[] }) {
  return (
    <>
      <Heading>{props.title}</Heading>
      {props.rows.map((row) => (
        <div key={row.key} className={classes.split}>
          <span>{row.label}</span>
          <span>{props.people(row.count)}</span>
        </div>
      ))}
    </>
  );
}

function Heading(props: { children: string }) {
  return (
    <>
      <Divider my="sm" />
      <Text size="xs" c="dimmed" mb="xs">
        {props.children}
      </Text>
    </>
  );
}
