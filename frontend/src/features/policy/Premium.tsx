import { type PremiumKind, PolicyPremiumDocument, type PolicyPremiumQuery } from '#gql/policy/graphql';
import { useFormat } from '#lib/FormatContext';
import { ErrorState } from '#ui/ErrorState';
import { Anchor, Alert, NumberInput, Paper, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';

const kinds: readonly PremiumKind[] = ['GIFT', 'LOTTERY', 'JOINT_LOTTERY', 'OPEN_LOTTERY', 'DISCOUNT'];
const amounts = { price: 3000, value: 0, total: 0, sales: 0 };

/** The limit of 景品表示法 for something that is to be given, with the reason for it. */
export function Premium() {
  const { t, i18n } = useTranslation('policy');
  const [kind, setKind] = useState<PremiumKind>('GIFT');
  const [typed, setTyped] = useState(amounts);
  const [asked] = useDebouncedValue(typed, 250);
  const [{ data, error }, reload] = useQuery({
    query: PolicyPremiumDocument,
    variables: { input: { kind, ...asked }, locale: i18n.language },
  });
  const drawn = kind === 'LOTTERY' || kind === 'JOINT_LOTTERY';
  const fields = kind === 'DISCOUNT' || kind === 'OPEN_LOTTERY' ? [] : drawn ? (['price', 'value', 'sales', 'total'] as const) : (['price', 'value'] as const);
  return (
    <Stack gap="lg" maw="44rem">
      <Text size="sm">{t('premium.help')}</Text>
      <Select
        label={t('premium.kind')}
        description={t(`premium.kindHelp.${kind}`)}
        data={kinds.map((value) => ({ value, label: t(`premium.kinds.${value}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind(value ?? kind)}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {fields.map((field) => (
          <NumberInput
            key={field}
            label={t(`premium.${field}`)}
            description={t(`premium.${field}Help`)}
            suffix={t('premium.yen')}
            thousandSeparator=","
            min={0}
            max={1_000_000_000_000}
            allowDecimal={false}
            value={typed[field]}
            onChange={(value) => setTyped((was) => ({ ...was, [field]: Number(value) || 0 }))}
          />
        ))}
      </SimpleGrid>
      {error && !data && <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />}
      {data && <Answer limit={data.premiumLimit} value={asked.value} total={asked.total} />}
    </Stack>
  );
}

function Answer(props: { limit: PolicyPremiumQuery['premiumLimit']; value: number; total: number }) {
  const { t } = useTranslation('policy');
  const format = useFormat();
  const { limit } = props;
  const over = limit.eachOver || limit.totalOver;
  const judged = props.value > 0 || (props.total > 0 && limit.total !== null);
  return (
    <Paper withBorder p="md" aria-live="polite">
      <Stack gap="xs">
        <Text size="xl" fw={700}>
          {limit.each === null ? t('premium.noLimit') : t('premium.each', { amount: format.money(limit.each) })}
        </Text>
        {limit.total !== null && <Text>{t('premium.totalLimit', { amount: format.money(limit.total) })}</Text>}
        {limit.bound && judged && (
          <Alert color={over ? 'red' : 'green'} icon={over ? <IconAlertTriangle aria-hidden /> : <IconCheck aria-hidden />}>
            {limit.eachOver && t('premium.eachOver')}
            {limit.totalOver && t('premium.totalOver')}
            {!over && t('premium.within')}
          </Alert>
        )}
        <Text size="sm">{limit.reason}</Text>
        {limit.sources.map((source) => (
          <Text key={source} size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {source.startsWith('https://') ? (
              <Anchor href={source} target="_blank" rel="noreferrer" size="xs">
                {source}
              </Anchor>
            ) : (
              source
            )}
          </Text>
        ))}
      </Stack>
    </Paper>
  );
}
