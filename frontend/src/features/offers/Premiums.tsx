import { policyTabUrl } from '#features/policy/urls';
import { OfferPremiumsDocument, type OfferPremiumsQuery } from '#gql/offers/graphql';
import { useFormat } from '#lib/FormatContext';
import { ErrorState } from '#ui/ErrorState';
import { TextLink } from '#ui/links';
import { NumberInput, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './offers.module.css';

const ways = ['discount', 'gift', 'lottery'] as const;
const usualPrice = 3000;

/** What 景品表示法 lets one give with a purchase, by the way it is given; `value` is what the offer is worth in yen, 0 when that depends on the order. */
export function Premiums(props: { value: number }) {
  const { t, i18n } = useTranslation('offers');
  const [price, setPrice] = useState(usualPrice);
  const [asked] = useDebouncedValue({ price, value: props.value }, 250);
  const [{ data, error }, reload] = useQuery({ query: OfferPremiumsDocument, variables: { ...asked, locale: i18n.language } });
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="premiums">
      <Stack gap="sm">
        <Title order={3} size="sm" id="premiums">
          {t('premium.title')}
        </Title>
        <NumberInput
          label={t('premium.price')}
          description={t('premium.priceHelp')}
          suffix={t('premium.yen')}
          thousandSeparator=","
          min={0}
          max={1_000_000_000}
          allowDecimal={false}
          maw="16rem"
          value={price}
          onChange={(value) => setPrice(Number(value) || 0)}
        />
        {error && !data && <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />}
        {!data && !error && <Skeleton height="9rem" />}
        {data && (
          <dl className={classes.limits} aria-live="polite">
            {ways.map((way) => (
              <Limit key={way} way={way} limit={data[way]} />
            ))}
          </dl>
        )}
        <TextLink {...policyTabUrl('premium')} size="sm">
          {t('premium.more')}
        </TextLink>
      </Stack>
    </Paper>
  );
}

function Limit(props: { way: (typeof ways)[number]; limit: OfferPremiumsQuery['gift'] }) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const { way, limit } = props;
  return (
    <div>
      <dt>{t(`premium.way.${way}`)}</dt>
      <dd>
        <Text size="sm" fw={600} span>
          {limit.each === null ? t('premium.noLimit') : t('premium.each', { amount: format.money(limit.each) })}
        </Text>
        {limit.eachOver && (
          <Text size="sm" c="var(--mg-warn)" fw={600} component="div">
            {t('premium.over')}
          </Text>
        )}
        <Text size="xs" c="dimmed" component="div">
          {limit.reason}
        </Text>
      </dd>
    </div>
  );
}
