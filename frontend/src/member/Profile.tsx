import { type FormEvent, useState } from 'react';
import { type MemberProfileFragment, MemberMailChangeDocument, MemberProfileAskDocument, MemberProfileSaveDocument, type OwnProfilePart, type UpdateMyProfileInput } from '#gql/member/graphql';
import { ask } from './api';
import { errorWords, Failed, Waiting } from './parts';
import { failureOf, useAsked } from './useAsked';
import { dateOf, day, locale, t } from './words';

type Field = 'familyName' | 'givenName' | 'familyKana' | 'givenKana' | 'gender' | 'postalCode' | 'prefecture' | 'city' | 'addressLine' | 'phone';

const fieldsOf: Record<OwnProfilePart, readonly Field[]> = {
  NAME: ['familyName', 'givenName'],
  KANA: ['familyKana', 'givenKana'],
  GENDER: ['gender'],
  ADDRESS: ['postalCode', 'prefecture', 'city', 'addressLine'],
  PHONE: ['phone'],
  MAIL: [], // in a form of its own, which has it confirmed
};
/** What the phone fills in by itself. */
const known: Partial<Record<Field, string>> = {
  familyName: 'family-name',
  givenName: 'given-name',
  postalCode: 'postal-code',
  prefecture: 'address-level1',
  city: 'address-level2',
  addressLine: 'street-address',
  phone: 'tel',
};
const genders = ['UNKNOWN', 'FEMALE', 'MALE', 'OTHER'];

/** What the merchant knows of him, and what of it he may change. */
export function Profile({ saved }: { saved: () => void }) {
  const { data, failure, again } = useAsked(MemberProfileAskDocument, {});
  const profile = data?.me?.profile;
  const done = () => {
    again();
    saved();
  };
  return (
    <section className="panel">
      <h2>{t('settings.profile')}</h2>
      {failure && !profile && <Failed failure={failure} again={again} />}
      {!failure && !profile && <Waiting />}
      {profile && (
        <>
          <dl>
            {profile.memberSince && (
              <>
                <dt>{t('settings.memberSince')}</dt>
                <dd>{dateOf(profile.memberSince)}</dd>
              </>
            )}
            {profile.birthDate && (
              <>
                <dt>{t('settings.birthday')}</dt>
                <dd>{day(profile.birthDate)}</dd>
              </>
            )}
          </dl>
          {profile.canSetBirthDate && <Birthday key={profile.birthDate} profile={profile} done={done} />}
          {!profile.canSetBirthDate && profile.birthDateFrom && <p className="quiet">{t('settings.birthdayFrom', { on: day(profile.birthDateFrom) })}</p>}
          {profile.canChange.some((part) => fieldsOf[part].length > 0) && <Fields profile={profile} done={done} />}
          {profile.canChange.includes('MAIL') && <Mail address={profile.mail} />}
        </>
      )}
    </section>
  );
}

interface What {
  words: string;
  wrong: boolean;
}

/** What came of it, as words. */
function Told({ told }: { told?: What }) {
  return (
    told && (
      <p role={told.wrong ? 'alert' : 'status'} className={told.wrong ? 'wrong' : 'quiet'}>
        {told.words}
      </p>
    )
  );
}

/** Sends what was changed, and what came of it as words. */
function useSave(done: () => void) {
  const [told, setTold] = useState<What>();
  const save = async (input: UpdateMyProfileInput) => {
    try {
      const { userErrors } = (await ask(MemberProfileSaveDocument, { input })).updateMyProfile;
      setTold(userErrors.length > 0 ? { words: errorWords(userErrors[0]?.code), wrong: true } : { words: t('settings.saved'), wrong: false });
      if (userErrors.length === 0) done();
    } catch (cause) {
      setTold({ words: t(`failure.${failureOf(cause)}`), wrong: true });
    }
  };
  return { save, words: <Told told={told} /> };
}

interface Part {
  profile: MemberProfileFragment;
  done: () => void;
}

function Birthday({ profile, done }: Part) {
  const { save, words } = useSave(done);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void save({ birthDate: String(new FormData(event.currentTarget).get('birthDate')) });
  };
  return (
    <form className="birthday" onSubmit={submit}>
      <label>
        {t('settings.birthday')}
        <input type="date" name="birthDate" required defaultValue={profile.birthDate ?? ''} aria-describedby="birthday-hint" />
      </label>
      <button type="submit" className="plain">
        {t('settings.save')}
      </button>
      <small id="birthday-hint">{t('settings.birthdayNotAgain')}</small>
      {words}
    </form>
  );
}

/** Another mail address, which becomes his when he opens the link of the mail to it. */
function Mail({ address }: { address: string }) {
  const [told, setTold] = useState<What>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const mail = String(new FormData(event.currentTarget).get('mail'));
    try {
      const { userErrors } = (await ask(MemberMailChangeDocument, { mail, locale })).changeMyMail;
      setTold(userErrors.length > 0 ? { words: errorWords(userErrors[0]?.code), wrong: true } : { words: t('settings.mailSent', { mail }), wrong: false });
    } catch (cause) {
      setTold({ words: t(`failure.${failureOf(cause)}`), wrong: true });
    }
  };
  return (
    <form className="fields" onSubmit={(event) => void submit(event)}>
      <label htmlFor="profile-mail">
        {t('settings.field.mail')}
        <input id="profile-mail" name="mail" type="email" required defaultValue={address} maxLength={254} autoComplete="email" aria-describedby="mail-hint" />
      </label>
      <small id="mail-hint" className="quiet">{t('settings.mailHint')}</small>
      <button type="submit" className="plain">
        {t('settings.mailAsk')}
      </button>
      <Told told={told} />
    </form>
  );
}

function Fields({ profile, done }: Part) {
  const { save, words } = useSave(done);
  const fields = profile.canChange.flatMap((part) => fieldsOf[part]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const changed = fields.filter((field) => typed.get(field) !== profile[field]);
    void save(Object.fromEntries(changed.map((field) => [field, typed.get(field)])));
  };
  return (
    <form className="fields" onSubmit={submit}>
      {fields.map((field) => (
        <label key={field} htmlFor={`profile-${field}`}>
          {t(`settings.field.${field}`)}
          {field === 'gender' ? (
            <select id={`profile-${field}`} name={field} defaultValue={profile.gender}>
              {genders.map((gender) => (
                <option key={gender} value={gender}>
                  {t(`settings.gender.${gender}`)}
                </option>
              ))}
            </select>
          ) : (
            <input id={`profile-${field}`} name={field} defaultValue={profile[field]} maxLength={field.endsWith('Name') || field.endsWith('Kana') ? 100 : 150} autoComplete={known[field] ?? 'off'} inputMode={field === 'phone' ? 'tel' : 'text'} />
          )}
        </label>
      ))}
      <button type="submit" className="plain">
        {t('settings.saveProfile')}
      </button>
      {words}
    </form>
  );
}
