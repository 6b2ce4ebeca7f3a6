import { useScope } from '#lib/viewer';
import { PageHeader } from '#ui/PageHeader';
import { TabStrip } from '#ui/TabStrip';
import { Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Bounces } from './Bounces';
import { Domains } from './Domains';
import { Suppressions } from './Suppressions';
import { sendingTabs } from './urls';

const route = getRouteApi('/shell/settings/mail');

/** How mail is sent: vouched for by which domains, what comes back, and who gets none. */
export function SendingPage() {
  const { t } = useTranslation('sending');
  const { tab = 'domains' } = route.useSearch();
  const navigate = useNavigate({ from: '/settings/mail' });
  const seesPeople = useScope('customers:read');
  const shown = sendingTabs.filter((each) => seesPeople || each === 'domains');
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <Tabs
        value={tab}
        onChange={(value) => {
          const chosen = sendingTabs.find((known) => known === value);
          void navigate({ search: { tab: chosen === 'domains' ? undefined : chosen } });
        }}
      >
        <TabStrip label={t('title')} open={tab}>
          {shown.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </TabStrip>
        <Tabs.Panel value="domains" pt="lg">
          <Domains />
        </Tabs.Panel>
        <Tabs.Panel value="bounces" pt="lg">
          <Bounces />
        </Tabs.Panel>
        <Tabs.Panel value="suppressions" pt="lg">
          <Suppressions />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
