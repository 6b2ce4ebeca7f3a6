import { PageHeader } from '#ui/PageHeader';
import { useTranslation } from 'react-i18next';

/** The first page of the day. */
export function HomePage() {
  const { t } = useTranslation('home');
  return <PageHeader title={t('title')} />;
}
