import type { SignUpContentInput } from '#gql/signups/graphql';
import { freshToken } from '#lib/session';
import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './signups.module.css';

/** The form as shoppers see it on a phone, by the server that shows it to them. */
export function Preview(props: { content: SignUpContentInput }) {
  const { t } = useTranslation('signups');
  const [locale, setLocale] = useState<'ja' | 'en'>('ja');
  const [page, setPage] = useState<string>();
  const [failed, setFailed] = useState(false);
  const order = JSON.stringify({ content: props.content, locale });
  useEffect(() => {
    const ended = new AbortController();
    const load = async () => {
      const token = await freshToken();
      const answer = await fetch('/sign-up-preview', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: order,
        signal: ended.signal,
      });
      if (!answer.ok) throw new Error(`the preview answered ${answer.status}`);
      setPage(await answer.text());
      setFailed(false);
    };
    load().catch(() => {
      if (!ended.signal.aborted) setFailed(true);
    });
    return () => ended.abort();
  }, [order]);
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={t('preview.language')}
        value={locale}
        onChange={(next) => setLocale(next as 'ja' | 'en')}
        data={(['ja', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
      />
      {failed ? (
        <Text role="alert">{t('preview.failed')}</Text>
      ) : page === undefined ? (
        <Skeleton className={classes.phone} />
      ) : (
        // No scripts and nothing sent from here: it is to be looked at.
        <iframe title={t('preview.title')} sandbox="" srcDoc={page} className={classes.phone} />
      )}
    </Stack>
  );
}
