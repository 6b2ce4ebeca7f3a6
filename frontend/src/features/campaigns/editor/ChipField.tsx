import { CampaignContentHelpDocument } from '#gql/campaigns/graphql';
import { Button, Group, Input, Menu } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useCallback, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { Cursor } from './cursor';
import classes from './ChipField.module.css';
import { cursorIn, moveCursor, putIn, show, textOf, withRoom } from './chips';
import { tokensOf } from './tokens';

/**
 * One line of the template language: variables are chips among the words, put in
 * at the cursor from a menu and taken out like a letter. What is stored is plain
 * Liquid, with whatever filters somebody wrote into it.
 */
export function ChipField(props: {
  id: string;
  label: string;
  description: string;
  /** The words of the menu. */
  insert: string;
  value: string;
  onChange: (value: string) => void;
  onFocus: (cursor: Cursor) => void;
}) {
  const { i18n } = useTranslation('campaigns');
  const { id, value, onChange } = props;
  const [{ data }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  const field = useRef<HTMLDivElement>(null);
  /** Where the cursor stood when the field lost the focus. */
  const left = useRef<Range>(undefined);
  const labels = data?.templateVariables;
  const chip = useCallback(
    (name: string, source: string) => chipOf(labels?.find((variable) => variable.name === name)?.label ?? name, source),
    [labels],
  );
  const shownWith = useRef(chip);

  useLayoutEffect(() => {
    // What was typed here stands here already; writing it again would move the cursor.
    if (!field.current || (textOf(field.current) === value && shownWith.current === chip)) return;
    shownWith.current = chip;
    show(field.current, value, chip);
    left.current = undefined;
  }, [value, chip]);

  const settle = () => {
    const box = field.current;
    if (!box) return;
    left.current = cursorIn(box);
    // Liquid that was typed by hand becomes a chip, too.
    const chips = tokensOf(value).filter((token) => token.variable).length;
    if (chips !== box.querySelectorAll('[data-source]').length) show(box, value, chip);
  };
  const changed = () => field.current && onChange(textOf(field.current));
  const put = useCallback(
    (source: string) => {
      const box = field.current;
      if (!box) return;
      box.focus();
      if (left.current) moveCursor(left.current);
      const [token] = tokensOf(source);
      if (token?.variable) putIn(box, ...withRoom(chip(token.text, source)));
      else putIn(box, document.createTextNode(source.replace(/[\r\n]+/g, ' ')));
      onChange(textOf(box));
    },
    [chip, onChange],
  );

  return (
    <div>
      <Input.Label labelElement="div" id={`${id}-label`} onClick={() => field.current?.focus()}>
        {props.label}
      </Input.Label>
      <Input.Description id={`${id}-description`}>{props.description}</Input.Description>
      <Input
        component="div"
        multiline
        mt="0.25rem"
        ref={field}
        withAria={false} // which would take the wrapper's id: findings lead to this one
        attributes={{ input: { id } }}
        role="textbox"
        contentEditable
        suppressContentEditableWarning
        tabIndex={0}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-description`}
        classNames={{ input: classes.field }}
        onInput={changed}
        onFocus={() => props.onFocus({ alive: () => field.current?.isConnected ?? false, insert: put })}
        onBlur={settle}
        onKeyDown={(event: React.KeyboardEvent) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.preventDefault();
        }}
        onPaste={(event: React.ClipboardEvent) => {
          event.preventDefault();
          if (!field.current) return;
          putIn(field.current, document.createTextNode(event.clipboardData.getData('text/plain').replace(/[\r\n]+/g, ' ')));
          changed();
        }}
        onDrop={(event: React.DragEvent) => event.preventDefault()}
      />
      <Group mt="xs">
        <VariableMenu label={props.insert} onChoose={(name) => put(`{{ ${name} }}`)} />
      </Group>
    </div>
  );
}

function chipOf(label: string, source: string): HTMLElement {
  const chip = document.createElement('span');
  chip.contentEditable = 'false';
  chip.className = classes.chip ?? '';
  chip.dataset.source = source;
  chip.title = source;
  chip.textContent = label;
  return chip;
}

/** The variables content can use, each with an example of what will stand there. */
export function VariableMenu(props: { label: string; onChoose: (name: string) => void }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconBraces size="1rem" aria-hidden />}>
          {props.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {(data?.templateVariables ?? []).map((variable) => (
          <Menu.Item key={variable.name} onClick={() => props.onChoose(variable.name)}>
            {t('content.variable', { label: variable.label, example: variable.example })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
