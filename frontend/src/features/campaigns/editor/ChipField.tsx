import { CampaignContentHelpDocument } from '#gql/campaigns/graphql';
import { Input } from '@mantine/core';
import { useCallback, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './ChipField.module.css';
import { cursorIn, moveCursor, putIn, show, textOf, withRoom } from './chips';
import { tokensOf } from './tokens';
import { VariableMenu } from './VariableMenu';

/**
 * A text of the template language: variables are chips among the words, put in
 * at the cursor from a menu and taken out like a letter. What is stored is plain
 * Liquid, with whatever filters somebody wrote into it.
 */
export function ChipField(props: {
  id: string;
  label: string;
  /** The label is read out only: what is around the field says the same. */
  bare?: boolean;
  /** One field of many: its menu is small. */
  small?: boolean;
  description?: string;
  placeholder?: string;
  /** It may have more than one line. */
  lines?: boolean;
  strong?: boolean;
  /** The words of the menu. */
  insert: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { id, value, onChange, lines = false, bare = false, small = bare } = props;
  const chip = useChip();
  const field = useRef<HTMLDivElement>(null);
  /** Where the cursor stood when the field lost the focus. */
  const left = useRef<Range>(undefined);
  const shownWith = useRef(chip);

  useLayoutEffect(() => {
    // What was typed here stands here already; writing it again would move the cursor.
    if (!field.current || (textOf(field.current, lines) === value && shownWith.current === chip)) return;
    shownWith.current = chip;
    show(field.current, value, chip, lines);
    left.current = undefined;
  }, [value, chip, lines]);

  const settle = () => {
    const box = field.current;
    if (!box) return;
    left.current = cursorIn(box);
    // Liquid that was typed by hand becomes a chip, too.
    const chips = tokensOf(value).filter((token) => token.variable).length;
    if (chips !== box.querySelectorAll('[data-source]').length) show(box, value, chip, lines);
  };
  const changed = () => field.current && onChange(textOf(field.current, lines));
  const put = (source: string) => {
    const box = field.current;
    if (!box) return;
    box.focus();
    if (left.current) moveCursor(left.current);
    const [token] = tokensOf(source);
    if (token) putIn(box, ...withRoom(chip(token.text, source)));
    changed();
  };

  return (
    <div>
      <Input.Label labelElement="div" id={`${id}-label`} onClick={() => field.current?.focus()} data-bare={bare || undefined} className={classes.label}>
        {props.label}
      </Input.Label>
      {props.description && <Input.Description id={`${id}-description`}>{props.description}</Input.Description>}
      <Input
        component="div"
        multiline
        mt={bare ? undefined : '0.25rem'}
        ref={field}
        withAria={false} // which would take the wrapper's id: findings lead to this one
        attributes={{ input: { id } }}
        role="textbox"
        contentEditable={lines ? 'plaintext-only' : true}
        suppressContentEditableWarning
        tabIndex={0}
        aria-labelledby={`${id}-label`}
        aria-describedby={props.description && `${id}-description`}
        aria-multiline={lines}
        data-placeholder={value === '' ? props.placeholder : undefined}
        data-strong={props.strong || undefined}
        classNames={{ input: classes.field }}
        onInput={changed}
        onBlur={settle}
        onKeyDown={(event: React.KeyboardEvent) => {
          if (!lines && event.key === 'Enter' && !event.nativeEvent.isComposing) event.preventDefault();
        }}
        onPaste={(event: React.ClipboardEvent) => {
          if (lines || !field.current) return; // a browser pastes plain words with their lines by itself
          event.preventDefault();
          putIn(field.current, document.createTextNode(event.clipboardData.getData('text/plain').replace(/[\r\n]+/g, ' ')));
          changed();
        }}
        onDrop={(event: React.DragEvent) => event.preventDefault()}
      />
      <div className={classes.insert} data-small={small || undefined}>
        <VariableMenu label={props.insert} name={small ? `${props.label}: ${props.insert}` : undefined} small={small} onChoose={put} />
      </div>
    </div>
  );
}

/** Makes the chip of a variable, which bears its name in the language of the screen. */
function useChip() {
  const { i18n } = useTranslation();
  const [{ data }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  const labels = data?.templateVariables;
  return useCallback(
    (name: string, source: string) => chipOf(labels?.find((variable) => variable.name === name)?.label ?? name, source),
    [labels],
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
