import { SendingBouncesDocument } from '#gql/sending/graphql';
import { useFormat } from '#lib/FormatContext';
import { ErrorState } from '#ui/ErrorState';
import { Figure, FigureRow } from '#ui/Figure';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { CopyValue } from '#ui/CopyValue';
import classes from './sending.module.css';

// Postfix fills the recipient in.
const pipe = `meguri unix - n n - 2 pipe flags=q user=meguri argv=/usr/local/bin/meguri bounce --to \${recipient}`;
const secret = 'meguri bounce --secret';

/** What came back of late, and how it gets here. */
export function Bounces() {
  const { t } = useTranslation('sending');
  const format = useFormat();
  const [{ data, error }, reload] = useQuery({ query: SendingBouncesDocument });
  const curl = `curl --fail --data-binary @- -H "Authorization: Bearer $SECRET" "${window.location.origin}/bounces?to=$RECIPIENT"`;
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  return (
    <Stack gap="xl">
      <section>
        <Title order={2} mb="xs">
          {t('bounce.title')}
        </Title>
        {data ? (
          <FigureRow>
            {data.bounceCounts.map((each) => (
              <Figure
                key={each.kind}
                label={t(`bounce.kind.${each.kind}`)}
                value={format.number(each.count)}
                definition={t(`bounce.define.${each.kind}`)}
              />
            ))}
          </FigureRow>
        ) : (
          <Skeleton height="6rem" />
        )}
      </section>
      <section>
        <Title order={2} mb="xs">
          {t('intake.title')}
        </Title>
        <Stack gap="md" maw="46rem">
          <Text size="sm">{t('intake.body')}</Text>
          <div>
            <Text size="sm" fw={600}>
              {t('intake.pipe')}
            </Text>
            <Text size="xs" c="dimmed">
              {t('intake.pipeHelp')}
            </Text>
            <CopyValue label={t('intake.pipe')} value={pipe} />
          </div>
          <div className={classes.section}>
            <Text size="sm" fw={600}>
              {t('intake.http')}
            </Text>
            <Text size="xs" c="dimmed">
              {t('intake.httpHelp')}
            </Text>
            <CopyValue label={t('intake.secret')} value={secret} />
            <CopyValue label={t('intake.http')} value={curl} />
          </div>
        </Stack>
      </section>
    </Stack>
  );
}
