import { BrandSaveDocument } from '#gql/brand/graphql';
import { useScope } from '#lib/viewer';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, ColorInput, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './brand.module.css';
import { contrast, inkOn, inks, isColour } from './colour';

/** Below it a colour is hard to see on white (WCAG 2.2, 1.4.11). */
const visible = 3;

/** The merchant's colour; what is typed shows in the preview before it is saved. */
export function Accent(props: { saved: string; onTry: (colour: string) => void }) {
  const { t } = useTranslation('brand');
  const mayWrite = useScope('settings:write');
  const [colour, setColour] = useState(props.saved);
  const [, save] = useMutation(BrandSaveDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'brand');
  const dirty = colour !== props.saved;
  const change = (typed: string) => {
    setColour(typed);
    props.onTry(typed);
  };
  const submit = async () => {
    if (await run(save({ input: { accent: colour } }), (data) => data.updateBrandSettings.userErrors)) toastDone(t('accent.saved'));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <UnsavedGuard dirty={dirty} />
      <Stack gap="sm">
        <ColorInput
          id="brand-accent"
          label={t('accent.label')}
          description={t('accent.help', { variable: '{{\u00a0brand.accent\u00a0}}' })}
          classNames={{ wrapper: classes.colour }}
          format="hex"
          readOnly={!mayWrite}
          value={colour}
          error={errorAt('accent')}
          onChange={change}
          eyeDropperButtonProps={{ 'aria-label': t('accent.label') }}
        />
        {isColour(colour) && (
          <Text size="xs" c="dimmed">
            {t('accent.contrast', {
              ink: t(`accent.${inkOn(colour)}`),
              ratio: contrast(colour, inks[inkOn(colour)]).toFixed(1),
            })}
          </Text>
        )}
        {isColour(colour) && contrast(colour, '#ffffff') < visible && (
          <Text size="xs" c="yellow" role="status">
            {t('accent.weak', { ratio: contrast(colour, '#ffffff').toFixed(1) })}
          </Text>
        )}
        {mayWrite && (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!dirty}>
              {t('accent.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
