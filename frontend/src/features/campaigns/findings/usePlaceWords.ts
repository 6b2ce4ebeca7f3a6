import type { MallKind } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { useTranslation } from 'react-i18next';

const parts = ['subject', 'mjml', 'text', 'html', 'offer'] as const;

/** Names a place of the editor: 楽天市場の本文 12行目. */
export function usePlaceWords(): (place: string, line?: number | null) => string {
  const { t } = useTranslation('campaigns');
  return (place, line) => {
    const [kind, second, third] = place.includes('.') ? place.split('.') : ['', '', place];
    const mall = malls.find((known): known is MallKind => known === second);
    const part = parts.find((known) => known === third);
    const name = part ? t(`place.${part}`) : t(`place.${kind === 'sender' ? 'sender' : place === 'variants' ? 'variants' : 'audience'}`);
    const whole =
      mall && kind === 'mallMails'
        ? t('place.ofMallMail', { mall: t(`mallMail.tool.${mall === 'YAHOO' ? 'YAHOO' : 'RAKUTEN'}`), part: name })
        : mall
          ? t('place.ofVariant', { mall: t(`ui:mall.${mall}` as never), part: name })
          : name;
    return line ? t('place.line', { place: whole, line }) : whole;
  };
}
