import { useState } from 'react';
import { MemberSettingsDocument, MemberSettingsSaveDocument, type MemberSettingsQuery } from '#gql/member/graphql';
import { ask } from './api';
import { errorWords, Failed, Waiting } from './parts';
import { Profile } from './Profile';
import { Referrals } from './Referrals';
import { failureOf, useAsked } from './useAsked';
import { locale, t } from './words';

type Channel = NonNullable<MemberSettingsQuery['me']>['preferences']['channels'][number];

export function Settings(props: { member: boolean; merchant: string; reload: () => void; leave: () => void }) {
  const { member, merchant, reload, leave } = props;
  return (
    <>
      <h1>{t('settings.title')}</h1>
      <Profile saved={reload} />
      {member && <Referrals merchant={merchant} />}
      <Consents merchant={merchant || t('settings.shop')} />
      <button type="button" className="plain wide" onClick={leave}>
        {t('settings.signOut')}
      </button>
    </>
  );
}

/** What the shopper receives. What stands beside a switch is what he agrees to, and is sent along with it. */
function Consents({ merchant }: { merchant: string }) {
  const { data, failure, again } = useAsked(MemberSettingsDocument, {});
  const [told, setTold] = useState<{ words: string; wrong: boolean }>();
  const [busy, setBusy] = useState(false);
  const words = (channel: string) => t(`settings.wording.${channel}`, { merchant });
  const turn = async ({ channel, on }: Channel) => {
    setBusy(true);
    try {
      const input = { channels: [{ channel, on: !on, wording: words(channel) }], locale };
      const { userErrors } = (await ask(MemberSettingsSaveDocument, { input })).updateMyPreferences;
      setTold(userErrors.length > 0 ? { words: errorWords(userErrors[0]?.code), wrong: true } : { words: t('settings.saved'), wrong: false });
    } catch (cause) {
      setTold({ words: t(`failure.${failureOf(cause)}`), wrong: true });
    }
    again();
    setBusy(false);
  };
  const channels = data?.me?.preferences.channels;
  return (
    <section className="panel">
      <h2>{t('settings.consents')}</h2>
      {failure && !data && <Failed failure={failure} again={again} />}
      {!failure && !channels && <Waiting />}
      {channels?.length === 0 && <p className="quiet">{t('settings.noChannels')}</p>}
      {channels?.map((channel) => (
        <label key={channel.channel} className="consent">
          <input type="checkbox" role="switch" checked={channel.on} aria-checked={channel.on} disabled={busy || (!channel.on && !channel.canTurnOn)} onChange={() => void turn(channel)} />
          <span>
            {words(channel.channel)}
            {!channel.on && !channel.canTurnOn && <small>{t('settings.cannotTurnOn')}</small>}
          </span>
        </label>
      ))}
      <p role="status" className={told?.wrong ? 'wrong' : 'quiet'}>
        {told?.words}
      </p>
    </section>
  );
}
