import { propertiesUrl } from '#features/properties/urls';
import { TextLink } from '#ui/links';
import { Fieldset, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Asked, Typed, TypedProperty } from './content';
import classes from './signups.module.css';

/** Which custom properties a form asks, and what stands above them. */
export function KeptQuestions(props: {
  values: Typed;
  readOnly: boolean;
  errorAt: (place: string) => string | undefined;
  onChange: (next: TypedProperty[]) => void;
}) {
  const { t } = useTranslation('signups');
  const { properties } = props.values;
  const change = (key: string, next: Partial<TypedProperty>) => props.onChange(properties.map((one) => (one.key === key ? { ...one, ...next } : one)));
  return (
    <Fieldset legend={t('field.properties')}>
      <Text size="xs" c="dimmed" mb="sm">
        {t('field.propertiesHelp')}{' '}
        <TextLink {...propertiesUrl()} underline="always">
          {t('field.propertiesLink')}
        </TextLink>
      </Text>
      <Stack gap="xs">
        {properties.map((one) => (
          <div key={one.key}>
            <div className={classes.question}>
              <Text size="sm" id={`signup-property-${one.key}`}>
                {one.name}
              </Text>
              <SegmentedControl
                size="xs"
                aria-labelledby={`signup-property-${one.key}`}
                disabled={props.readOnly}
                value={one.asked}
                onChange={(next) => change(one.key, { asked: next as Asked })}
                data={(['no', 'asked', 'required'] as const).map((value) => ({ value, label: t(`asked.${value}`) }))}
              />
            </div>
            {one.asked !== 'no' && (
              <div className={`${classes.pair} ${classes.under}`}>
                {(['ja', 'en'] as const).map((language) => (
                  <TextInput
                    key={language}
                    size="xs"
                    label={t('field.labelIn', { language: t(`language.${language}`) })}
                    placeholder={one.name}
                    maxLength={80}
                    readOnly={props.readOnly}
                    value={one[language]}
                    onChange={(event) => change(one.key, { [language]: event.currentTarget.value })}
                  />
                ))}
              </div>
            )}
          </div>
        ))}
        {props.errorAt('properties') && (
          <Text size="sm" c="red" role="alert">
            {props.errorAt('properties')}
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}
