import { useScope } from '#lib/viewer';
import { PageHeader } from '#ui/PageHeader';
import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Attention } from './Attention';
import { Campaigns } from './Campaigns';
import { Events } from './Events';
import { Figures } from './Figures';
import { FirstSteps } from './FirstSteps';
import classes from './home.module.css';
import { LatestImports } from './Latest';
import { defaultPeriod, type HomeSearch, periods } from './urls';

const route = getRouteApi('/shell/');

/** The first page of the day: how it goes, what needs a hand, what is under way. */
export function HomePage() {
  const { t } = useTranslation('home');
  const { days = defaultPeriod } = route.useSearch();
  const navigate = route.useNavigate();
  const maySeeFigures = useScope('customers:read');

  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          maySeeFigures && (
            <SegmentedControl
              aria-label={t('period')}
              value={days}
              data={periods.map((value) => ({ value, label: t('days', { count: Number(value) }) }))}
              onChange={(value) => void navigate({ search: { days: value as HomeSearch['days'] } })}
            />
          )
        }
      />
      <div className={classes.page}>
        <FirstSteps />
        <Attention />
        <Figures days={Number(days)} shown={maySeeFigures} beside={<Campaigns />} />
        <div className={classes.side}>
          <Events />
          <LatestImports />
        </div>
      </div>
    </>
  );
}
