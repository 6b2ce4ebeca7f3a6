import type { PolicyChannel, PolicyRuleInput, RuleFieldsFragment } from '#gql/policy/graphql';

/** The lists among the parameters, in the order they are shown. */
export const paramNames = ['hosts', 'classes', 'phrases', 'except', 'with', 'advertising', 'contacts', 'domains'] as const;

/** The ways to speak to a customer, in the order they are shown. */
export const channels: readonly PolicyChannel[] = [
  'MAIL',
  'R_MAIL',
  'STORE_NEWSLETTER',
  'LINE',
  'SMS',
  'PUSH',
  'POSTAL',
  'INSERT',
  'ORDER_MESSAGE',
  'REVIEW_REQUEST',
  'EXPORT',
];

/** What the form begins with. */
export type RuleSource = Pick<
  RuleFieldsFragment,
  | 'id'
  | 'version'
  | 'origins'
  | 'channels'
  | 'condition'
  | 'params'
  | 'severity'
  | 'override'
  | 'messageJa'
  | 'messageEn'
  | 'remedyJa'
  | 'remedyEn'
  | 'sources'
  | 'certainty'
  | 'enabled'
  | 'canWeaken'
>;

/** A rule of the merchant's own, before anything is typed. */
export const newRule = (): RuleSource => ({
  id: '',
  version: 0,
  origins: [],
  channels: [],
  condition: { name: 'phrases', label: '', params: ['phrases', 'except'], content: true, judged: true },
  params: { hosts: [], classes: [], phrases: [], except: [], advertising: [], with: [], contacts: [], domains: [], years: 0 },
  severity: 'WARN',
  override: 'REASON',
  messageJa: '',
  messageEn: '',
  remedyJa: '',
  remedyEn: '',
  sources: [],
  certainty: 'M',
  enabled: true,
  canWeaken: true,
});

/** The form of the next version, as the server wants it; it takes effect on a day of the merchant's. */
export const inputOf = (rule: RuleSource, today: string): PolicyRuleInput => ({
  id: rule.id,
  origins: rule.origins,
  channels: rule.channels,
  condition: rule.condition.name,
  params: {
    hosts: rule.params.hosts,
    classes: rule.params.classes,
    phrases: rule.params.phrases,
    except: rule.params.except,
    advertising: rule.params.advertising,
    with: rule.params.with,
    contacts: rule.params.contacts,
    domains: rule.params.domains,
    years: rule.params.years,
  },
  severity: rule.severity,
  override: rule.override,
  messageJa: rule.messageJa,
  messageEn: rule.messageEn,
  remedyJa: rule.remedyJa,
  remedyEn: rule.remedyEn,
  sources: rule.sources,
  certainty: rule.certainty,
  effectiveFrom: today,
  enabled: rule.enabled,
  note: '',
});

/** One entry per line; blank lines and doubles are nothing. */
export const entriesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];
