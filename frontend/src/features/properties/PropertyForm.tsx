import { PropertyCreateDocument, PropertyUpdateDocument, type PropertyFieldsFragment } from '#gql/properties/graphql';
import { FormErrors } from '#ui/FormErrors';
import { SideDrawer } from '#ui/SideDrawer';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { ActionIcon, Button, Checkbox, Code, Group, NumberInput, Select, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { createInput, type Draft, draftOf, hasChoices, keyOf, newChoice, places, types, updateInput } from './draft';
import classes from './properties.module.css';

/** Defines a property, or changes what may change of one: its key and type stay. */
export function PropertyForm(props: { property: PropertyFieldsFragment | undefined; onClose: () => void; onSaved: () => void }) {
  const { t } = useTranslation('properties');
  const { t: tUi } = useTranslation('ui');
  const { property } = props;
  const [draft, setDraft] = useState(() => draftOf(property));
  const [ownKey, setOwnKey] = useState(false);
  const [, create] = useMutation(PropertyCreateDocument);
  const [, update] = useMutation(PropertyUpdateDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'properties');
  const set = (change: Partial<Draft>) => setDraft((was) => ({ ...was, ...change }));

  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    const done = property
      ? await run(update({ input: updateInput(property.id, draft) }), (data) => data.updateProperty.userErrors)
      : await run(create({ input: createInput(draft) }), (data) => data.createProperty.userErrors);
    if (!done) return;
    toastDone(t('saved', { name: draft.name }));
    props.onSaved();
  };

  return (
    <SideDrawer title={property ? t('editTitle', { name: property.name }) : t('add')} onClose={props.onClose}>
      <form noValidate onSubmit={(event) => void save(event)}>
        <Stack gap="md">
          <FormErrors form="property" errors={errors} namespace="properties" />
          <TextInput
            id="property-name"
            label={t('name')}
            description={t('nameHelp')}
            value={draft.name}
            maxLength={40}
            error={errorAt('name')}
            data-autofocus
            onChange={(event) => {
              const name = event.currentTarget.value;
              set({ name, ...(property || ownKey ? {} : { key: keyOf(name) }) });
            }}
          />
          <TextInput
            id="property-key"
            label={t('key')}
            description={
              <>
                {t('keyHelp')} <Code>{`{{ customer.properties.${draft.key || 'key'} }}`}</Code>
              </>
            }
            value={draft.key}
            maxLength={40}
            readOnly={property !== undefined}
            variant={property ? 'filled' : undefined}
            error={errorAt('key')}
            onChange={(event) => {
              setOwnKey(true);
              set({ key: event.currentTarget.value });
            }}
          />
          <Select
            id="property-type"
            label={t('type')}
            description={property ? t('typeFixed') : t('typeHelp')}
            data={types.map((type) => ({ value: type, label: t(`types.${type}`) }))}
            value={draft.type}
            readOnly={property !== undefined}
            variant={property ? 'filled' : undefined}
            allowDeselect={false}
            error={errorAt('type')}
            onChange={(type) => type && set({ type: type as Draft['type'] })}
          />
          {draft.type === 'NUMBER' && (
            <NumberInput
              id="property-decimals"
              label={t('decimals')}
              description={t('decimalsHelp')}
              min={property?.decimals ?? 0}
              max={4}
              allowDecimal={false}
              value={draft.decimals}
              error={errorAt('decimals')}
              onChange={(decimals) => set({ decimals: Number(decimals) || 0 })}
            />
          )}
          {hasChoices(draft.type) && <Choices draft={draft} error={errorAt('choices')} errorAt={errorAt} onChange={(choices) => set({ choices })} />}
          <TextInput
            id="property-help"
            label={t('help')}
            description={t('helpHelp')}
            value={draft.help}
            maxLength={200}
            error={errorAt('help')}
            onChange={(event) => set({ help: event.currentTarget.value })}
          />
          <Checkbox.Group
            label={t('places')}
            description={t('placesHelp')}
            value={draft.places}
            onChange={(next) => set({ places: next as Draft['places'] })}
          >
            <Stack gap="xs" mt="xs">
              {places.map((place) => (
                <Checkbox key={place} value={place} label={t(`place.${place}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {tUi('confirm.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {property ? t('save') : t('add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </SideDrawer>
  );
}

function Choices(props: {
  draft: Draft;
  error: string | undefined;
  errorAt: (field: string) => string | undefined;
  onChange: (choices: Draft['choices']) => void;
}) {
  const { t } = useTranslation('properties');
  const { choices } = props.draft;
  const move = (from: number, to: number) => {
    const next = [...choices];
    const [taken] = next.splice(from, 1);
    if (taken) next.splice(to, 0, taken);
    props.onChange(next);
  };
  return (
    <fieldset id="property-choices" tabIndex={-1} style={{ border: 0, margin: 0, padding: 0 }}>
      <Text component="legend" size="sm" fw={600}>
        {t('choices')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('choicesHelp')}
      </Text>
      <Stack gap="xs">
        {choices.map((choice, at) => (
          <Group key={choice.id} gap="0.25rem" wrap="nowrap" align="flex-start">
            <TextInput
              id={`property-choices.${at}`}
              aria-label={t('choice', { at: at + 1 })}
              flex={1}
              value={choice.name}
              maxLength={40}
              error={props.errorAt(`choices.${at}`)}
              onChange={(event) => {
                const name = event.currentTarget.value;
                props.onChange(choices.map((one) => (one.id === choice.id ? { ...one, name } : one)));
              }}
            />
            <Act label={t('choiceUp', { at: at + 1 })} disabled={at === 0} onClick={() => move(at, at - 1)}>
              <IconArrowUp size="1rem" aria-hidden />
            </Act>
            <Act label={t('choiceDown', { at: at + 1 })} disabled={at === choices.length - 1} onClick={() => move(at, at + 1)}>
              <IconArrowDown size="1rem" aria-hidden />
            </Act>
            <Act label={t('choiceRemove', { at: at + 1 })} onClick={() => props.onChange(choices.filter((one) => one.id !== choice.id))}>
              <IconTrash size="1rem" aria-hidden />
            </Act>
          </Group>
        ))}
      </Stack>
      {props.error && (
        <Text size="xs" c="red" mt="xs" role="alert">
          {props.error}
        </Text>
      )}
      <Button
        mt="xs"
        variant="subtle"
        leftSection={<IconPlus size="1rem" aria-hidden />}
        disabled={choices.length >= 100}
        onClick={() => props.onChange([...choices, newChoice()])}
      >
        {t('choiceAdd')}
      </Button>
    </fieldset>
  );
}

function Act(props: { label: string; disabled?: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon className={classes.move} variant="subtle" color="gray" size="lg" aria-label={props.label} disabled={props.disabled} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
