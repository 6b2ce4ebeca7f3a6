import { shopsUrl } from '#features/shops/urls';
import { type EarnPreviewInput, type PointsProgramPreviewQuery, type PointsProgramQuery, PointsProgramPreviewDocument, PointsProgramSettingsDocument } from '#gql/points-program/graphql';
import { useFormat } from '#lib/FormatContext';
import { useViewer } from '#lib/viewer';
import { instantOf } from '#lib/zoned';
import { ErrorState } from '#ui/ErrorState';
import { DateField } from '#ui/DateField';
import { FormErrors } from '#ui/FormErrors';
import { ButtonLink } from '#ui/links';
import { NumberInput, SegmentedControl, Select, Skeleton, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './pointsProgram.module.css';

type Worked = NonNullable<PointsProgramPreviewQuery['earnPreview']['preview']>;

/** What an order earns, and why: one that is there, by its number, or one that is made up. */
export function Preview(props: { shops: PointsProgramQuery['shops']; rules: PointsProgramQuery['earnRules'] }) {
  const { t } = useTranslation('points-program');
  return (
    <section aria-labelledby="earn-preview" className={classes.preview}>
      <Title order={2} size="h4" id="earn-preview">
        {t('preview.title')}
      </Title>
      {props.shops.length > 0 ? <Choice {...props} /> : <NoShops />}
    </section>
  );
}

function NoShops() {
  const { t } = useTranslation('points-program');
  return (
    <>
      <Text size="sm" c="dimmed" my="sm">
        {t('preview.noShops')}
      </Text>
      <ButtonLink {...shopsUrl()} variant="default">
        {t('preview.toShops')}
      </ButtonLink>
    </>
  );
}

function Choice(props: { shops: PointsProgramQuery['shops']; rules: PointsProgramQuery['earnRules'] }) {
  const { t } = useTranslation('points-program');
  const [of, setOf] = useState<'madeUp' | 'real'>('madeUp');
  return (
    <>
      <SegmentedControl
        fullWidth
        my="sm"
        aria-label={t('preview.of')}
        data={[
          { value: 'madeUp', label: t('preview.madeUp') },
          { value: 'real', label: t('preview.real') },
        ]}
        value={of}
        onChange={(next) => setOf(next === 'real' ? 'real' : 'madeUp')}
      />
      {of === 'madeUp' ? <MadeUp {...props} /> : <Real shops={props.shops} />}
    </>
  );
}

const ofShops = (shops: PointsProgramQuery['shops']) => shops.map((shop) => ({ value: shop.id, label: shop.name }));

/** An order made up of a shop, an amount, a day and perhaps one article. */
function MadeUp(props: { shops: PointsProgramQuery['shops']; rules: PointsProgramQuery['earnRules'] }) {
  const { t } = useTranslation('points-program');
  const [shopId, setShop] = useState(() => ruledShop(props.shops, props.rules)?.id ?? null);
  const [amount, setAmount] = useState<number | string>(10_000);
  const [day, setDay] = useState<string | null>(null);
  const zone = useViewer().merchant.timeZone;
  const [sku, setSku] = useState('');
  const input = { shopId, at: day ? instantOf(`${day} 12:00:00`, zone) : null, lines: [{ sku: sku.trim(), quantity: 1, amount: Number(amount) }] };
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('preview.body')}
      </Text>
      <Select id="preview-shopId" label={t('preview.shop')} allowDeselect={false} data={ofShops(props.shops)} value={shopId} onChange={setShop} />
      <NumberInput id="preview-goods" label={t('preview.amount')} prefix="¥" min={0} thousandSeparator="," allowDecimal={false} hideControls value={amount} onChange={setAmount} />
      <DateField id="preview-at" label={t('preview.day')} value={day} onChange={setDay} />
      <TextInput id="preview-sku" label={t('preview.sku')} value={sku} onChange={(e) => setSku(e.currentTarget.value)} />
      {shopId !== null && <Answer input={input} />}
    </Stack>
  );
}

