import { ActionIcon, Group, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddBlock } from './AddBlock';
import { BlockFields } from './BlockFields';
import classes from './Blocks.module.css';
import { type Addable, fresh } from './fresh';
import { type Block, type Mail, read, sectionOf, write } from './mail';
import { Preheader } from './Preheader';
import { preheaderOf, withPreheader } from './preheader';

/**
 * A mail as blocks one below the other. It reads the MJML it is given and writes
 * MJML; what it has written itself is not read again, so that nothing moves
 * under the cursor.
 */
export function BlockEditor(props: { mjml: string; onChange: (mjml: string) => void }) {
  const { t } = useTranslation('campaigns');
  const [{ mail, written }, set] = useState(() => ({ mail: read(props.mjml), written: props.mjml }));
  if (written !== props.mjml) set({ mail: read(props.mjml), written: props.mjml });
  if (!mail) return null;

  const change = (next: Mail) => {
    const source = write(next);
    set({ mail: next, written: source });
    props.onChange(source);
  };
  const inSection = (at: number, blocks: Block[]) =>
    change({
      ...mail,
      sections: mail.sections.map((section, index) => (index === at ? { ...section, blocks } : section)).filter((section) => section.blocks.length > 0),
    });
  return (
    <div className={classes.mail} role="group" aria-label={t('blocks.title')}>
      <Preheader text={preheaderOf(mail)} onChange={(text) => change(withPreheader(mail, text))} />
      {mail.sections.map((section, at) => {
        const { blocks } = section;
        const insert = (after: number, kind: Addable) => inSection(at, blocks.toSpliced(after + 1, 0, fresh(kind)));
        return (
          // Sections and blocks have no names of their own, and no field holds a state of its own: their places will do.
          <div key={at} className={classes.section} data-plain={section.open ? undefined : true}>
            {blocks.map((block, index) => (
              <OneBlock
                key={index}
                place={`${at}-${index}`}
                block={block}
                onChange={(changed) => inSection(at, blocks.with(index, changed))}
                onRemove={() => inSection(at, blocks.toSpliced(index, 1))}
                onUp={index > 0 ? () => inSection(at, swapped(blocks, index - 1)) : undefined}
                onDown={index < blocks.length - 1 ? () => inSection(at, swapped(blocks, index)) : undefined}
                add={section.open ? <AddBlock onAdd={(kind) => insert(index, kind)} compact /> : null}
              />
            ))}
            {section.open && <AddBlock onAdd={(kind) => insert(blocks.length - 1, kind)} />}
          </div>
        );
      })}
      {mail.sections.every((section) => !section.open) && (
        <AddBlock onAdd={(kind) => change({ ...mail, sections: [...mail.sections, sectionOf(fresh(kind))] })} />
      )}
    </div>
  );
}

/** The blocks with one of them and the one below it in each other's place. */
const swapped = (blocks: readonly Block[], at: number): Block[] => {
  const [upper, lower] = blocks.slice(at, at + 2);
  return upper && lower ? blocks.toSpliced(at, 2, lower, upper) : [...blocks];
};

function OneBlock(props: {
  /** Section and place in it. */
  place: string;
  block: Block;
  onChange: (block: Block) => void;
  onRemove: () => void;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  add: React.ReactNode;
}) {
  const { t } = useTranslation('campaigns');
  const { block } = props;
  const name = t(`blocks.kind.${block.kind === 'preset' ? block.preset : block.kind}`);
  return (
    <div className={classes.block} role="group" aria-label={name} data-block={props.place} tabIndex={-1}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed" fw={500}>
          {name}
        </Text>
        <Group gap={0} wrap="nowrap" className={classes.tools}>
          {props.add}
          <ActionIcon aria-label={t('blocks.up', { name })} disabled={!props.onUp} onClick={props.onUp}>
            <IconArrowUp size="1rem" aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={t('blocks.down', { name })} disabled={!props.onDown} onClick={props.onDown}>
            <IconArrowDown size="1rem" aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={t('blocks.remove', { name })} onClick={props.onRemove}>
            <IconTrash size="1rem" aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <BlockFields id={`variant-block-${props.place}`} block={block} onChange={props.onChange} />
    </div>
  );
}
