import { CampaignAudienceDocument } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { ErrorState } from '#ui/ErrorState';
import { SmallFigure } from '#ui/Figure';
import { MallDot } from '#ui/MallDot';
import { Divider, Group, Skeleton, Text, Title } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useReasonWords } from '#lib/reasons';
import classes from './CampaignEditor.module.css';
import { Nobody } from './Nobody';

/** Whom the campaign reaches as it stands: how many, by whose consent, on which mall, and who is left out and why. */
export function Reach(props: { campaignId: string; hasSegment: boolean }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { reason } = useReasonWords();
  const [{ data, error }, reload] = useQuery({
    query: CampaignAudienceDocument,
    variables: { id: props.campaignId },
    pause: !props.hasSegment,
  });
  const audience = data?.campaign?.audience;
  const people = (count: number) =>
    audience?.estimated ? t('reach.about', { people: format.people(count) }) : format.people(count);

  return (
    <section aria-label={t('reach.title')}>
      <Title order={2} mb="xs">
        {t('reach.title')}
      </Title>
      {!props.hasSegment && (
        <Text size="sm" c="dimmed">
          {t('reach.choose')}
        </Text>
      )}
      {props.hasSegment && error && !audience && (
        <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />
      )}
      {props.hasSegment && !audience && !error && <Skeleton height="8rem" />}
      {props.hasSegment && audience && (
        <>
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
          {audience.reachable === 0 && <Nobody audience={audience} people={people} />}
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
            <Split
              people={people}
              title={t('reach.refused')}
              rows={audience.refused.map((row) => ({ key: row.reason, label: reason(row.reason), count: row.count }))}
            />
          )}
        </>
      )}
    </section>
  );
}

function Split(props: { title: string; people: (count: number) => string; rows: { key: string; label: ReactNode; count: number }[] }) {
  return (
    <>
      <Divider my="sm" />
      <Text size="xs" c="dimmed" mb="xs">
        {props.title}
      </Text>
      {props.rows.map((row) => (
        <Fragment key={row.key}>
          <div className={classes.split}>
            <span>{row.label}</span>
            <span>{props.people(row.count)}</span>
          </div>
        </Fragment>
      ))}
    </>
  );
}
