import { useTranslation } from 'react-i18next';
import { ChipField } from '../ChipField';

/** The line after the subject, which a mail keeps out of sight of its body. */
export function Preheader(props: { text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <div data-block="preheader">
      <ChipField
        id="variant-preheader"
        label={t('blocks.kind.preheader')}
        description={t('blocks.preheader')}
        insert={t('content.variablesInPreheader')}
        value={props.text}
        onChange={props.onChange}
      />
    </div>
  );
}
