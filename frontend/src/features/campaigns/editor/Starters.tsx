import { CampaignContentHelpDocument } from '#gql/campaigns/graphql';
import { Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconBell, IconClockHour4, IconCode, IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './Starters.module.css';

const icons = { news: IconBell, coupon: IconTicket, points: IconClockHour4 };

const empty = `<mjml lang="ja">
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;

/** What a mail can begin with, until something of one's own is written. */
export function Starters(props: {
  /** The template that is the mail as it stands. */
  chosen: string | undefined;
  onChoose: (template: { subject?: string; mjml: string }) => void;
}) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  return (
    <section aria-labelledby="starters">
      <Text id="starters" fw={500} size="sm" mb="xs">
        {t('content.begin')}
      </Text>
      {props.chosen && (
        <Text size="xs" c="dimmed" mb="xs">
          {t('content.beginAgain')}
        </Text>
      )}
      {!data && <Skeleton height="5rem" />}
      <div className={classes.starters}>
        {data?.mailTemplates.map(({ code, name, subject, mjml }) => {
          const Icon = icons[code as keyof typeof icons] ?? IconBell;
          return (
            <UnstyledButton key={code} className={classes.starter} aria-pressed={code === props.chosen} onClick={() => props.onChoose({ subject, mjml })}>
              <Icon size="1.25rem" aria-hidden />
              {name}
            </UnstyledButton>
          );
        })}
        {data && (
          <UnstyledButton className={classes.starter} onClick={() => props.onChoose({ mjml: empty })}>
            <IconCode size="1.25rem" aria-hidden />
            {t('content.blank')}
          </UnstyledButton>
        )}
      </div>
    </section>
  );
}
