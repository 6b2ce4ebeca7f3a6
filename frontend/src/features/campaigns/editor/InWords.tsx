import { CampaignContentHelpDocument } from '#gql/campaigns/graphql';
import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { tokensOf } from './tokens';

/** A text of the template language with the names of its variables, as chips; nothing where there are none. */
export function InWords(props: { text: string }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  const tokens = tokensOf(props.text);
  const labels = new Map(data?.templateVariables.map(({ name, label }) => [name, label]));
  if (!tokens.some((token) => token.variable)) return null;
  return (
    <Text size="sm" component="div">
      <Text size="xs" c="dimmed" span>
        {t('content.inWords')}
      </Text>{' '}
      {tokens.map((token, at) =>
        token.variable ? (
          // What stands where is all there is to tell two of a kind apart.
          <Badge key={at} variant="light" radius="sm" tt="none">
            {labels.get(token.text) ?? token.text}
          </Badge>
        ) : (
          <span key={at}>{token.text}</span>
        ),
      )}
    </Text>
  );
}
