/** Parts of a mail that Meguri fills in by itself, and that have nothing to type. */
export type Preset = 'code' | 'until' | 'terms' | 'points' | 'expiring' | 'stage';

const small = 'align="center" font-size="13px"';

/** A part that is seen by those only whom a condition holds for. */
const given = (condition: string, ...parts: string[]): string =>
  [`<mj-raw>{% if ${condition} %}</mj-raw>`, ...parts, '<mj-raw>{% endif %}</mj-raw>'].join('\n        ');

const expiry = '{% if points.expiring_on %}（{{ points.expiring_on }}に {{ points.expiring }} pt が失効します）{% endif %}';

/** Their MJML. The same stands in the templates that come with the program, where it is recognised. */
export const presets: Record<Preset, string> = {
  code: given(
    'offer.code',
    `<mj-text ${small} padding-bottom="0">クーポンコード</mj-text>`,
    '<mj-text align="center" padding="8px 0" font-size="20px" font-weight="700" letter-spacing="1px" color="{{ brand.accent }}"><span style="white-space:nowrap;">{{ offer.code }}</span></mj-text>',
  ),
  until: '<mj-text align="center">{% if offer.ends_on %}{{ offer.ends_on }}まで{% endif %}</mj-text>',
  terms: '<mj-text font-size="12px" color="#5b6472">{{ offer.terms | newline_to_br }}</mj-text>',
  points: given('points.available > 0', `<mj-text ${small}>{{ points.program }} <b>{{ points.available }}</b> pt${expiry}</mj-text>`),
  expiring: given(
    'points.expiring_on',
    '<mj-text>{{ points.expiring_on }}に {{ points.program }} <b>{{ points.expiring }} pt</b> が失効します。</mj-text>',
    '<mj-raw>{% else %}</mj-raw>',
    '<mj-text>いま {{ points.program }} <b>{{ points.available }} pt</b> をお使いいただけます。</mj-text>',
  ),
  stage: given(
    'stage.next.name and stage.missing > 0',
    `<mj-text ${small}>{% if stage.by %}{{ stage.by }}までに{% endif %}あと {{ stage.missing }} 円のお買い物で、会員ステージが「{{ stage.next.name }}」になります</mj-text>`,
  ),
};

/** As mails hold them that were saved when they were worded otherwise; changing such a mail words them anew. */
const former: readonly (readonly [Preset, string])[] = [
  ['points', given('points.available > 0', `<mj-text ${small}>現在のポイント <b>{{ points.available }}</b> pt${expiry}</mj-text>`)],
  [
    'expiring',
    given(
      'points.expiring_on',
      '<mj-text>{{ points.expiring_on }}に <b>{{ points.expiring }} ポイント</b> が失効します。</mj-text>',
      '<mj-raw>{% else %}</mj-raw>',
      '<mj-text>いま <b>{{ points.available }} ポイント</b> をお使いいただけます。</mj-text>',
    ),
  ],
  ['stage', given('stage.next.name', `<mj-text ${small}>あと {{ stage.missing }} 円で {{ stage.next.name }}</mj-text>`)],
];

// Colours are the brand's, whatever they were when it was written.
const squeezed = (source: string): string => source.replace(/>\s+</g, '><').replace(/ color="[^"]*"/g, '').trim();
const bySource = new Map([...former, ...(Object.entries(presets) as [Preset, string][])].map(([name, source]) => [squeezed(source), name]));

/** The preset that a source is; undefined for any other. */
export const presetOf = (source: string): Preset | undefined => bySource.get(squeezed(source));
