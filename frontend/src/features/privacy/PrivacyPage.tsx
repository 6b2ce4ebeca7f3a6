import { PageHeader } from '#ui/PageHeader';
import { TabStrip } from '#ui/TabStrip';
import { Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Requests } from './Requests';
import { Retention } from './Retention';
import { privacyTabs } from './urls';

const route = getRouteApi('/shell/settings/privacy');

/** What people asked about their own data, and how long data are kept. */
export function PrivacyPage() {
  const { t } = useTranslation('privacy');
  const { tab = 'requests' } = route.useSearch();
  const navigate = useNavigate({ from: '/settings/privacy' });
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => void navigate({ search: { tab: next === 'retention' ? 'retention' : undefined } })}
      >
        <TabStrip open={tab}>
          {privacyTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </TabStrip>
        <Tabs.Panel value="requests" pt="md">
          <Requests />
        </Tabs.Panel>
        <Tabs.Panel value="retention" pt="md">
          <Retention />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
