import type { SignUpContentFieldsFragment, SignUpContentInput, SignUpField } from '#gql/signups/graphql';

/** The fields that a form can ask, in their usual order. */
export const fields = ['NAME', 'KANA', 'BIRTH_DATE', 'GENDER', 'PHONE', 'POSTCODE', 'ADDRESS'] as const satisfies readonly SignUpField[];

/** The channels that a form can ask consent for. */
export const channels = ['MAIL', 'SMS', 'POSTAL'] as const;
export type AskChannel = (typeof channels)[number];

/** What the field of a form is: left out, asked, or asked of everybody. */
export type Asked = 'no' | 'asked' | 'required';

/** One consent as it is typed. */
interface TypedAsk {
  on: boolean;
  required: boolean;
  ja: string;
  en: string;
}

/** A custom property of the merchant's. */
export interface Kept {
  key: string;
  name: string;
}

/** The question of a custom property as it is typed; empty labels stand for its name. */
export interface TypedProperty extends Kept {
  asked: Asked;
  ja: string;
  en: string;
}

/** A form as it is typed. */
export interface Typed {
  title: { ja: string; en: string };
  intro: { ja: string; en: string };
  thanks: { ja: string; en: string };
  fields: Record<SignUpField, Asked>;
  properties: TypedProperty[];
  asks: Record<AskChannel, TypedAsk>;
  joins: boolean;
  joinPoints: number | string;
  privacyUrl: string;
}

/** A form as it stands, or the usual one to begin with. */
export function typed(
  content: SignUpContentFieldsFragment | undefined,
  usual: Record<AskChannel, string>,
  title: string,
  kept: readonly Kept[] = [],
): Typed {
  const text = (of?: { ja: string; en: string }) => ({ ja: of?.ja ?? '', en: of?.en ?? '' });
  const asked = (field: SignUpField): Asked => {
    const question = content?.questions.find((one) => one.field === field);
    if (!content && field === 'NAME') return 'asked';
    return question ? (question.required ? 'required' : 'asked') : 'no';
  };
  const ask = (channel: AskChannel): TypedAsk => {
    const found = content?.asks.find((one) => one.channel === channel);
    return {
      on: content ? Boolean(found) : channel === 'MAIL',
      required: found?.required ?? false,
      ja: found?.wording.ja ?? usual[channel],
      en: found?.wording.en ?? '',
    };
  };
  return {
    title: content ? text(content.title) : { ja: title, en: '' },
    intro: text(content?.intro),
    thanks: text(content?.thanks),
    fields: Object.fromEntries(fields.map((field) => [field, asked(field)])) as Typed['fields'],
    properties: keptOf(content, kept),
    asks: { MAIL: ask('MAIL'), SMS: ask('SMS'), POSTAL: ask('POSTAL') },
    joins: content?.joins ?? false,
    joinPoints: content?.joinPoints ?? 0,
    privacyUrl: content?.privacyUrl ?? '',
  };
}

/** The properties in use: those the form asks in its order, then the others. One that went out of use since is dropped. */
function keptOf(content: SignUpContentFieldsFragment | undefined, kept: readonly Kept[]): TypedProperty[] {
  const asked = (content?.properties ?? []).flatMap((question): TypedProperty[] => {
    const found = kept.find((one) => one.key === question.key);
    return found ? [{ key: found.key, name: found.name, asked: question.required ? 'required' : 'asked', ja: question.label.ja, en: question.label.en }] : [];
  });
  const others = kept.filter((one) => !asked.some((question) => question.key === one.key));
  return [...asked, ...others.map(({ key, name }): TypedProperty => ({ key, name, asked: 'no', ja: '', en: '' }))];
}

/** What is sent of it. */
export function contentInput(form: Typed): SignUpContentInput {
  return {
    title: form.title,
    intro: form.intro,
    thanks: form.thanks,
    questions: fields
      .filter((field) => form.fields[field] !== 'no')
      .map((field) => ({ field, required: form.fields[field] === 'required' })),
    properties: form.properties
      .filter((one) => one.asked !== 'no')
      .map((one) => ({ key: one.key, required: one.asked === 'required', label: { ja: one.ja, en: one.en } })),
    asks: channels
      .filter((channel) => form.asks[channel].on)
      .map((channel) => ({
        channel,
        required: form.asks[channel].required,
        wording: { ja: form.asks[channel].ja, en: form.asks[channel].en },
      })),
    joins: form.joins,
    joinPoints: form.joins ? Number(form.joinPoints) || 0 : 0,
    privacyUrl: form.privacyUrl,
  };
}

/** Where in the typed form an error of the sent one belongs: the asks are counted over those that are on. */
export function placeOf(field: string, form: Typed): string {
  if (/^(content\.)?properties/.test(field)) return 'properties';
  const ask = field.match(/^asks\.(\d+)/);
  if (!ask) return field.replace(/^content\./, '');
  return `ask-${channels.filter((channel) => form.asks[channel].on)[Number(ask[1])]}`;
}
