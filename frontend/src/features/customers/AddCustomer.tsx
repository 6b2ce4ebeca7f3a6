import {
  CustomerAddToDocument,
  CustomerCreateDocument,
  CustomerDuplicatesDocument,
  CustomerPropertyDefinitionsDocument,
  CustomerShopsDocument,
} from '#gql/customers/graphql';
import { shopsUrl } from '#features/shops/urls';
import { EmptyState } from '#ui/EmptyState';
import { FormErrors } from '#ui/FormErrors';
import { ButtonLink } from '#ui/links';
import { SideDrawer } from '#ui/SideDrawer';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { useFieldErrors, type UserError } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Checkbox, Fieldset, Group, Select, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBasket } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { AddConsents } from './AddConsents';
import classes from './AddCustomer.module.css';
import { Duplicates } from './Duplicates';
import { type Duplicate, duplicatesInput, emptyEntry, type EntryDraft, entryInput, wayOf } from './entry';
import { AboutFields, WhoFields } from './ProfileFields';
import { PropertyInput } from './PropertyInput';
import { customerUrl } from './urls';
import { useTagIds } from './useTagIds';

/** How long typing rests before duplicates are looked for. */
const restMs = 300;
/** The malls whose counters write customers down, the likeliest first. */
const counters = ['STORE', 'OWN_SITE'];

/** Writes a customer down by hand, with those who may be the same person beside the form. */
export function AddCustomer(props: { onClose: () => void }) {
  const { t } = useTranslation('customers');
  const [{ data }] = useQuery({ query: CustomerShopsDocument });
  const shops = data?.shops;
  return (
    <SideDrawer size={shops?.length === 0 ? 'md' : 'wide'} title={t('add.title')} onClose={props.onClose}>
      {shops && shops.length === 0 && (
        <EmptyState icon={IconBasket} title={t('add.noShop.title')} action={<ButtonLink {...shopsUrl('new')}>{t('add.noShop.action')}</ButtonLink>}>
          {t('add.noShop.body')}
        </EmptyState>
      )}
      {shops && shops.length > 0 && <Form shops={shops} onClose={props.onClose} />}
    </SideDrawer>
  );
}

function Form(props: { shops: readonly { id: string; name: string; mall: string }[]; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const [start] = useState(() => emptyEntry(usualShop(props.shops)));
  const [draft, setDraft] = useState(start);
  const change = (next: Partial<EntryDraft>) => setDraft((was) => ({ ...was, ...next }));
  const [{ data }] = useQuery({ query: CustomerPropertyDefinitionsDocument });
  const asked = data?.properties.filter((property) => property.places.includes('FORM')) ?? [];
  const near = useDuplicates(draft);
  const { tags, submit, errors, busy } = useSave(draft, near.found);
  const errorAt = useFieldErrors(errors, 'customers');
  const fields = { form: 'add', draft: draft.profile, errorAt, onChange: (next: Partial<EntryDraft['profile']>) => change({ profile: { ...draft.profile, ...next } }) };
  const way = wayOf(near.found);

  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (way !== 'EXISTS') void submit();
      }}
    >
      <UnsavedGuard dirty={!busy && draft !== start} />
      <div className={classes.errors}>
        <FormErrors form="add" errors={errors} namespace="customers" />
      </div>
      <Stack gap="sm" className={classes.who}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            id="add-shopId"
            label={t('add.shop')}
            data={props.shops.map((shop) => ({ value: shop.id, label: shop.name }))}
            value={draft.shopId}
            allowDeselect={false}
            error={errorAt('shopId')}
            onChange={(shopId) => change({ shopId })}
          />
          <TextInput
            id="add-memberId"
            label={t('add.memberId')}
            value={draft.memberId}
            maxLength={100}
            autoComplete="off"
            error={errorAt('memberId')}
            onChange={(event) => change({ memberId: event.currentTarget.value })}
          />
        </SimpleGrid>
        <WhoFields {...fields} autoFocus />
      </Stack>
      <Duplicates {...near} busy={busy} onSame={(one) => void submit(one)} />
      <Stack gap="md" className={classes.rest}>
        <Stack gap="sm">
          <AboutFields {...fields} />
        </Stack>
        <Checkbox label={t('add.enroll')} checked={draft.enroll} onChange={(event) => change({ enroll: event.currentTarget.checked })} />
        <TagsInput label={t('tags.title')} data={tags} maxTags={50} acceptValueOnBlur value={[...draft.tags]} onChange={(next) => change({ tags: next })} />
        {asked.length > 0 && (
          <Fieldset legend={t('properties.title')}>
            <Stack gap="sm">
              {asked.map((property) => (
                <PropertyInput
                  key={property.id}
                  id={`add-values.${property.key}`}
                  property={property}
                  value={draft.values[property.key] ?? null}
                  error={errorAt(`values.${property.key}`)}
                  onChange={(value) => change({ values: { ...draft.values, [property.key]: value } })}
                />
              ))}
            </Stack>
          </Fieldset>
        )}
        <AddConsents draft={draft} onChange={change} errorAt={errorAt} />
      </Stack>
      <Group justify="flex-end" gap="xs" className={classes.foot}>
        <Text size="sm" c="dimmed" className={classes.note} role="status">
          {way !== 'CREATE' && t(`add.note.${way}`)}
        </Text>
        <Button variant="default" onClick={props.onClose}>
          {t('add.close')}
        </Button>
        <Button type="submit" variant={way === 'DIFFERENT' ? 'default' : 'filled'} loading={busy} disabled={way === 'EXISTS'}>
          {t(way === 'DIFFERENT' ? 'add.different' : 'add.save')}
        </Button>
      </Group>
    </form>
  );
}

