import type { CampaignChoicesQuery, CampaignVariantInput, Mall } from '#gql/campaigns/graphql';
import { shopsUrl } from '#features/shops/urls';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { Button, Menu, Radio, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The value of the choice to begin with nothing. */
const nothing = '';

/** Adds a destination among the malls the merchant has shops on, and asks what its content begins with where there is some to copy. */
export function AddVariant(props: {
  variants: readonly CampaignVariantInput[];
  shops: CampaignChoicesQuery['shops'];
  onAdd: (mall: Mall, from: CampaignVariantInput | undefined) => void;
}) {
  const { t } = useTranslation('campaigns');
  const { t: tUi } = useTranslation('ui');
  const [asked, setAsked] = useState<Mall>();
  const [from, setFrom] = useState<string>(nothing);
  const written = props.variants.filter((variant) => variant.subject?.trim() || variant.mjml);
  const shopsOf = (mall: Mall) => props.shops.filter((shop) => shop.mall === mall).map((shop) => shop.name);
  const free = malls.filter((mall) => shopsOf(mall).length > 0 && props.variants.every((variant) => variant.mall !== mall));
  if (props.shops.length > 0 && free.length === 0) return null;

  const choose = (mall: Mall) => {
    if (written.length === 0) {
      props.onAdd(mall, undefined);
      return;
    }
    setFrom(written[0]?.mall ?? nothing);
    setAsked(mall);
  };
  const add = () => {
    if (!asked) return;
    setAsked(undefined);
    props.onAdd(asked, written.find((variant) => variant.mall === from));
  };
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button flex="none" variant="subtle" leftSection={<IconPlus size="1rem" aria-hidden />}>
            {t('content.add')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {free.length === 0 && (
            <Text size="sm" p="xs">
              {t('content.noShops')} <TextLink {...shopsUrl()}>{t('content.toShops')}</TextLink>
            </Text>
          )}
          {free.map((mall) => (
            <Menu.Item key={mall} onClick={() => choose(mall)}>
              <MallDot mall={mall} />
              <Text size="xs" c="dimmed">
                {shopsOf(mall).join(t('content.shopsAnd'))}
              </Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asked !== undefined}
        title={t('content.addTitle', { mall: asked ? tUi(`mall.${asked}`) : '' })}
        confirm={t('content.addConfirm')}
        onConfirm={add}
        onClose={() => setAsked(undefined)}
      >
        <Radio.Group label={t('content.begin')} value={from} onChange={setFrom}>
          <Stack gap="xs" mt="xs">
            {written.map((variant) => (
              <Radio
                key={variant.mall}
                value={variant.mall}
                label={t('content.copyOf', { mall: tUi(`mall.${variant.mall}`) })}
                description={t('content.copyHelp')}
              />
            ))}
            <Radio value={nothing} label={t('content.fromTemplate')} />
          </Stack>
        </Radio.Group>
      </ConfirmDialog>
    </>
  );
}
