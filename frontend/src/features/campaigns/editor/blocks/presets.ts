/** Parts of a mail that Meguri fills in by itself, and that have nothing to type. */
export type Preset = 'code' | 'until' | 'terms' | 'points' | 'stage';

const small = 'align="center" font-size="13px"';

/** Their MJML. The same stands in the templates that come with the program, where it is recognised. */
export const presets: Record<Preset, string> = {
  code: `<mj-raw>{% if offer.code %}</mj-raw>
        <mj-text ${small} padding-bottom="0">クーポンコード</mj-text>
        <mj-text align="center" padding="8px 0" font-size="20px" font-weight="700" letter-spacing="1px" color="{{ brand.accent }}"><span style="white-space:nowrap;">{{ offer.code }}</span></mj-text>
        <mj-raw>{% endif %}</mj-raw>`,
  until: '<mj-text align="center">{% if offer.ends_on %}{{ offer.ends_on }}まで{% endif %}</mj-text>',
  terms: '<mj-text font-size="12px" color="#5b6472">{{ offer.terms | newline_to_br }}</mj-text>',
  points: `<mj-raw>{% if points.available > 0 %}</mj-raw>
        <mj-text ${small}>現在のポイント <b>{{ points.available }}</b> pt{% if points.expiring_on %}（{{ points.expiring_on }}に {{ points.expiring }} pt が失効します）{% endif %}</mj-text>
        <mj-raw>{% endif %}</mj-raw>`,
  stage: `<mj-raw>{% if stage.next.name %}</mj-raw>
        <mj-text ${small}>あと {{ stage.missing }} 円で {{ stage.next.name }}</mj-text>
        <mj-raw>{% endif %}</mj-raw>`,
};

// Colours are the brand's, whatever they were when it was written.
const squeezed = (source: string): string => source.replace(/>\s+</g, '><').replace(/ color="[^"]*"/g, '').trim();
const bySource = new Map(Object.entries(presets).map(([name, source]) => [squeezed(source), name as Preset]));

/** The preset that a source is; undefined for any other. */
export const presetOf = (source: string): Preset | undefined => bySource.get(squeezed(source));