/** The shop where staff most likely meets somebody. */
function usualShop(shops: readonly { id: string; mall: string }[]): string | null {
  const at = counters.map((mall) => shops.find((shop) => shop.mall === mall)).find((shop) => shop !== undefined);
  return (at ?? shops[0])?.id ?? null;
}

/** Who may be the person, asked for when typing rests. What was found stays in sight until the next answer. */
function useDuplicates(draft: EntryDraft) {
  const input = useMemo(() => JSON.stringify(duplicatesInput(draft) ?? null), [draft]);
  const [rested] = useDebouncedValue(input, restMs);
  const variables = useMemo(() => JSON.parse(rested) as ReturnType<typeof duplicatesInput> | null, [rested]);
  const [{ data, fetching }] = useQuery({
    query: CustomerDuplicatesDocument,
    variables: { input: variables ?? { shopId: '', profile: {} } },
    pause: variables === null,
    requestPolicy: 'network-only',
  });
  const asked = variables !== null && input !== 'null';
  return { asked, searching: fetching || input !== rested, found: asked ? (data?.customerDuplicates ?? []) : [] };
}

/** Makes the customer, or adds to the one who is the same, and opens the page. */
function useSave(draft: EntryDraft, found: readonly Duplicate[]) {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const [, create] = useMutation(CustomerCreateDocument);
  const [, addTo] = useMutation(CustomerAddToDocument);
  const { run, errors, busy } = useSubmit();
  const known = useTagIds(run);
  const [missing, setMissing] = useState<readonly UserError[]>([]);

  const submit = async (same?: Duplicate) => {
    const unsaid = draft.channels.length > 0 && draft.wording.trim() === '';
    setMissing(unsaid ? [{ code: 'WORDING_REQUIRED', field: ['consents', '0', 'wording'], message: '', params: null }] : []);
    const tagIds = unsaid ? undefined : await known.idsOf(draft.tags);
    if (!tagIds) return;
    const input = entryInput(draft, draft.shopId ?? '', tagIds);
    let id: string | undefined;
    const done = same
      ? await run(addTo({ input: { ...input, customerId: same.customer.id } }), (data) => {
          id = data.addToCustomer.customer?.id;
          return data.addToCustomer.userErrors;
        })
      : await run(create({ input: { ...input, differentFrom: found.filter((one) => one.asks).map((one) => one.customer.id) } }), (data) => {
          id = data.createCustomer.customer?.id;
          return data.createCustomer.userErrors;
        });
    if (!done || !id) return;
    toastDone(t(same ? 'add.added' : 'add.done'));
    void navigate({ ...customerUrl(id), ignoreBlocker: true });
  };
  return { tags: known.names, submit, errors: missing.length > 0 ? missing : errors, busy };
}
