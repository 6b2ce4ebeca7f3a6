import { FormDialog } from '#ui/FormDialog';
import { TagsCreateDocument, type TagsOfShopsQuery } from '#gql/tags/graphql';
import { FormErrors } from '#ui/FormErrors';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

type Shop = TagsOfShopsQuery['shops'][number];

/** Asks for which shop and which sites a tag is; the own site is likely meant. */
export function NewTag(props: { shops: readonly Shop[]; onClose: () => void; onMade: () => void }) {
  const { t } = useTranslation('tags');
  const likely = props.shops.find((shop) => shop.mall === 'OWN_SITE') ?? props.shops[0];
  const [shopId, setShopId] = useState(likely?.id);
  const [origins, setOrigins] = useState(originOf(likely?.url));
  const [, create] = useMutation(TagsCreateDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'tags');
  const submit = async () => {
    if (!shopId) return;
    const input = { shopId, origins: origins.split('\n').map((line) => line.trim()).filter((line) => line !== '') };
    if (await run(create({ input }), (data) => data.createWriteKey.userErrors)) props.onMade();
  };
  return (
    <FormDialog
      title={t('add')}
      submit={t('add')}
      busy={busy}
      disabled={!shopId || origins.trim() === ''}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="tag" errors={errors.filter((each) => !each.field)} namespace="tags" />
      <Select
        label={t('shop')}
        data={props.shops.map((shop) => ({ value: shop.id, label: shop.name }))}
        value={shopId ?? null}
        onChange={(id) => {
          setShopId(id ?? undefined);
          setOrigins(originOf(props.shops.find((shop) => shop.id === id)?.url));
        }}
      />
      <Textarea
        id="tag-origins"
        label={t('origins')}
        description={t('originsHelp')}
        value={origins}
        error={errorAt('origins')}
        onChange={(event) => setOrigins(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

/** The site of an address, without its path; "" without one. */
const originOf = (url: string | null | undefined): string => (url && URL.canParse(url) ? new URL(url).origin : '');
