import { CampaignChoicesDocument, type CampaignVariantInput, type Mall } from '#gql/campaigns/graphql';
import { EmptyState } from '#ui/EmptyState';
import { TabStrip } from '#ui/TabStrip';
import { MallDot } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { Group, Tabs } from '@mantine/core';
import { IconMailPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { Draft } from './useDraft';
import { AddVariant } from './AddVariant';
import { VariantForm } from './VariantForm';

/** What is sent: one variant of offer and content per destination mall, of which `current` is open. */
export function ContentStep(props: {
  campaignId: string;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  current: CampaignVariantInput | undefined;
  onShow: (mall: Mall | undefined) => void;
}) {
  const { t } = useTranslation('campaigns');
  const { draft, change, current, onShow } = props;
  const [choices] = useQuery({ query: CampaignChoicesDocument });

  const add = (mall: Mall, from: CampaignVariantInput | undefined) => {
    const fresh: CampaignVariantInput = {
      mall,
      isDefault: draft.variants.length === 0,
      offerId: null,
      subject: from?.subject ?? '',
      mjml: from?.mjml ?? '',
      textBody: from?.textBody ?? '',
    };
    change({ variants: [...draft.variants, fresh] });
    onShow(mall);
  };
  const update = (part: Partial<CampaignVariantInput>) =>
    change({
      variants: draft.variants.map((variant) => {
        if (variant === current) return { ...variant, ...part };
        return part.isDefault ? { ...variant, isDefault: false } : variant;
      }),
    });
  const remove = () => {
    const rest = draft.variants.filter((variant) => variant !== current);
    const keepsDefault = rest.some((variant) => variant.isDefault);
    change({ variants: rest.map((variant, at) => ({ ...variant, isDefault: keepsDefault ? variant.isDefault : at === 0 })) });
    onShow(rest[0]?.mall);
  };

  const adder = <AddVariant variants={draft.variants} shops={choices.data?.shops ?? []} onAdd={add} />;
  if (!current) {
    return (
      <EmptyState icon={IconMailPlus} title={t('content.empty')} action={adder}>
        {t('content.emptyBody')}
      </EmptyState>
    );
  }
  return (
    <Tabs value={current.mall} onChange={(mall) => onShow(malls.find((m) => m === mall))}>
      <Group gap="xs" wrap="nowrap">
        <TabStrip label={t('content.variants')} open={current.mall}>
          {draft.variants.map((variant) => (
            <Tabs.Tab key={variant.mall} value={variant.mall}>
              <MallDot mall={variant.mall} />
              {variant.isDefault && ` · ${t('content.default')}`}
            </Tabs.Tab>
          ))}
        </TabStrip>
        {adder}
      </Group>
      <Tabs.Panel value={current.mall} pt="lg">
        <VariantForm
          key={current.mall}
          campaignId={props.campaignId}
          variant={current}
          offers={(choices.data?.offers ?? []).filter((offer) => offer.mall === current.mall)}
          onChange={update}
          onRemove={remove}
        />
      </Tabs.Panel>
    </Tabs>
  );
}
