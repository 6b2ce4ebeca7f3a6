import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { InWords } from '../InWords';
import type { Cursor } from './BlockEditor';

/** The line after the subject, which a mail keeps out of sight of its body. */
export function Preheader(props: { text: string; onChange: (text: string) => void; onFocus: (cursor: Cursor) => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <div data-block="preheader">
      <TextInput
        label={t('blocks.kind.preheader')}
        description={t('blocks.preheader')}
        value={props.text}
        onFocus={(event) => props.onFocus({ element: event.currentTarget, put: props.onChange })}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      <InWords text={props.text} />
    </div>
  );
}
