import { ImportCreateShopDocument, type Mall } from '#gql/imports/graphql';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { malls } from '#ui/malls';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Button, Group, Paper, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** Adds a shop without leaving the import. */
export function NewShop(props: { mall?: Mall; onCreated: (id: string) => void }) {
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const [{ fetching }, create] = useMutation(ImportCreateShopDocument);
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  const [url, setUrl] = useState('');
  const [currency, setCurrency] = useState('JPY');
  const [mall, setMall] = useState<Mall>(props.mall ?? 'OWN_SITE');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'imports');

  const submit = async () => {
    const { data, error } = await create({ input: { code, name, mall, currency, url: url.trim() } });
    if (data?.createShop.shop) props.onCreated(data.createShop.shop.id);
    else setErrors(error ? [requestFailed(tUi(failureKey(error)))] : (data?.createShop.userErrors ?? []));
  };

  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <FormErrors form="shop" errors={errors} namespace="imports" />
        <Select
          label={t('shop.mall')}
          data={malls.map((m) => ({ value: m, label: tUi(`mall.${m}`) }))}
          value={mall}
          disabled={props.mall !== undefined}
          onChange={(value) => setMall(malls.find((m) => m === value) ?? mall)}
        />
        <TextInput
          id="shop-name"
          label={t('shop.name')}
          value={name}
          error={errorAt('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          id="shop-code"
          label={t('shop.code')}
          description={t('shop.codeHelp')}
          value={code}
          error={errorAt('code')}
          onChange={(event) => setCode(event.currentTarget.value.toLowerCase())}
        />
        <TextInput
          id="shop-url"
          type="url"
          label={t('shop.url')}
          description={t('shop.urlHelp')}
          placeholder="https://"
          value={url}
          error={errorAt('url')}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <TextInput
          id="shop-currency"
          label={t('shop.currency')}
          maxLength={3}
          value={currency}
          error={errorAt('currency')}
          onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
        />
        <Group justify="flex-end">
          <Button variant="light" loading={fetching} disabled={!name || !code} onClick={() => void submit()}>
            {t('shop.create')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
