import { NumberInput, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LadderDraft } from './draft';
import classes from './stages.module.css';

const choices = {
  match: ['ANY', 'ALL'],
  window: ['ROLLING', 'CALENDAR_YEAR', 'SINCE_JOINING'],
  fall: ['TO_EARNED', 'ONE_STEP', 'NEVER'],
  review: ['DAILY', 'MONTHLY', 'YEARLY'],
} as const;

/** The rules that hold for all stages, each choice with what it means. */
export function LadderRules(props: {
  draft: LadderDraft;
  readOnly: boolean;
  errorAt: (field: string) => string | undefined;
  onChange: (next: Partial<LadderDraft>) => void;
}) {
  const { t } = useTranslation('stages');
  const { draft, readOnly, errorAt, onChange } = props;
  const falls = draft.fall !== 'NEVER';
  return (
    <div className={classes.rules}>
      {(['match', 'window', 'fall', 'review'] as const)
        .filter((rule) => rule !== 'review' || falls)
        .map((rule) => (
          <Radio.Group
            key={rule}
            label={t(`rule.${rule}`)}
            value={draft[rule]}
            onChange={(value) => onChange({ [rule]: value })}
          >
            <Stack gap="xs" mt="xs">
              {choices[rule].map((value) => (
                <Radio
                  key={value}
                  value={value}
                  disabled={readOnly}
                  // Each rule has its own values, which the compiler cannot follow through the loop.
                  label={t(`${rule}.${value}.name` as never)}
                  description={t(`${rule}.${value}.help` as never)}
                />
              ))}
            </Stack>
          </Radio.Group>
        ))}
      {falls && (
        <NumberInput
          id="ladder-graceDays"
          label={t('rule.graceDays')}
          description={t('rule.graceDaysHelp')}
          suffix={t('unit.days')}
          min={0}
          max={366}
          allowDecimal={false}
          value={draft.graceDays}
          readOnly={readOnly}
          error={errorAt('graceDays')}
          onChange={(graceDays) => onChange({ graceDays })}
        />
      )}
    </div>
  );
}
