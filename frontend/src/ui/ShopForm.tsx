import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormErrors } from './FormErrors';
import { malls } from './malls';
import type { MallKind } from './MallDot';
import { isOwn, type ShopValues, suggestedCode } from './shop';
import { UnsavedGuard } from './UnsavedGuard';
import { useFieldErrors, type UserError } from './userErrors';

/** The form of a shop, wherever one is added or changed. Mall, code and currency of one that exists stay. */
export function ShopForm(props: {
  /** The shop to change; without one the form adds one. */
  shop?: ShopValues;
  /** The mall a new one must be on. */
  mall?: MallKind;
  /** Codes that are in use. */
  taken?: readonly string[];
  readOnly?: boolean;
  errors: readonly UserError[];
  busy: boolean;
  submit: string;
  onSubmit: (values: ShopValues) => void;
  /** Beside the button. */
  beside?: ReactNode;
}) {
  const { t } = useTranslation('ui');
  const { shop, readOnly = false } = props;
  const [start] = useState<ShopValues>(() => shop ?? fresh(props.mall ?? 'OWN_SITE', props.taken ?? []));
  const [values, setValues] = useState(start);
  const [ownCode, setOwnCode] = useState(false);
  const errorAt = useFieldErrors(props.errors);
  const dirty = (Object.keys(values) as (keyof ShopValues)[]).some((key) => values[key] !== (shop ?? start)[key]);
  const set = <Key extends keyof ShopValues>(key: Key, value: ShopValues[Key]) => setValues((was) => ({ ...was, [key]: value }));
  const chooseMall = (mall: MallKind) =>
    setValues((was) => ({ ...was, mall, code: ownCode ? was.code : suggestedCode(mall, props.taken ?? []) }));
  const fixed = (key: string) => shop !== undefined && key !== 'name' && key !== 'url';
  const text = (key: 'name' | 'code' | 'currency' | 'url', change = (typed: string) => typed) => ({
    id: `shop-${key}`,
    label: t(`shop.${key}`),
    required: key !== 'url' && !readOnly,
    value: values[key],
    readOnly: readOnly || fixed(key),
    // What never changes does not look as if it could.
    variant: fixed(key) ? 'filled' : 'default',
    error: errorAt(key),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set(key, change(event.currentTarget.value)),
  });

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit(values);
      }}
    >
      <UnsavedGuard dirty={shop !== undefined && dirty} />
      <Stack gap="md">
        <FormErrors form="shop" errors={props.errors} />
        <Select
          id="shop-mall"
          label={t('shop.mall')}
          required={shop === undefined}
          data={malls.map((mall) => ({ value: mall, label: t(`mall.${mall}`) }))}
          value={values.mall}
          disabled={shop !== undefined || props.mall !== undefined}
          error={errorAt('mall')}
          onChange={(chosen) => chooseMall(malls.find((mall) => mall === chosen) ?? values.mall)}
        />
        <TextInput {...text('name')} />
        <TextInput
          {...text('code', (typed) => {
            setOwnCode(true);
            return typed.toLowerCase();
          })}
          description={t(shop ? 'shop.fixed' : 'shop.codeHelp')}
        />
        <TextInput {...text('currency', (typed) => typed.toUpperCase())} maxLength={3} description={shop && t('shop.fixed')} />
        <TextInput {...text('url')} type="url" placeholder="https://" description={t('shop.urlHelp')} />
        {isOwn(values.mall) && (
          <Textarea
            id="shop-moreUrls"
            label={t('shop.moreUrls')}
            description={t('shop.moreUrlsHelp')}
            autosize
            minRows={2}
            value={values.moreUrls}
            readOnly={readOnly}
            error={errorAt('moreUrls') ?? errorAt('moreUrls[0]')}
            onChange={(event) => set('moreUrls', event.currentTarget.value)}
          />
        )}
        {readOnly ? (
          <Text size="xs" c="dimmed">
            {t('shop.readOnly')}
          </Text>
        ) : (
          <Group justify="space-between">
            <div>{props.beside}</div>
            <Button type="submit" loading={props.busy} disabled={!values.name.trim() || !values.code || (shop !== undefined && !dirty)}>
              {props.submit}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

const fresh = (mall: MallKind, taken: readonly string[]): ShopValues => ({
  mall,
  name: '',
  code: suggestedCode(mall, taken),
  currency: 'JPY',
  url: '',
  moreUrls: '',
});
