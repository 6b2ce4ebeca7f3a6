import { CampaignProductsDocument } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { Autocomplete, Code, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ChipField } from '../ChipField';
import classes from './Blocks.module.css';
import type { Block } from './mail';

interface FieldsProps<Kind extends Block = Block> {
  id: string;
  block: Kind;
  onChange: (block: Block) => void;
}
type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

/** What can be filled in of a block. */
export function BlockFields(props: FieldsProps) {
  const { t } = useTranslation('campaigns');
  const { block } = props;
  switch (block.kind) {
    case 'heading':
    case 'text':
      return <Words {...props} block={block} />;
    case 'image':
      return <Image {...props} block={block} />;
    case 'button':
      return <Link {...props} block={block} />;
    case 'product':
      return <Product {...props} block={block} />;
    case 'preset':
      return <Text size="sm">{t(`blocks.preset.${block.preset}`)}</Text>;
    case 'divider':
      return <hr className={classes.rule} />;
    default:
      return (
        <details className={classes.raw}>
          <summary>{t('blocks.raw')}</summary>
          <Code block>{block.source}</Code>
        </details>
      );
  }
}

function Words(props: FieldsProps<Of<'heading' | 'text'>>) {
  const { t } = useTranslation('campaigns');
  const { block } = props;
  return (
    <ChipField
      id={props.id}
      bare
      label={t(`blocks.kind.${block.kind}`)}
      placeholder={t(`blocks.placeholder.${block.kind}`)}
      lines
      strong={block.kind === 'heading'}
      insert={t('content.variables')}
      value={block.text}
      onChange={(text) => props.onChange({ ...block, text })}
    />
  );
}

function Image(props: FieldsProps<Of<'image'>>) {
  const { t } = useTranslation('campaigns');
  const { block, onChange } = props;
  return (
    <>
      <TextInput
        id={props.id}
        label={t('blocks.field.image')}
        description={t('blocks.imageHelp')}
        placeholder="https://"
        value={block.src}
        onChange={(event) => onChange({ ...block, src: event.currentTarget.value })}
      />
      <TextInput
        label={t('blocks.field.alt')}
        description={t('blocks.altHelp')}
        value={block.alt}
        onChange={(event) => onChange({ ...block, alt: event.currentTarget.value })}
      />
      <Target id={props.id} value={block.href} put={(href) => onChange({ ...block, href })} />
    </>
  );
}

function Link(props: FieldsProps<Of<'button'>>) {
  const { t } = useTranslation('campaigns');
  const { block, onChange } = props;
  return (
    <div className={classes.pair}>
      <ChipField
        id={props.id}
        label={t('blocks.field.label')}
        placeholder={t('blocks.placeholder.button')}
        insert={t('content.variables')}
        small
        value={block.label}
        onChange={(label) => onChange({ ...block, label })}
      />
      <Target id={props.id} value={block.href} put={(href) => onChange({ ...block, href })} />
    </div>
  );
}

/** Where a link leads. */
function Target(props: { id: string; value: string; put: (href: string) => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <ChipField
      id={`${props.id}-href`}
      label={t('blocks.field.href')}
      placeholder="https://"
      insert={t('content.variables')}
      small
      value={props.value}
      onChange={props.put}
    />
  );
}

const typingMs = 250;

function Product(props: FieldsProps<Of<'product'>>) {
  const { t } = useTranslation('campaigns');
  const { block, onChange } = props;
  const mayRead = useScope('segments:read');
  const [search] = useDebouncedValue(block.name, typingMs);
  const [{ data }] = useQuery({ query: CampaignProductsDocument, variables: { search }, pause: !mayRead });
  const set = (part: Partial<Of<'product'>>) => onChange({ ...block, ...part });
  const names = [...new Set((data?.products ?? []).map((product) => product.name).filter(Boolean))];
  return (
    <>
      <div className={classes.pair}>
        <Autocomplete id={props.id} label={t('blocks.field.product')} data={names} value={block.name} onChange={(name) => set({ name })} />
        <TextInput
          label={t('blocks.field.price')}
          placeholder={t('blocks.placeholder.price')}
          value={block.price}
          onChange={(event) => set({ price: event.currentTarget.value })}
        />
      </div>
      <TextInput
        label={t('blocks.field.image')}
        description={t('blocks.imageHelp')}
        placeholder="https://"
        value={block.image}
        onChange={(event) => set({ image: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <TextInput label={t('blocks.field.label')} value={block.label} onChange={(event) => set({ label: event.currentTarget.value })} />
        <Target id={props.id} value={block.href} put={(href) => set({ href })} />
      </div>
    </>
  );
}
