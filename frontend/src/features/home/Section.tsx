import { TextLink } from '#ui/links';
import { Group, Text, Title } from '@mantine/core';
import type { LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './home.module.css';

/** A part of the home page with the way to all there is of it; `empty` stands in its place when there is nothing. */
export function Section(props: {
  title: string;
  all?: LinkProps;
  empty?: string;
  /** The next step where there is nothing. */
  begin?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation('home');
  return (
    <section aria-label={props.title}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{props.title}</Title>
        {props.all && (
          <TextLink {...props.all} className={classes.all} size="sm" aria-label={t('allOf', { what: props.title })}>
            {t('all')}
          </TextLink>
        )}
      </Group>
      {props.empty ? (
        <>
          <Text size="sm" c="dimmed">
            {props.empty}
          </Text>
          {props.begin && <div className={classes.begin}>{props.begin}</div>}
        </>
      ) : (
        props.children
      )}
    </section>
  );
}
