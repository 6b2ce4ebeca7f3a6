import { useScope } from '#lib/viewer';
import { PageHeader } from '#ui/PageHeader';
import { TabStrip } from '#ui/TabStrip';
import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AdjustmentsTab } from './AdjustmentsTab';
import { BookingsTab } from './BookingsTab';
import { ReportTab } from './ReportTab';
import { RewardsTab } from './RewardsTab';
import { SpendingTab } from './SpendingTab';
import { tabs } from './urls';

const route = getRouteApi('/shell/ledger');

const panels = {
  bookings: BookingsTab,
  report: ReportTab,
  adjustments: AdjustmentsTab,
  rewards: RewardsTab,
  spending: SpendingTab,
} as const;

/** The books of the points: every booking, what they are worth, corrections of many, and what points are spent on. */
export function LedgerPage() {
  const { t } = useTranslation('ledger');
  const { tab = 'bookings' } = route.useSearch();
  const navigate = route.useNavigate();
  const maySeeSettings = useScope('settings:read');
  const shown = tabs.filter((name) => name !== 'spending' || maySeeSettings);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => void navigate({ search: { tab: next === 'bookings' ? undefined : shown.find((name) => name === next) } })}
      >
        <TabStrip open={tab} label={t('title')}>
          {shown.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </TabStrip>
        {shown.map((name) => {
          const Panel = panels[name];
          return (
            <Tabs.Panel key={name} value={name} pt="lg">
              <Panel />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </>
  );
}
