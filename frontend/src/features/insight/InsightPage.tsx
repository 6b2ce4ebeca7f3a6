import { useScope } from '#lib/viewer';
import { PageHeader } from '#ui/PageHeader';
import { TabStrip } from '#ui/TabStrip';
import { SegmentedControl, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CirculationTab } from './CirculationTab';
import { ConversionTab } from './ConversionTab';
import { EventsTab } from './EventsTab';
import { PointsTab } from './PointsTab';
import { RepeatTab } from './RepeatTab';
import { StagesTab } from './StagesTab';
import { defaultPeriod, type InsightSearch, periods, tabs } from './urls';

const route = getRouteApi('/shell/insight');

const panels = {
  conversion: ConversionTab,
  repeat: RepeatTab,
  circulation: CirculationTab,
  events: EventsTab,
  stages: StagesTab,
  points: PointsTab,
} as const;

/** Home truths: who comes back, who goes round the malls, where members stand, what the points are worth. */
export function InsightPage() {
  const { t } = useTranslation('insight');
  const { tab = 'conversion', months = defaultPeriod } = route.useSearch();
  const navigate = route.useNavigate();
  const maySeePoints = useScope('points:read');
  const change = (next: InsightSearch) => void navigate({ search: (before) => ({ ...before, ...next }) });

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <SegmentedControl
            aria-label={t('period')}
            value={months}
            data={periods.map((value) => ({ value, label: t('months', { count: Number(value) }) }))}
            onChange={(value) => change({ months: value as InsightSearch['months'] })}
          />
        }
      />
      <Tabs value={tab} onChange={(next) => change({ tab: next as InsightSearch['tab'] })}>
        <TabStrip open={tab} label={t('title')}>
          {tabs
            .filter((name) => name !== 'points' || maySeePoints)
            .map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`tab.${name}`)}
              </Tabs.Tab>
            ))}
        </TabStrip>
        {tabs.map((name) => {
          const Panel = panels[name];
          return (
            <Tabs.Panel key={name} value={name} pt="lg">
              <Panel months={Number(months)} />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </>
  );
}
