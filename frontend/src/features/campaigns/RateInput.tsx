import { NumberInput, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const usual = 600;

/** How many mails a minute go out; 0 is as fast as the mail server takes them. */
export function RateInput(props: { value: number; onChange: (perMinute: number) => void; error?: string | undefined }) {
  const { t } = useTranslation('campaigns');
  return (
    <Stack gap="xs">
      <Switch
        label={t('rate.limit')}
        description={t('rate.limitHelp')}
        checked={props.value > 0}
        onChange={(event) => props.onChange(event.currentTarget.checked ? usual : 0)}
      />
      {props.value > 0 && (
        <NumberInput
          id="campaign-ratePerMinute"
          label={t('rate.perMinute')}
          min={1}
          max={100_000}
          step={60}
          allowDecimal={false}
          thousandSeparator=","
          suffix={t('rate.unit')}
          error={props.error}
          value={props.value}
          onChange={(rate) => typeof rate === 'number' && rate > 0 && props.onChange(rate)}
        />
      )}
    </Stack>
  );
}
