import type { PropertyType } from '#gql/imports/graphql';
import { useScope } from '#lib/viewer';
import { Fieldset, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { examples } from './content';
import { guessType, type Kept, type KeptChoice, types } from './keptColumns';
import classes from './NewMapping.module.css';

const property = 'property:';

/** The columns that are no field of a person: each can go to a custom property, or make one. */
export function KeptColumns(props: {
  columns: readonly string[];
  choices: Readonly<Record<string, KeptChoice>>;
  kept: readonly Kept[];
  header: readonly string[];
  sample: readonly (readonly string[])[];
  onChoose: (column: string, choice: KeptChoice) => void;
}) {
  const { t } = useTranslation('imports');
  const mayDefine = useScope('settings:write');
  const { choices, header, sample } = props;
  const usable = props.kept.filter((one) => !one.archivedAt);
  const free = (column: string) =>
    usable.filter((one) => !Object.entries(choices).some(([other, choice]) => other !== column && choice.to === 'property' && choice.key === one.key));
  const choose = (column: string, value: string | null) => {
    if (value === 'new') props.onChoose(column, { to: 'new', type: guessType(column, header, sample) });
    else if (value?.startsWith(property)) props.onChoose(column, { to: 'property', key: value.slice(property.length) });
    else props.onChoose(column, { to: 'nothing' });
  };
  if (props.columns.length === 0) return null;
  return (
    <Fieldset legend={t('kept.title')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('kept.help')}
      </Text>
      <Stack gap="sm">
        {props.columns.map((column) => {
          const choice = choices[column] ?? { to: 'nothing' };
          const seen = examples(column, header, sample);
          return (
            <SimpleGrid key={column} cols={{ base: 1, xs: 2 }} spacing="sm">
              <Select
                label={column}
                description={seen.length > 0 && <span className={classes.examples}>{t('mapping.examples', { values: seen.join(t('mapping.between')) })}</span>}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                data={[
                  { value: 'nothing', label: t('kept.nothing') },
                  ...free(column).map((one) => ({ value: property + one.key, label: t('kept.into', { name: one.name }) })),
                  ...(mayDefine ? [{ value: 'new', label: t('kept.new') }] : []),
                ]}
                value={choice.to === 'property' ? property + choice.key : choice.to}
                allowDeselect={false}
                onChange={(value) => choose(column, value)}
              />
              {choice.to === 'new' && (
                <Select
                  label={t('kept.type', { column })}
                  description={choice.type === 'CHOICE' && t('kept.choiceHelp')}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  data={types.map((type) => ({ value: type, label: t(`kept.typeOf.${type}`) }))}
                  value={choice.type}
                  allowDeselect={false}
                  onChange={(type) => props.onChoose(column, { to: 'new', type: (type ?? 'TEXT') as PropertyType })}
                />
              )}
            </SimpleGrid>
          );
        })}
      </Stack>
    </Fieldset>
  );
}
