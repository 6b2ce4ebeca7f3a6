import type { Format } from '#lib/format';
import { useFormat } from '#lib/FormatContext';
import { DatePickerInput } from '@mantine/dates';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Period = { startsOn: string | null; endsOn: string | null };

/** The days a campaign is planned for: one, or from one to another. */
export function PeriodInput(props: Period & { error: ReactNode; onChange: (period: Period) => void }) {
  const { t } = useTranslation('campaigns');
  // Between the two clicks of a range only the first day is known; it is told once the picker closes.
  const [half, setHalf] = useState<string>();
  const format = useFormat();
  const { startsOn, endsOn } = props;
  const tell = (from: string | null, to: string | null) => {
    setHalf(undefined);
    props.onChange({ startsOn: from, endsOn: to === from ? null : to });
  };
  return (
    <DatePickerInput
      id="campaign-endsOn"
      type="range"
      label={t('form.period')}
      description={t('form.periodHelp')}
      placeholder={t('form.periodNone')}
      valueFormatter={({ date }) => writeDays(Array.isArray(date) ? date : [date], format)}
      allowSingleDateInRange
      clearable
      clearButtonProps={{ 'aria-label': t('form.periodClear') }}
      error={props.error}
      value={half ? [half, null] : [startsOn, endsOn ?? startsOn]}
      onChange={([from, to]) => (from && !to ? setHalf(from) : tell(from, to))}
      onDropdownClose={() => half && tell(half, null)}
    />
  );
}

const writeDays = (days: readonly (string | Date | null)[], format: Format): string =>
  [...new Set(days.filter((day) => day !== null).map((day) => format.date(day)))].join(' – ');
