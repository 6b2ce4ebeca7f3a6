import { type FormEvent, useState } from 'react';
import { MemberReferralsDocument, type MemberReferralsQuery, MemberReferralUseDocument } from '#gql/member/graphql';
import { ask } from './api';
import { errorWords } from './parts';
import { failureOf, useAsked } from './useAsked';
import { dateOf, locale, money, points, t } from './words';

type Mine = NonNullable<NonNullable<MemberReferralsQuery['me']>['referrals']>;

/** How the shopper brings friends: his code and a link with it, what came of those he brought, and who brought himself. */
export function Referrals({ merchant }: { merchant: string }) {
  const { data, again } = useAsked(MemberReferralsDocument, {});
  const mine = data?.me?.referrals;
  if (!mine) return null;
  return (
    <section className="panel">
      <h2>{t('referral.title')}</h2>
      <p>{offer(mine)}</p>
      <p className="proof">
        <b>{mine.code}</b>
      </p>
      <Share mine={mine} merchant={merchant} />
      {mine.brought.length > 0 && (
        <>
          <h3>{t('referral.brought')}</h3>
          <ul className="rows">
            {mine.brought.map((friend, at) => (
              <li key={at}>
                <span>{t('referral.friend', { month: monthOf(friend.month) })}</span>
                <span className="quiet">{friend.state === 'REWARDED' && friend.points > 0 ? `+${points(friend.points)}` : t(`referral.state.${friend.state}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {mine.useCodeUntil && <UseCode until={mine.useCodeUntil} done={again} />}
    </section>
  );
}

/** What both get, and for what. */
const offer = ({ points: his, friendPoints, minAmount }: Mine): string => {
  const when = minAmount > 0 ? t('referral.whenOver', { amount: money(minAmount) }) : t('referral.when');
  if (his > 0 && friendPoints > 0) return t('referral.both', { when, mine: points(his), theirs: points(friendPoints) });
  if (his > 0) return t('referral.mine', { when, mine: points(his) });
  return friendPoints > 0 ? t('referral.theirs', { when, theirs: points(friendPoints) }) : t('referral.none');
};

/** 2026-11 as people write it. */
const monthOf = (month: string): string =>
  new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));

/** Hands the link to another app where the device can, and else copies it. */
function Share({ mine, merchant }: { mine: Mine; merchant: string }) {
  const [told, setTold] = useState('');
  const given = mine.shareUrl ?? mine.code;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(given);
      setTold(t(mine.shareUrl ? 'referral.copiedLink' : 'referral.copiedCode'));
    } catch {
      setTold(t('referral.copyYourself', { given }));
    }
  };
  const share = async () => {
    const text = t('referral.message', { merchant: merchant || t('settings.shop'), code: mine.code });
    try {
      await navigator.share(mine.shareUrl ? { text, url: mine.shareUrl } : { text });
    } catch (cause) {
      if (!(cause instanceof DOMException && cause.name === 'AbortError')) await copy();
    }
  };
  return (
    <>
      <div className="acts">
        {'share' in navigator && (
          <button type="button" className="main" onClick={() => void share()}>
            {t('referral.share')}
          </button>
        )}
        <button type="button" className="plain" onClick={() => void copy()}>
          {t(mine.shareUrl ? 'referral.copyLink' : 'referral.copyCode')}
        </button>
      </div>
      <p role="status" className="quiet">
        {told}
      </p>
    </>
  );
}

function UseCode({ until, done }: { until: string; done: () => void }) {
  const [wrong, setWrong] = useState('');
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code'));
    try {
      const { userErrors } = (await ask(MemberReferralUseDocument, { code })).useReferralCode;
      setWrong(userErrors.length > 0 ? errorWords(userErrors[0]?.code) : '');
      if (userErrors.length === 0) done();
    } catch (cause) {
      setWrong(t(`failure.${failureOf(cause)}`));
    }
  };
  return (
    <form className="birthday" onSubmit={send}>
      <label>
        {t('referral.use')} <small>{t('referral.useUntil', { on: dateOf(until) })}</small>
        <input name="code" required maxLength={20} autoComplete="off" autoCapitalize="characters" spellCheck={false} aria-invalid={wrong !== ''} />
      </label>
      <button type="submit" className="plain">
        {t('referral.send')}
      </button>
      {wrong && (
        <p role="alert" className="wrong">
          {wrong}
        </p>
      )}
    </form>
  );
}
