import type { MallKind } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { BlockPlaces } from './BlockPlaces';

const parts = ['subject', 'mjml', 'text', 'html', 'offer'] as const;
const senderParts = ['name', 'email', 'postalAddress', 'contact'] as const;

/** Names a place of the editor: 楽天市場の本文 12行目 or, where bodies are shown as blocks, 楽天市場の3番目のブロック「文章」. */
export function usePlaceWords(): (place: string, line?: number | null) => string {
  const { t } = useTranslation('campaigns');
  const blockOf = useContext(BlockPlaces);
  return (place, line) => {
    const [kind, second, third] = place.includes('.') ? place.split('.') : ['', '', place];
    const senderPart = kind === 'sender' && senderParts.find((known) => known === second);
    if (senderPart) return t(`sender.${senderPart}`);
    const mall = malls.find((known): known is MallKind => known === second);
    const part = parts.find((known) => known === third);
    const block = mall && kind === 'variants' && part === 'mjml' && line ? blockOf(mall, line) : undefined;
    const name = block
      ? block.number
        ? t('place.block', { number: block.number, name: t(`blocks.kind.${block.kind}`) })
        : t(`blocks.kind.${block.kind}`)
      : part
        ? t(`place.${part}`)
        : t(`place.${place === 'variants' ? 'variants' : 'audience'}`);
    const whole =
      mall && kind === 'mallMails'
        ? t('place.ofMallMail', { mall: t(`mallMail.tool.${mall === 'YAHOO' ? 'YAHOO' : 'RAKUTEN'}`), part: name })
        : mall
          ? t('place.ofVariant', { mall: t(`ui:mall.${mall}` as never), part: name })
          : name;
    // A subject has one line, and where bodies are blocks no line is seen.
    return line && !block && part !== 'subject' ? t('place.line', { place: whole, line }) : whole;
  };
}
