import { ImportCreateShopDocument, type Mall } from '#gql/imports/graphql';
import { ShopForm } from '#ui/ShopForm';
import { shopInput } from '#ui/shop';
import { useSubmit } from '#ui/useSubmit';
import { Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** Adds a shop without leaving the import. */
export function NewShop(props: { mall?: Mall; taken: readonly string[]; onCreated: (id: string) => void }) {
  const { t } = useTranslation('imports');
  const [, create] = useMutation(ImportCreateShopDocument);
  const { run, errors, busy } = useSubmit();
  return (
    <Paper withBorder p="md">
      <ShopForm
        mall={props.mall}
        taken={props.taken}
        errors={errors}
        busy={busy}
        submit={t('shop.create')}
        onSubmit={(values) => {
          const created = create({ input: shopInput(values) });
          void run(created, (data) => data.createShop.userErrors).then(async (done) => {
            const shop = (await created).data?.createShop.shop;
            if (done && shop) props.onCreated(shop.id);
          });
        }}
      />
    </Paper>
  );
}
