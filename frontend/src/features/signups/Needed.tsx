import { type SenderParts, senderComplete } from '#lib/sender';
import { ButtonLink } from '#ui/links';
import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { brandUrl } from '../brand/urls';
import { shopsUrl } from '../shops/urls';

/** What a form lacks before shoppers can be asked. */
type Need = 'SHOP' | 'SENDER';

const own = ['OWN_SITE', 'STORE', 'SHOPIFY', 'FUTURESHOP', 'MAKESHOP'];

/** Whether a shop is the merchant's own, so that consents can be given to it. */
export const isOwn = (shop: { mall: string }): boolean => own.includes(shop.mall);

/** What is to be set elsewhere first; the server refuses to publish without it. */
export function needsOf(hasShop: boolean, sender: SenderParts): Need[] {
  const needs: Need[] = [];
  if (!hasShop) needs.push('SHOP');
  if (!senderComplete(sender)) needs.push('SENDER');
  return needs;
}

const goOf = { SHOP: shopsUrl('new'), SENDER: brandUrl() };

/** Says what to set before the form can be published, and leads there. */
export function Needed(props: { needs: readonly Need[] }) {
  const { t } = useTranslation('signups');
  return (
    <Alert color="yellow" title={t('needed.title')} icon={<IconAlertTriangle aria-hidden />}>
      <Stack gap="md">
        {props.needs.map((need) => (
          <Stack key={need} gap="xs" align="flex-start">
            <Text size="sm">{t(`needed.${need}`)}</Text>
            <ButtonLink {...goOf[need]} size="compact-sm" variant="default">
              {t(`needed.${need}_go`)}
            </ButtonLink>
          </Stack>
        ))}
      </Stack>
    </Alert>
  );
}
