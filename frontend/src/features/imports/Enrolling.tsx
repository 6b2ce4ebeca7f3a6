import { Checkbox, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Asks whether the people of a list become members; of a list that does not say since when they are, says that none does. */
export function Enrolling(props: { column: string | undefined; enroll: boolean; onChange: (enroll: boolean) => void }) {
  const { t } = useTranslation('imports');
  if (props.column === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t('start.noJoined')}
      </Text>
    );
  }
  return (
    <Checkbox
      label={t('start.enroll', { column: props.column })}
      description={t('start.enrollHelp')}
      checked={props.enroll}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}
