import { PolicyBenchDocument, type PolicyBenchQuery, type PolicyRuleInput } from '#gql/policy/graphql';
import { TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { failureKey } from '#ui/ErrorState';
import { Badge, Button, List, Stack, Text, Textarea } from '@mantine/core';
import { IconTestPipe } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CombinedError, useClient } from 'urql';

type Bench = PolicyBenchQuery['policyRuleBench'];
const shown = 20;
const colors = { ANEW: 'yellow', STILL: 'gray', NO_LONGER: 'blue' } as const;

/** Tries the rule, as it stands in the form, on the campaigns made last and on a text, beside its version in force. */
export function Trial(props: { input: PolicyRuleInput }) {
  const { t } = useTranslation('policy');
  const { t: tUi } = useTranslation('ui');
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [pasted, setPasted] = useState('');
  const [bench, setBench] = useState<Bench>();
  const [failed, setFailed] = useState<CombinedError>();
  const run = async () => {
    setBusy(true);
    const { data, error } = await client
      .query(PolicyBenchDocument, { input: props.input, text: pasted }, { requestPolicy: 'network-only' })
      .toPromise();
    setBusy(false);
    setFailed(error);
    setBench(data?.policyRuleBench);
  };
  return (
    <Stack gap="xs" align="stretch">
      <Textarea
        label={t('trial.text')}
        description={t('trial.textHelp')}
        autosize
        minRows={2}
        maxRows={10}
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      <Button
        variant="default"
        loading={busy}
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconTestPipe size="1rem" aria-hidden />}
        onClick={() => void run()}
      >
        {t('trial.run')}
      </Button>
      {failed && (
        <Text size="sm" c="red" role="alert">
          {tUi(failureKey(failed))}
        </Text>
      )}
      {bench && <Result bench={bench} />}
    </Stack>
  );
}

function Result(props: { bench: Bench }) {
  const { t } = useTranslation('policy');
  const { bench } = props;
  const found = bench.anew + bench.still;
  return (
    <>
      <Text size="sm" aria-live="polite">
        {found === 0 ? t('trial.none') : t('trial.found', { count: found })}
        {t('trial.change', { campaigns: bench.campaigns, anew: bench.anew, noLonger: bench.noLonger })}
      </Text>
      {bench.hits.length > 0 && (
        <List size="sm" listStyleType="none" spacing="xs">
          {[...bench.hits]
            .sort((a, b) => Number(a.state === 'STILL') - Number(b.state === 'STILL'))
            .slice(0, shown)
            .map((hit, index) => (
              <List.Item key={index}>
                <Badge variant="light" color={colors[hit.state]}>
                  {t(`trial.state.${hit.state}`)}
                </Badge>{' '}
                {hit.campaignId ? (
                  <TextLink to="/campaigns/$campaignId" params={{ campaignId: hit.campaignId }}>
                    {hit.campaignName}
                  </TextLink>
                ) : (
                  t('trial.pasted')
                )}{' '}
                {hit.mall && <MallDot mall={hit.mall} bare />} {hit.excerpt}
              </List.Item>
            ))}
        </List>
      )}
      {bench.hits.length > shown && (
        <Text size="xs" c="dimmed">
          {t('trial.more', { count: bench.hits.length - shown })}
        </Text>
      )}
    </>
  );
}
