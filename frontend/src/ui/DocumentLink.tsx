import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A document of the server (`docs`), in the language of the screen and beside the page, which stays open. */
export function DocumentLink(props: {
  name: 'api' | 'orders' | 'members' | 'formats' | 'member-page';
  /** Anchor of a heading, as its English words make it. */
  section?: string;
  children: ReactNode;
}) {
  const { i18n } = useTranslation();
  const section = props.section ? `#${props.section}` : '';
  return (
    <Anchor href={`/docs/${props.name}?lang=${i18n.language}${section}`} target="_blank" rel="noreferrer" size="sm">
      {props.children}
    </Anchor>
  );
}
