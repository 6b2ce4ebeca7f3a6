import { PageHeader } from '#ui/PageHeader';
import { Button, Tabs } from '@mantine/core';
import { IconCalendar, IconList, IconPlus } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CalendarView } from './calendar/CalendarView';
import { CampaignTable } from './CampaignTable';
import { NewCampaignDialog } from './NewCampaignDialog';
import { useNewCampaign } from './useNewCampaign';

const route = getRouteApi('/shell/campaigns');

/** Every campaign: as a list with what it brought, or on a calendar beside the malls' own sales. */
export function CampaignsPage() {
  const { t } = useTranslation('campaigns');
  const { view = 'list', day } = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns' });
  const create = useNewCampaign();
  const add = create && (
    <Button
      leftSection={<IconPlus size="1rem" aria-hidden />}
      onClick={() => create.start(view === 'calendar' ? day : undefined)}
    >
      {t('add')}
    </Button>
  );
  return (
    <>
      {create?.asked && <NewCampaignDialog day={create.asked.day} onClose={create.giveUp} />}
      <PageHeader title={t('title')} description={t('description')} actions={add} />
      <Tabs
        value={view}
        onChange={(to) => void navigate({ search: to === 'calendar' ? { view: 'calendar' } : {} })}
      >
        <Tabs.List aria-label={t('view.label')} mb="md">
          <Tabs.Tab value="list" leftSection={<IconList size="1rem" aria-hidden />}>
            {t('view.list')}
          </Tabs.Tab>
          <Tabs.Tab value="calendar" leftSection={<IconCalendar size="1rem" aria-hidden />}>
            {t('view.calendar')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="list">
          <CampaignTable add={add} />
        </Tabs.Panel>
        <Tabs.Panel value="calendar">
          <CalendarView create={create} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
