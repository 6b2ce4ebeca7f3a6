import { type PolicyRuleInput, PolicyTrialDocument, type PolicyTrialQuery } from '#gql/policy/graphql';
import { TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { Button, List, Stack, Text } from '@mantine/core';
import { IconTestPipe } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';

const shown = 20;

/** Shows what the rule, as it stands in the form, would have found in the campaigns made last. */
export function Trial(props: { input: PolicyRuleInput }) {
  const { t } = useTranslation('policy');
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [hits, setHits] = useState<PolicyTrialQuery['policyRuleTrial']>();
  const run = async () => {
    setBusy(true);
    const { data } = await client
      .query(PolicyTrialDocument, { input: props.input }, { requestPolicy: 'network-only' })
      .toPromise();
    setBusy(false);
    setHits(data?.policyRuleTrial);
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        variant="default"
        loading={busy}
        leftSection={<IconTestPipe size="1rem" aria-hidden />}
        onClick={() => void run()}
      >
        {t('trial.run')}
      </Button>
      {hits && (
        <Text size="sm" aria-live="polite">
          {hits.length === 0 ? t('trial.none') : t('trial.found', { count: hits.length })}
        </Text>
      )}
      {hits && hits.length > 0 && (
        <List size="sm" listStyleType="none" spacing="0.25rem">
          {hits.slice(0, shown).map((hit) => (
            <List.Item key={`${hit.campaignId}:${hit.mall}:${hit.place}:${hit.line}:${hit.excerpt}`}>
              <TextLink to="/campaigns/$campaignId" params={{ campaignId: hit.campaignId }}>
                {hit.campaignName}
              </TextLink>{' '}
              <MallDot mall={hit.mall} bare /> {hit.excerpt}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
