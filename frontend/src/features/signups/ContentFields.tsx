import { Checkbox, Fieldset, NumberInput, SegmentedControl, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Asked, type AskChannel, channels, fields, type Typed } from './content';
import { KeptQuestions } from './KeptQuestions';
import classes from './signups.module.css';

/** What a form says and asks, to be written. */
export function ContentFields(props: {
  values: Typed;
  setValues: (next: Typed) => void;
  errorAt: (place: string) => string | undefined;
  readOnly: boolean;
}) {
  const { t } = useTranslation('signups');
  const { values, errorAt, readOnly } = props;
  const set = (change: Partial<Typed>) => props.setValues({ ...values, ...change });
  return (
    <Stack gap="lg">
      <Fieldset legend={t('field.words')}>
        <Stack gap="md">
          {(['title', 'intro', 'thanks'] as const).map((name) => (
            <Words
              key={name}
              name={name}
              value={values[name]}
              error={errorAt(name)}
              readOnly={readOnly}
              onChange={(next) => set({ [name]: next })}
            />
          ))}
        </Stack>
      </Fieldset>
      <Fieldset legend={t('field.questions')}>
        <Text size="xs" c="dimmed" mb="sm">
          {t('field.questionsHelp')}
        </Text>
        <Stack gap="xs">
          {fields.map((field) => (
            <div key={field} className={classes.question}>
              <Text size="sm" id={`signup-${field}`}>
                {t(`question.${field}`)}
              </Text>
              <SegmentedControl
                size="xs"
                aria-labelledby={`signup-${field}`}
                disabled={readOnly}
                value={values.fields[field]}
                onChange={(next) => set({ fields: { ...values.fields, [field]: next as Asked } })}
                data={(['no', 'asked', 'required'] as const).map((value) => ({ value, label: t(`asked.${value}`) }))}
              />
            </div>
          ))}
        </Stack>
      </Fieldset>
      <KeptQuestions values={values} readOnly={readOnly} errorAt={errorAt} onChange={(properties) => set({ properties })} />
      <Fieldset legend={t('field.asks')}>
        <Text size="xs" c="dimmed" mb="sm">
          {t('field.asksHelp')}
        </Text>
        <Stack gap="md">
          {channels.map((channel) => (
            <Ask
              key={channel}
              channel={channel}
              values={values}
              error={errorAt(`ask-${channel}`)}
              readOnly={readOnly}
              onChange={(next) => set({ asks: { ...values.asks, [channel]: next } })}
            />
          ))}
          {errorAt('asks') && (
            <Text size="sm" c="red" role="alert">
              {errorAt('asks')}
            </Text>
          )}
        </Stack>
      </Fieldset>
      <Fieldset legend={t('field.member')}>
        <Stack gap="md">
          <Switch
            label={t('field.joins')}
            checked={values.joins}
            disabled={readOnly}
            onChange={(event) => set({ joins: event.currentTarget.checked })}
          />
          {values.joins && (
            <NumberInput
              id="signup-joinPoints"
              label={t('field.joinPoints')}
              description={t('field.joinPointsHelp')}
              suffix=" pt"
              thousandSeparator=","
              min={0}
              allowDecimal={false}
              readOnly={readOnly}
              value={values.joinPoints}
              error={errorAt('joinPoints')}
              onChange={(next) => set({ joinPoints: next })}
            />
          )}
        </Stack>
      </Fieldset>
      <TextInput
        id="signup-privacyUrl"
        label={t('field.privacyUrl')}
        description={t('field.privacyUrlHelp')}
        placeholder="https://"
        readOnly={readOnly}
        value={values.privacyUrl}
        error={errorAt('privacyUrl')}
        onChange={(event) => set({ privacyUrl: event.currentTarget.value })}
      />
    </Stack>
  );
}

function Words(props: {
  name: 'title' | 'intro' | 'thanks';
  value: { ja: string; en: string };
  error: string | undefined;
  readOnly: boolean;
  onChange: (next: { ja: string; en: string }) => void;
}) {
  const { t } = useTranslation('signups');
  const { name, value } = props;
  const Input = name === 'title' ? TextInput : Textarea;
  const more = name === 'title' ? {} : { autosize: true, minRows: 2, maxRows: 12 };
  return (
    <div className={classes.pair}>
      {(['ja', 'en'] as const).map((language) => (
        <Input
          key={language}
          {...more}
          id={language === 'ja' ? `signup-${name}` : undefined}
          label={t(`field.${name}In`, { language: t(`language.${language}`) })}
          value={value[language]}
          readOnly={props.readOnly}
          error={language === 'ja' ? props.error : undefined}
          onChange={(event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
            props.onChange({ ...value, [language]: event.currentTarget.value })
          }
        />
      ))}
    </div>
  );
}

function Ask(props: {
  channel: AskChannel;
  values: Typed;
  error: string | undefined;
  readOnly: boolean;
  onChange: (next: Typed['asks'][AskChannel]) => void;
}) {
  const { t } = useTranslation('signups');
  const { channel, readOnly } = props;
  const ask = props.values.asks[channel];
  return (
    <div>
      <Switch
        label={t(`ask.${channel}`)}
        checked={ask.on}
        disabled={readOnly}
        onChange={(event) => props.onChange({ ...ask, on: event.currentTarget.checked })}
      />
      {ask.on && (
        <Stack gap="xs" mt="xs" className={classes.under}>
          <div className={classes.pair}>
            {(['ja', 'en'] as const).map((language) => (
              <Textarea
                key={language}
                autosize
                minRows={2}
                maxRows={12}
                id={language === 'ja' ? `signup-ask-${channel}` : undefined}
                label={t('field.wordingIn', { language: t(`language.${language}`) })}
                value={ask[language]}
                readOnly={readOnly}
                error={language === 'ja' ? props.error : undefined}
                onChange={(event) => props.onChange({ ...ask, [language]: event.currentTarget.value })}
              />
            ))}
          </div>
          <Checkbox
            label={t('field.askRequired')}
            checked={ask.required}
            disabled={readOnly}
            onChange={(event) => props.onChange({ ...ask, required: event.currentTarget.checked })}
          />
        </Stack>
      )}
    </div>
  );
}