/** An order that is there. */
function Real(props: { shops: PointsProgramQuery['shops'] }) {
  const { t } = useTranslation('points-program');
  const [number, setNumber] = useState('');
  const [shopId, setShop] = useState<string | null>(null);
  const orderNo = number.trim();
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('preview.realBody')}
      </Text>
      <TextInput id="preview-orderNo" label={t('preview.orderNo')} maxLength={100} value={number} onChange={(e) => setNumber(e.currentTarget.value)} />
      <Select id="preview-shopId" label={t('preview.shop')} placeholder={t('editor.all')} clearable data={ofShops(props.shops)} value={shopId} onChange={setShop} />
      {orderNo !== '' && <Answer input={{ orderNo, shopId }} />}
    </Stack>
  );
}

/** What is earned by what is asked, a moment after nobody types any more. */
function Answer(props: { input: EarnPreviewInput }) {
  const [key] = useDebouncedValue(JSON.stringify(props.input), 300);
  const [{ data, error }, again] = useQuery({
    query: PointsProgramPreviewDocument,
    variables: { input: JSON.parse(key) as EarnPreviewInput },
    requestPolicy: 'network-only',
  });
  if (error) return <ErrorState error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height="8rem" />;
  const { preview, userErrors } = data.earnPreview;
  return (
    <>
      <FormErrors form="preview" errors={userErrors} namespace="points-program" />
      {preview && <Result worked={preview} />}
    </>
  );
}

/** The first shop whose orders some rule in force means; without one the first. */
export function ruledShop<S extends { id: string; mall: string }>(shops: readonly S[], rules: readonly Pick<PointsProgramQuery['earnRules'][number], 'kind' | 'status' | 'conditions'>[]): S | undefined {
  const ordered = rules.filter((rule) => rule.kind !== 'ACTION' && rule.status === 'ACTIVE');
  const means = ({ id, mall }: S) =>
    ordered.some(({ conditions: { shopIds, malls } }) => shopIds.length + malls.length === 0 || shopIds.includes(id) || malls.some((one) => one === mall));
  return shops.find(means) ?? shops[0];
}

/** From when on what an order earns can be spent. */
function useUsable(): (at: string | null | undefined) => string {
  const { t } = useTranslation('points-program');
  const format = useFormat();
  const [{ data }] = useQuery({ query: PointsProgramSettingsDocument });
  const settings = data?.pointSettings;
  return (at) => {
    if (settings?.release === 'AT_ONCE') return t('preview.usableAtOnce');
    const days = settings?.pendingDays ?? 0;
    if (!at) return days > 0 ? t('preview.usableAfter', { days }) : t('preview.usableLater');
    return days > 0 && settings?.release === 'ORDER' ? t('preview.usableOrdered', { day: format.date(at), days }) : t('preview.usable', { day: format.date(at) });
  };
}

function Result({ worked }: { worked: Worked }) {
  const { t, i18n } = useTranslation('points-program');
  const format = useFormat();
  const usable = useUsable();
  const named = (part: { kind: Worked['parts'][number]['kind']; ruleName?: string | null }) => part.ruleName ?? t(`part.${part.kind}`);
  // Codes come from the server; one that is new reads as it is.
  const why = (group: 'nothing' | 'reason' | 'capped', code: string) =>
    i18n.exists(`points-program:${group}.${code}`) ? String(t(`${group}.${code}` as never)) : code;
  return (
    <div aria-live="polite">
      <Text size="xs" c="dimmed">
        {t(worked.earned ? 'preview.earned' : 'preview.wouldEarn')}
      </Text>
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
      {worked.lines.length > 1 && (
        <Table>
          <Table.Caption>{t('preview.lines')}</Table.Caption>
          <Table.Tbody>
            {worked.lines.map((line, i) => (
              <Table.Tr key={i}>
                <Table.Td>{t('preview.line', { goods: line.name || line.sku || line.lineKey, count: line.quantity })}</Table.Td>
                <Table.Td ta="right">{format.points(line.points)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
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
          {usable(worked.usableAt)}{' '}
          {worked.expiresOn ? t('preview.expires', { day: format.date(worked.expiresOn) }) : t('preview.never')}
        </Text>
      )}
    </div>
  );
}
