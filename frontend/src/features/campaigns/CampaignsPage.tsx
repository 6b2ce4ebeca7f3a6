import { PageHeader } from '#ui/PageHeader';
import { Button, Center, SegmentedControl } from '@mantine/core';
import { IconCalendar, IconList, IconPlus } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CalendarView } from './calendar/CalendarView';
import classes from './CampaignTable.module.css';
import { CampaignTable } from './CampaignTable';
import { NewCampaignDialog } from './NewCampaignDialog';
import { useNewCampaign } from './useNewCampaign';

const route = getRouteApi('/shell/campaigns');
const views = [
  { value: 'list', icon: IconList },
  { value: 'calendar', icon: IconCalendar },
] as const;

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
      {create?.asked && <NewCampaignDialog {...create.asked} onClose={create.giveUp} />}
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <SegmentedControl
              aria-label={t('view.label')}
              value={view}
              onChange={(to) => void navigate({ search: to === 'calendar' ? { view: 'calendar' } : {} })}
              data={views.map(({ value, icon: Icon }) => ({
                value,
                label: (
                  <Center className={classes.view}>
                    <Icon size="1rem" aria-hidden />
                    {t(`view.${value}`)}
                  </Center>
                ),
              }))}
            />
            {add}
          </>
        }
      />
      {view === 'calendar' ? <CalendarView create={create} /> : <CampaignTable add={add} />}
    </>
  );
}
