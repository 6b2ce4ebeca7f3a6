import { useTranslation } from 'react-i18next';

/** Says how often something is done, in the largest unit that says it whole. */
export function useEvery(): (minutes: number) => string {
  const { t } = useTranslation('connections');
  return (minutes) => (minutes % 60 === 0 ? t('hours', { count: minutes / 60 }) : t('minutes', { count: minutes }));
}
