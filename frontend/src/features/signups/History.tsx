import { SignUpHistoryDocument } from '#gql/signups/graphql';
import { useFormat } from '#lib/FormatContext';
import { ErrorState } from '#ui/ErrorState';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './signups.module.css';

/** What a form has said, when and by whom: the words that people agreed to. */
export function History(props: { formId: string }) {
  const { t } = useTranslation('signups');
  const format = useFormat();
  const [{ data, error }, reload] = useQuery({ query: SignUpHistoryDocument, variables: { id: props.formId }, requestPolicy: 'cache-and-network' });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height="12rem" />;
  const versions = data.signUpForm?.history ?? [];
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t('history.help')}
      </Text>
      {versions.map((version) => (
        <section key={version.version} aria-labelledby={`version-${version.version}`} className={classes.version}>
          <Title order={3} id={`version-${version.version}`} size="h5">
            {t('history.version', { version: version.version })}
          </Title>
          <Text size="xs" c="dimmed">
            {format.dateTime(version.createdAt)}
            {version.createdBy && ` · ${version.createdBy.name}`}
          </Text>
          <ul className={classes.wordings}>
            {version.content.asks.map((ask) => (
              <li key={ask.channel}>
                <Text size="sm">
                  {t(`channel.${ask.channel}`)}: {ask.wording.ja}
                </Text>
                {ask.wording.en && (
                  <Text size="xs" c="dimmed" lang="en">
                    {ask.wording.en}
                  </Text>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Stack>
  );
}
