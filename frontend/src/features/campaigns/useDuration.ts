import { useTranslation } from 'react-i18next';

const hour = 60;
const day = 24 * hour;

/** Writes a span given in minutes, rounded up to the minute: 2日3時間, 3時間5分, 12分. */
export function useDuration(): (minutes: number) => string {
  const { t } = useTranslation('campaigns');
  return (minutes) => {
    const whole = Math.max(1, Math.ceil(minutes));
    const days = Math.floor(whole / day);
    const hours = Math.floor((whole % day) / hour);
    if (days > 0) return t('duration.days', { days, hours });
    return hours > 0 ? t('duration.hours', { hours, minutes: whole % hour }) : t('duration.minutes', { minutes: whole });
  };
}
