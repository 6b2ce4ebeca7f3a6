import { brandUrl } from '#features/brand/urls';
import { offersUrl } from '#features/offers/urls';
import { newSegmentUrl } from '#features/segments/urls';
import { TextLink } from '#ui/links';
import type { LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const ways = {
  brand: ['LAW-02'],
  offers: ['NO_CODES', 'CODES_SHORT', 'OFFER_GONE', 'OFFER_ENDED', 'OFFER_OTHER_MALL', 'OFFER_NOT_STARTED'],
  segments: ['NO_AUDIENCE'],
} as const;

const links: Record<keyof typeof ways, () => LinkProps> = {
  brand: brandUrl,
  offers: () => offersUrl(),
  segments: () => newSegmentUrl(),
};

/** The page on which what a finding names is mended, where that is another than the editor. */
export function WayOut(props: { code: string }) {
  const { t } = useTranslation('campaigns');
  const way = (Object.keys(ways) as (keyof typeof ways)[]).find((one) => ways[one].some((code) => code === props.code));
  if (!way) return null;
  return (
    <TextLink {...links[way]()} size="xs" underline="always">
      {t(`way.${way}`)}
    </TextLink>
  );
}
