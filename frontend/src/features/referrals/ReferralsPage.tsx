import { ReferralFiguresDocument } from '#gql/referrals/graphql';
import { pointsProgramUrl } from '#features/points-program/urls';
import { useFormat } from '#lib/FormatContext';
import { Figure, FigureRow } from '#ui/Figure';
import { TextLink } from '#ui/links';
import { PageHeader } from '#ui/PageHeader';
import { TabStrip } from '#ui/TabStrip';
import { Alert, Stack, Tabs } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ReferralList } from './ReferralList';
import { SettingsTab } from './SettingsTab';
import { referralsUrl, tabs } from './urls';

const route = getRouteApi('/shell/referrals');

/** Friends whom members brought: what came of them, who waits for a decision, and when a referral counts. */
export function ReferralsPage() {
  const { t } = useTranslation('referrals');
  const { tab = 'list' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => void navigate({ search: { tab: next === 'list' ? undefined : tabs.find((name) => name === next) } })}
      >
        <TabStrip open={tab} label={t('title')}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </TabStrip>
        <Tabs.Panel value="list" pt="lg">
          <Overview />
        </Tabs.Panel>
        <Tabs.Panel value="settings" pt="lg">
          <SettingsTab />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Overview() {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  const [{ data }, ask] = useQuery({ query: ReferralFiguresDocument });
  const figures = data?.referralFigures;
  const settings = data?.referralSettings;
  return (
    <Stack gap="xl">
      {settings && !settings.enabled && (
        <Alert icon={<IconInfoCircle aria-hidden />} title={t('off.title')}>
          {t('off.body')} <TextLink {...referralsUrl({ tab: 'settings' })} underline="always">{t('off.open')}</TextLink>
        </Alert>
      )}
      {settings?.enabled && settings.referrerPoints + settings.friendPoints === 0 && (
        <Alert color="yellow" icon={<IconInfoCircle aria-hidden />} title={t('noRule.title')}>
          {t('noRule.body')} <TextLink {...pointsProgramUrl()} underline="always">{t('noRule.open')}</TextLink>
        </Alert>
      )}
      {figures && figures.referred > 0 && (
        <FigureRow>
          <Figure label={t('figure.referred')} value={format.people(figures.referred)} note={t('figure.byReferrers', { people: format.people(figures.referrers) })} />
          <Figure
            label={t('figure.flagged')}
            value={
              figures.flagged > 0 ? (
                <TextLink {...referralsUrl({ statuses: ['FLAGGED'] })} inherit>
                  {format.people(figures.flagged)}
                </TextLink>
              ) : (
                format.people(figures.flagged)
              )
            }
            chars={format.people(figures.flagged).length}
            definition={t('figure.flaggedDefinition')}
          />
          <Figure label={t('figure.rewarded')} value={format.people(figures.rewarded)} definition={t('figure.rewardedDefinition')} />
          <Figure
            label={t('figure.points')}
            value={format.points(figures.referrerPoints + figures.friendPoints)}
            note={[t('figure.toReferrers', { points: format.points(figures.referrerPoints) }), t('figure.toFriends', { points: format.points(figures.friendPoints) })]}
          />
          <Figure
            label={t('figure.sales')}
            value={format.money(figures.sales.amount, figures.sales.currency)}
            note={t('figure.buyers', { people: format.people(figures.buyers) })}
            definition={t('figure.salesDefinition')}
          />
        </FigureRow>
      )}
      <ReferralList onDecided={() => ask({ requestPolicy: 'network-only' })} />
    </Stack>
  );
}
