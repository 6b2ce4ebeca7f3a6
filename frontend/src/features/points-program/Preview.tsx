import { type PointsProgramPreviewQuery, type PointsProgramQuery, PointsProgramPreviewDocument } from '#gql/points-program/graphql';
import { useFormat } from '#lib/FormatContext';
import { useViewer } from '#lib/viewer';
import { instantOf } from '#lib/zoned';
import { ErrorState } from '#ui/ErrorState';
import { DateField } from '#ui/DateField';
import { FormErrors } from '#ui/FormErrors';
import { NumberInput, Select, Skeleton, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './pointsProgram.module.css';

type Worked = NonNullable<PointsProgramPreviewQuery['earnPreview']['preview']>;

/** What an order would earn, and why: made up of a shop, an amount, a day and perhaps one article. */
export function Preview(props: { shops: PointsProgramQuery['shops'] }) {
  const { t } = useTranslation('points-program');
  const [shopId, setShop] = useState(props.shops[0]?.id ?? null);
  const [amount, setAmount] = useState<number | string>(10_000);
  const [day, setDay] = useState<string | null>(null);
  const zone = useViewer().merchant.timeZone;
  const [sku, setSku] = useState('');
  const asked = { shopId, at: day ? instantOf(`${day} 12:00:00`, zone) : null, lines: [{ sku: sku.trim(), quantity: 1, amount: Number(amount) }] };
  const [input] = useDebouncedValue(JSON.stringify(asked), 300);
  const [{ data, error }, again] = useQuery({
    query: PointsProgramPreviewDocument,
    variables: { input: JSON.parse(input) as typeof asked },
    pause: shopId === null,
    requestPolicy: 'network-only',
  });
  return (
    <section aria-labelledby="earn-preview" className={classes.preview}>
      <Title order={2} size="h4" id="earn-preview">
        {t('preview.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('preview.body')}
      </Text>
      <Stack gap="sm">
        <Select id="preview-shopId" label={t('preview.shop')} allowDeselect={false} data={props.shops.map((shop) => ({ value: shop.id, label: shop.name }))} value={shopId} onChange={setShop} />
        <NumberInput id="preview-goods" label={t('preview.amount')} prefix="¥" min={0} thousandSeparator="," allowDecimal={false} hideControls value={amount} onChange={setAmount} />
        <DateField id="preview-at" label={t('preview.day')} value={day} onChange={setDay} />
        <TextInput id="preview-sku" label={t('preview.sku')} value={sku} onChange={(e) => setSku(e.currentTarget.value)} />
        {error ? (
          <ErrorState error={error} retry={() => again({ requestPolicy: 'network-only' })} />
        ) : !data ? (
          <Skeleton height="8rem" />
        ) : (
          <>
            <FormErrors form="preview" errors={data.earnPreview.userErrors} namespace="points-program" />
            {data.earnPreview.preview && <Result worked={data.earnPreview.preview} />}
          </>
        )}
      </Stack>
    </section>
  );
}

function Result({ worked }: { worked: Worked }) {
  const { t, i18n } = useTranslation('points-program');
  const format = useFormat();
  const named = (part: { kind: Worked['parts'][number]['kind']; ruleName?: string | null }) => part.ruleName ?? t(`part.${part.kind}`);
  // Codes come from the server; one that is new reads as it is.
  const why = (group: 'nothing' | 'reason' | 'capped', code: string) =>
    i18n.exists(`points-program:${group}.${code}`) ? String(t(`${group}.${code}` as never)) : code;
  return (
    <div aria-live="polite">
      <Text fw={700} size="xl">
        {format.points(worked.points)}
      </Text>
      {worked.nothing && <Text size="sm">{why('nothing', worked.nothing)}</Text>}
      <Table>
        <Table.Tbody>
          {worked.parts.map((part) => (
            <Table.Tr key={`${part.kind}:${part.ruleId}`}>
              <Table.Td>
                {named(part)}
                {part.multiplier > 0 && t('preview.times', { times: part.multiplier / 10_000 })}
                {part.cap && (
                  <Text size="xs" c="dimmed">
                    {why('capped', part.cap)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right">{format.points(part.points)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {worked.notApplied.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="sm">
            {t('preview.notApplied')}
          </Text>
          {worked.notApplied.map((not) => (
            <Text key={`${not.kind}:${not.ruleId}`} size="xs" c="dimmed">
              {t('preview.because', { name: named(not), why: why('reason', not.reason) })}
            </Text>
          ))}
        </>
      )}
      {worked.points > 0 && (
        <Text size="xs" c="dimmed" mt="sm">
          {worked.usableAt ? t('preview.usable', { day: format.day(worked.usableAt) }) : t('preview.usableLater')}{' '}
          {worked.expiresOn ? t('preview.expires', { day: worked.expiresOn.replaceAll('-', '/') }) : t('preview.never')}
        </Text>
      )}
    </div>
  );
}
