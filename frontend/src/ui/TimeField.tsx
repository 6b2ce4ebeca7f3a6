import { TimePicker, type TimePickerProps } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import { useTranslation } from 'react-i18next';

/**
 * One time of day as "21:00", typed or chosen from a list, over 24 hours in
 * every language; empty while it is not whole, and what is typed of it stays.
 * The label and `id` lead to the hours, so that a form's summary of errors gets
 * there.
 */
export function TimeField(
  props: Pick<TimePickerProps, 'className' | 'error' | 'readOnly'> & { id: string; label: string; value: string; onChange: (time: string) => void },
) {
  const { t } = useTranslation('ui');
  const { id, value, ...field } = props;
  return (
    <TimePicker
      {...field}
      value={value || undefined} // an empty one would clear the half that still stands
      format="24h"
      withDropdown
      minutesStep={5}
      labelProps={{ htmlFor: id }}
      hoursInputProps={{ id }}
      hoursInputLabel={t('time.hours', { label: props.label })}
      minutesInputLabel={t('time.minutes', { label: props.label })}
    />
  );
}
