import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/ja';
import { useTranslation } from 'react-i18next';

/** How every calendar to choose a day from is written: in the language of the screen, weeks from Sunday, days as elsewhere on the page. */
export function useCalendar() {
  const { language } = useTranslation().i18n;
  const japanese = language === 'ja';
  return {
    locale: language,
    firstDayOfWeek: 0 as const,
    valueFormat: 'YYYY/MM/DD',
    monthLabelFormat: japanese ? 'YYYY年M月' : 'MMMM YYYY',
    yearLabelFormat: japanese ? 'YYYY年' : 'YYYY',
  };
}
