import { ActionIcon } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { type ToggleEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Definition.module.css';

const width = 280;
const edge = 8;
/** Nearer to the lower edge than this, it opens upwards. */
const room = 180;

/** The small "i" beside a figure's name: opens on click, so that touch and keyboard reach it too. */
export function Definition(props: { label: string; children: string }) {
  const { t } = useTranslation('ui');
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  useClosedByScrolling(id, opened);

  const place = (event: ToggleEvent<HTMLDivElement>) => {
    const at = button.current?.getBoundingClientRect();
    if (!at || event.newState !== 'open') return;
    const { style } = event.currentTarget;
    style.left = `${Math.max(edge, Math.min(at.left - width / 2, window.innerWidth - width - edge))}px`;
    const up = at.bottom > window.innerHeight - room;
    style.top = up ? 'auto' : `${at.bottom + edge}px`;
    style.bottom = up ? `${window.innerHeight - at.top + edge}px` : 'auto';
  };
  return (
    <>
      <ActionIcon
        ref={button}
        size="sm"
        className={classes.button}
        popoverTarget={id}
        aria-expanded={opened}
        aria-label={t('figure.definition', { label: props.label })}
      >
        <IconInfoCircle className={classes.icon} aria-hidden />
      </ActionIcon>
      <div
        id={id}
        popover="auto"
        role="note"
        className={classes.words}
        style={{ width }}
        onBeforeToggle={place}
        onToggle={(event) => setOpened(event.newState === 'open')}
      >
        {props.children}
      </div>
    </>
  );
}

/** It stands beside its mark, which scrolls away from under it. */
function useClosedByScrolling(id: string, opened: boolean) {
  useEffect(() => {
    if (!opened) return;
    const close = () => document.getElementById(id)?.hidePopover();
    window.addEventListener('scroll', close, { capture: true, once: true });
    return () => window.removeEventListener('scroll', close, { capture: true });
  }, [id, opened]);
}
