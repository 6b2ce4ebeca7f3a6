import { useEffect, useState } from 'react';
import { type MemberOfferFragment, MemberOfferIssueDocument, MemberOfferSeenDocument, MemberOffersDocument, MemberOfferUseDocument } from '#gql/member/graphql';
import { ask } from './api';
import { errorWords, Failed, Sheet, Waiting } from './parts';
import { failureOf, useAsked } from './useAsked';
import { dateTime, lastDayOf, money, number, t } from './words';

/** What an offer gives, in a few words. */
export function gives({ kind, value }: Pick<MemberOfferFragment, 'kind' | 'value'>): string {
  const shown = { COUPON_AMOUNT: money(value), COUPON_RATE: number(value / 100), FREE_SHIPPING: '', POINT_MULTIPLIER: number(value / 10_000) }[kind];
  return t(`offers.kind.${kind}`, { value: shown });
}

export function Offers() {
  const { data, failure, again } = useAsked(MemberOffersDocument, {});
  return (
    <>
      <h1>{t('offers.title')}</h1>
      {failure && !data && <Failed failure={failure} again={again} />}
      {!failure && !data && <Waiting />}
      {data?.me?.offers.length === 0 && <p className="notice">{t('offers.empty')}</p>}
      <ul className="offers">
        {data?.me?.offers.map((offer) => (
          <Offer key={offer.id} offer={offer} changed={again} />
        ))}
      </ul>
    </>
  );
}

function Offer({ offer, changed }: { offer: MemberOfferFragment; changed: () => void }) {
  const [asking, setAsking] = useState(false);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    // Whoever sees the list has seen what stands in it; if it fails, the next time tells it.
    if (!offer.seenAt) void ask(MemberOfferSeenDocument, { id: offer.id }).catch(() => undefined);
  }, [offer.id, offer.seenAt]);

  const act = async (change: () => Promise<{ userErrors: { code: string }[] }>) => {
    setBusy(true);
    setWrong('');
    try {
      const { userErrors } = await change();
      if (userErrors.length > 0) setWrong(errorWords(userErrors[0]?.code));
      changed();
    } catch (cause) {
      setWrong(t(`failure.${failureOf(cause)}`));
    }
    setBusy(false);
    setAsking(false);
  };
  const take = () => act(async () => (await ask(MemberOfferIssueDocument, { id: offer.id })).issueMyOffer);
  const use = () => act(async () => (await ask(MemberOfferUseDocument, { id: offer.id })).useMyOffer);

  const mall = t(`mall.${offer.mall}`);
  return (
    <li className={offer.state === 'USED' || offer.state === 'LOCKED' ? 'panel past' : 'panel'}>
      <p className="gives">{gives(offer)}</p>
      <h2>{offer.name}</h2>
      <p className="quiet">
        <span className="mall" data-mall={offer.mall} />
        {mall} · {t('offers.until', { on: lastDayOf(offer.endsAt) })}
      </p>
      {offer.state === 'LOCKED' && <p>{t('offers.fromStage', { stage: offer.fromStage ?? '' })}</p>}
      {offer.state === 'USED' && offer.usedAt && <p>{t('offers.used', { at: dateTime(offer.usedAt) })}</p>}
      {offer.state === 'ISSUED' && <Proof offer={offer} mall={mall} />}
      {offer.terms && (
        <details>
          <summary>{t('offers.terms')}</summary>
          <p className="terms">{offer.terms}</p>
        </details>
      )}
      {wrong && (
        <p role="alert" className="wrong">
          {wrong}
        </p>
      )}
      {offer.state === 'AVAILABLE' && (
        <button type="button" className="main" disabled={busy} onClick={take}>
          {t('offers.take')}
        </button>
      )}
      {offer.usable && (
        <button type="button" className="main" disabled={busy} onClick={() => setAsking(true)}>
          {t('offers.use')}
        </button>
      )}
      {asking && (
        <Sheet label={t('offers.use')} close={() => setAsking(false)}>
          <p>{t('offers.useNow', { name: offer.name })}</p>
          <button type="button" className="main" disabled={busy} onClick={use}>
            {t('offers.use')}
          </button>
          <button type="button" className="plain" onClick={() => setAsking(false)}>
            {t('offers.back')}
          </button>
        </Sheet>
      )}
    </li>
  );
}

function Proof({ offer, mall }: { offer: MemberOfferFragment; mall: string }) {
  const [copied, setCopied] = useState(false);
  if (!offer.code) return <p>{t('offers.noCode')}</p>;
  const copy = () => void navigator.clipboard.writeText(offer.code ?? '').then(() => setCopied(true));
  return (
    <>
      <p className="proof">
        <span>
          <small>{t('offers.code')}</small>
          <b>{offer.code}</b>
        </span>
        {'clipboard' in navigator && (
          <button type="button" className="plain" onClick={copy}>
            {t(copied ? 'offers.copied' : 'offers.copy')}
          </button>
        )}
      </p>
      {!offer.usable && <p className="quiet">{t('offers.onMall', { mall })}</p>}
    </>
  );
}
