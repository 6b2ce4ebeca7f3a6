import {
  type SignUpFormFieldsFragment,
  SignUpCloseDocument,
  SignUpCreateDocument,
  type SignUpFormsQuery,
  SignUpUpdateDocument,
} from '#gql/signups/graphql';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { CopyValue } from '#ui/CopyValue';
import { FormErrors } from '#ui/FormErrors';
import { SideDrawer } from '#ui/SideDrawer';
import { TabStrip } from '#ui/TabStrip';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { useErrorText } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Anchor, Button, Group, Select, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { contentInput, placeOf, type Typed, typed } from './content';
import { ContentFields } from './ContentFields';
import { History } from './History';
import { isOwn, Needed, needsOf } from './Needed';
import { Preview } from './Preview';
import classes from './signups.module.css';

/** One form beside the list: what it says, how it looks, where it stands, and what it has said. */
export function FormDrawer(props: {
  form: SignUpFormFieldsFragment | undefined;
  shops: SignUpFormsQuery['shops'];
  /** The custom properties there are. */
  kept: SignUpFormsQuery['properties'];
  sender: SignUpFormsQuery['senderSettings'];
  onClose: () => void;
  onSaved: (id?: string) => void;
}) {
  const { t } = useTranslation('signups');
  const { form } = props;
  const usual = { MAIL: t('usual.MAIL'), SMS: t('usual.SMS'), POSTAL: t('usual.POSTAL') };
  const [start, setStart] = useState(() => typed(form?.content, usual, t('usual.title'), props.kept));
  const [values, setValues] = useState(start);
  const [tab, setTab] = useState('content');
  const dirty = JSON.stringify(contentInput(values)) !== JSON.stringify(contentInput(start));
  return (
    <SideDrawer size="xl" onClose={props.onClose} title={form?.content.title.ja ?? t('add')}>
      <UnsavedGuard dirty={dirty && Boolean(form)} />
      <Tabs value={tab} onChange={(to) => setTab(to ?? 'content')} keepMounted={false}>
        <TabStrip open={tab}>
          <Tabs.Tab value="content">{t('tab.content')}</Tabs.Tab>
          <Tabs.Tab value="preview">{t('tab.preview')}</Tabs.Tab>
          {form && <Tabs.Tab value="place">{t('tab.place')}</Tabs.Tab>}
          {form && <Tabs.Tab value="history">{t('tab.history')}</Tabs.Tab>}
        </TabStrip>
        <Tabs.Panel value="content" pt="md">
          <Edit
            {...props}
            values={values}
            setValues={setValues}
            dirty={dirty}
            onSaved={(id) => {
              setStart(values);
              props.onSaved(id);
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="preview" pt="md">
          <Preview content={contentInput(values)} />
        </Tabs.Panel>
        {form && (
          <Tabs.Panel value="place" pt="md">
            <Place form={form} onChanged={() => props.onSaved()} />
          </Tabs.Panel>
        )}
        {form && (
          <Tabs.Panel value="history" pt="md">
            <History formId={form.id} />
          </Tabs.Panel>
        )}
      </Tabs>
    </SideDrawer>
  );
}

function Edit(props: {
  form: SignUpFormFieldsFragment | undefined;
  shops: SignUpFormsQuery['shops'];
  sender: SignUpFormsQuery['senderSettings'];
  values: Typed;
  setValues: (next: Typed) => void;
  dirty: boolean;
  onSaved: (id?: string) => void;
}) {
  const { t } = useTranslation('signups');
  const mayWrite = useScope('settings:write');
  const { form, values } = props;
  const shops = props.shops.filter(isOwn);
  const [shop, setShop] = useState<string | null>(form?.shop.id ?? shops[0]?.id ?? null);
  const [slug, setSlug] = useState('');
  const [, create] = useMutation(SignUpCreateDocument);
  const [, update] = useMutation(SignUpUpdateDocument);
  const { run, errors, busy } = useSubmit();
  const write = useErrorText('signups');
  const errorAt = (place: string) => {
    const found = errors.find((error) => {
      const field = error.field?.filter((part) => part !== 'input').join('.');
      return field !== undefined && placeOf(field, values) === place;
    });
    return found && write(found);
  };
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    const content = contentInput(values);
    let made: string | undefined;
    const done = form
      ? await run(update({ input: { id: form.id, version: form.version, content } }), (data) => data.updateSignUpForm.userErrors)
      : await run(create({ input: { shopId: shop ?? '', slug, content } }), (data) => {
          made = data.createSignUpForm.form?.id;
          return data.createSignUpForm.userErrors;
        });
    if (!done) return;
    toastDone(t(form ? 'saved' : 'created'));
    props.onSaved(made);
  };
  const needs = needsOf(shops.length > 0, props.sender);
  if (!form && needs.length > 0) return <Needed needs={needs} />;
  return (
    <form noValidate onSubmit={(event) => void save(event)}>
      <Stack gap="lg">
        {needs.length > 0 && <Needed needs={needs} />}
        <FormErrors form="signup" errors={errors} namespace="signups" />
        {!form && (
          <>
            <Select
              id="signup-shopId"
              label={t('field.shop')}
              description={t('field.shopHelp')}
              data={shops.map((one) => ({ value: one.id, label: one.name }))}
              value={shop}
              onChange={setShop}
              allowDeselect={false}
              error={errorAt('shopId')}
            />
            <TextInput
              id="signup-slug"
              label={t('field.slug')}
              description={t('field.slugHelp')}
              value={slug}
              onChange={(event) => setSlug(event.currentTarget.value)}
              error={errorAt('slug')}
            />
          </>
        )}
        <ContentFields values={values} setValues={props.setValues} errorAt={errorAt} readOnly={!mayWrite} />
        {mayWrite && (
          <Group justify="space-between" align="center">
            <Text size="xs" c="dimmed" className={classes.grow}>
              {form && t('versionNote', { next: form.version + 1 })}
            </Text>
            <Button type="submit" loading={busy} disabled={Boolean(form) && (!props.dirty || needs.length > 0)}>
              {t(form ? 'save' : 'create')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function Place(props: { form: SignUpFormFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('signups');
  const mayWrite = useScope('settings:write');
  const [, close] = useMutation(SignUpCloseDocument);
  const { run, errors, busy } = useSubmit();
  const [asked, setAsked] = useState(false);
  const { form } = props;
  const change = async (closed: boolean) => {
    const done = await run(close({ input: { id: form.id, closed } }), (data) => data.closeSignUpForm.userErrors);
    setAsked(false);
    if (!done) return;
    toastDone(t(closed ? 'closed' : 'opened'));
    props.onChanged();
  };
  const path = new URL(form.url).pathname;
  return (
    <Stack gap="lg">
      <div>
        <Text fw={600} mb="xs">
          {t('place.link')}
        </Text>
        <CopyValue label={t('place.link')} value={form.url} />
        <Anchor href={path} target="_blank" rel="noopener" size="sm">
          {t('place.open')}
        </Anchor>
      </div>
      {!form.closedAt && (
        <div>
          <Text fw={600} mb="xs">
            {t('place.qr')}
          </Text>
          <img src={`${path}/qr.svg`} alt={t('place.qrAlt')} className={classes.qr} />
          <Text size="sm">
            <Anchor href={`${path}/qr.svg`} download={`${form.slug}.svg`}>
              {t('place.qrSave')}
            </Anchor>
          </Text>
          <Text size="xs" c="dimmed">
            {t('place.qrHelp')}
          </Text>
        </div>
      )}
      <FormErrors form="signup" errors={errors} namespace="signups" />
      {mayWrite && (
        <div>
          <Button
            variant="default"
            color={form.closedAt ? undefined : 'red'}
            loading={busy && !asked}
            onClick={() => (form.closedAt ? void change(false) : setAsked(true))}
          >
            {t(form.closedAt ? 'open' : 'close')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        opened={asked}
        title={t('closeTitle', { name: form.content.title.ja })}
        confirm={t('close')}
        danger
        busy={busy}
        onConfirm={() => void change(true)}
        onClose={() => setAsked(false)}
      >
        <Text size="sm">{t('closeBody')}</Text>
      </ConfirmDialog>
    </Stack>
  );
}
