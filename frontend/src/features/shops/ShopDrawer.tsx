import { ShopCreateDocument, type ShopFieldsFragment, ShopUpdateDocument, ShopUsageDocument } from '#gql/shops/graphql';
import { useFormat } from '#lib/FormatContext';
import { useLatest } from '#lib/useLatest';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { Earlier } from '#ui/Earlier';
import { EmptyState } from '#ui/EmptyState';
import { ShopForm } from '#ui/ShopForm';
import { shopInput, type ShopValues } from '#ui/shop';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { SideDrawer } from '#ui/SideDrawer';
import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './shops.module.css';

/** One shop beside the list: its form, what hangs on it, and its end. Without a shop, the form for a new one. */
export function ShopDrawer(props: {
  shop: ShopFieldsFragment | undefined;
  codes: readonly string[];
  onClose: () => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('shops');
  const mayWrite = useScope('shops:write');
  const { shop } = props;
  return (
    <SideDrawer onClose={props.onClose} title={shop?.name ?? t('add')}>
      <Stack gap="lg">
        {shop ? (
          <>
            {shop.archivedAt && <Alert color="gray">{t('archivedNote')}</Alert>}
            <Change shop={shop} readOnly={!mayWrite || Boolean(shop.archivedAt)} onChanged={props.onChanged} />
            <Usage shop={shop} onChanged={props.onChanged} />
          </>
        ) : mayWrite ? (
          <Add codes={props.codes} onAdded={props.onChanged} onClose={props.onClose} />
        ) : (
          <EmptyState title={t('missing')} />
        )}
      </Stack>
    </SideDrawer>
  );
}

function Add(props: { codes: readonly string[]; onAdded: () => void; onClose: () => void }) {
  const { t } = useTranslation('shops');
  const [, create] = useMutation(ShopCreateDocument);
  const { run, errors, busy } = useSubmit();
  const add = async (values: ShopValues) => {
    if (!(await run(create({ input: shopInput(values) }), (data) => data.createShop.userErrors))) return;
    toastDone(t('created'));
    props.onAdded();
    props.onClose();
  };
  return <ShopForm taken={props.codes} errors={errors} busy={busy} submit={t('add')} onSubmit={(values) => void add(values)} />;
}

function Change(props: { shop: ShopFieldsFragment; readOnly: boolean; onChanged: () => void }) {
  const { t } = useTranslation('shops');
  const [, update] = useMutation(ShopUpdateDocument);
  const { run, errors, busy } = useSubmit();
  const { id, mall, name, code, currency, url, moreUrls } = props.shop;
  const save = async (values: ShopValues) => {
    const { name: newName, url: newUrl, moreUrls: newMore } = shopInput(values);
    const input = { id, name: newName, url: newUrl, moreUrls: newMore };
    if (!(await run(update({ input }), (data) => data.updateShop.userErrors))) return;
    toastDone(t('saved'));
    props.onChanged();
  };
  return (
    <ShopForm
      shop={{ mall, name, code, currency, url, moreUrls: moreUrls.join('\n') }}
      readOnly={props.readOnly}
      errors={errors}
      busy={busy}
      submit={t('save')}
      onSubmit={(values) => void save(values)}
    />
  );
}

const counted = ['orders', 'customers', 'consents', 'imports', 'tags'] as const;

/** What hangs on the shop, and stays when it is archived. */
function Usage(props: { shop: ShopFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('shops');
  const format = useFormat();
  const mayWrite = useScope('shops:write');
  const [asked, setAsked] = useState(false);
  const [{ data }] = useLatest({ query: ShopUsageDocument, variables: { includeArchived: true } });
  const [, update] = useMutation(ShopUpdateDocument);
  const { run, busy } = useSubmit();
  const { id, name, archivedAt } = props.shop;
  const usage = data?.shops.find((shop) => shop.id === id)?.usage;
  const archive = async (archived: boolean) => {
    const done = await run(update({ input: { id, archived } }), (answer) => answer.updateShop.userErrors);
    setAsked(false);
    if (!done) return;
    toastDone(t(archived ? 'archived' : 'restored'));
    props.onChanged();
  };
  return (
    <section aria-labelledby="shop-usage">
      <Title order={3} id="shop-usage" mb="xs">
        {t('usage.title')}
      </Title>
      {usage ? (
        <Earlier at={usage.asOf} stale={usage.stale}>
          <dl className={classes.usage}>
            {counted.map((key) => (
              <div key={key}>
                <dt>{t(`usage.${key}`)}</dt>
                <dd>{key === 'customers' || key === 'consents' ? format.people(usage[key]) : t('usage.count', { figure: format.number(usage[key]) })}</dd>
              </div>
            ))}
          </dl>
        </Earlier>
      ) : (
        <Skeleton height="8rem" />
      )}
      {mayWrite && (
        <Button
          mt="md"
          variant={archivedAt ? 'default' : 'subtle'}
          color={archivedAt ? undefined : 'red'}
          loading={busy && !asked}
          leftSection={<IconArchive size="1rem" aria-hidden />}
          onClick={() => (archivedAt ? void archive(false) : setAsked(true))}
        >
          {t(archivedAt ? 'restore' : 'archive')}
        </Button>
      )}
      <ConfirmDialog
        opened={asked}
        title={t('archiveTitle', { name })}
        confirm={t('archive')}
        danger
        busy={busy}
        onConfirm={() => void archive(true)}
        onClose={() => setAsked(false)}
      >
        <Text size="sm">
          {t('archiveBody', { orders: format.number(usage?.orders ?? 0), people: format.people(usage?.customers ?? 0) })}
        </Text>
      </ConfirmDialog>
    </section>
  );
}
