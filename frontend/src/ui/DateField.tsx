import { dayOf } from '#lib/day';
import { DateInput, type DateInputProps } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { useCalendar } from './useCalendar';

/**
 * One day, typed (2026/11/21, 2026-11-21, 20261121) or chosen from a calendar;
 * null when it is empty. Days outside `minDate` and `maxDate` are not taken.
 */
export function DateField(
  props: Pick<
    DateInputProps,
    | 'id' | 'label' | 'aria-label' | 'title' | 'description' | 'inputWrapperOrder' | 'error' | 'className' | 'readOnly' | 'required' | 'autoFocus' | 'minDate' | 'maxDate' | 'defaultLevel' | 'defaultDate'
  > & { value: string | null; onChange: (day: string | null) => void },
) {
  const { t } = useTranslation('ui');
  const calendar = useCalendar();
  return (
    <DateInput
      {...calendar}
      minDate="1900-01-01"
      maxDate="2999-12-31"
      clearable
      clearButtonProps={{ 'aria-label': t('date.clear') }}
      placeholder={t('date.form')}
      inputMode="numeric"
      dateParser={dayOf}
      {...props}
    />
  );
}
