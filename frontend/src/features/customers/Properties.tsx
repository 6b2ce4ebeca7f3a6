import { propertiesUrl } from '#features/properties/urls';
import { CustomerPropertiesDocument, type CustomerPropertiesQuery, CustomerSetPropertiesDocument } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { TextLink } from '#ui/links';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { useErrorText } from '#ui/userErrors';
import { useFolded } from '#ui/useFolded';
import { Button, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './customers.module.css';
import { PropertyInput } from './PropertyInput';
import { shownValue } from './propertyValue';

type Line = NonNullable<CustomerPropertiesQuery['customer']>['properties'][number];

/** What the merchant keeps of the customer beside the profile, each line written where it stands. */
export function Properties(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const mayDefine = useScope('settings:write');
  const [{ data }] = useQuery({ query: CustomerPropertiesDocument, variables: { id: props.customerId } });
  const lines: readonly Line[] = data?.customer?.properties.filter((line) => line.property.places.includes('PROFILE')) ?? [];
  const { shown, more } = useFolded(lines, 8);
  if (!data || (lines.length === 0 && !mayDefine)) return null;
  return (
    <div>
      <Title order={2}>{t('properties.title')}</Title>
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('properties.none')} <TextLink {...propertiesUrl()} underline="always">{t('properties.define')}</TextLink>
        </Text>
      ) : (
        <>
          <dl className={classes.lines}>
            {shown.map((line) => (
              <Fragment key={line.property.id}>
                <dt>{line.property.name}</dt>
                <dd>
                  <Value customerId={props.customerId} line={line} />
                </dd>
              </Fragment>
            ))}
          </dl>
          {more}
        </>
      )}
    </div>
  );
}

function Value(props: { customerId: string; line: Line }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const mayWrite = useScope('customers:write');
  const [editing, setEditing] = useState(false);
  const { property, value } = props.line;
  const shown = shownValue(property, value, format, { yes: t('properties.yes'), no: t('properties.no') });
  const text = shown || (
    <Text span c="dimmed" inherit>
      {t('properties.unknown')}
    </Text>
  );
  if (!mayWrite) return text;
  if (editing) return <Editor {...props} onClose={() => setEditing(false)} />;
  return (
    <UnstyledButton
      className={classes.editable}
      aria-label={t('properties.edit', { name: property.name, value: shown || t('properties.unknown') })}
      onClick={() => setEditing(true)}
    >
      <span>{text}</span>
      <IconPencil className={classes.pencil} aria-hidden />
    </UnstyledButton>
  );
}

function Editor(props: { customerId: string; line: Line; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText('customers');
  const { property } = props.line;
  const [value, setValue] = useState(props.line.value);
  const [, set] = useMutation(CustomerSetPropertiesDocument);
  const { run, errors, busy } = useSubmit();
  const save = async () => {
    const answer = set({ input: { customerId: props.customerId, values: [{ key: property.key, value }] } });
    if (!(await run(answer, (data) => data.setCustomerProperties.userErrors))) return;
    toastDone(t('properties.saved', { name: property.name }));
    props.onClose();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => event.key === 'Escape' && props.onClose()}
    >
      <Stack gap="xs">
        <PropertyInput property={property} hideLabel value={value} error={errors[0] && write(errors[0])} autoFocus onChange={setValue} />
        <Group gap="xs">
          <Button type="submit" size="compact-sm" loading={busy}>
            {t('properties.save')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={props.onClose}>
            {tUi('confirm.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
