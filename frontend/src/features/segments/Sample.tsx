import { customerUrl } from '#features/customers/urls';
import type { SegmentPreviewQuery } from '#gql/segments/graphql';
import { useFormat } from '#lib/FormatContext';
import { TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { type Spoken, spokenOf } from '#ui/spoken';
import { Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './segments.module.css';

type Person = SegmentPreviewQuery['segmentPreview']['sample'][number];

/** A few of the people a rule names, with the figures it speaks about, and a word on whose figures they are. */
export function Sample(props: { sample: readonly Person[]; rule: unknown; nobody: string }) {
  const { t } = useTranslation('segments');
  const spoken = useMemo(() => spokenOf(props.rule), [props.rule]);
  const figures = useFigures(spoken);
  return (
    <div>
      <Title order={2} size="h3" mb={props.sample.length > 0 ? undefined : 'xs'}>
        {t('preview.sample')}
      </Title>
      {props.sample.length === 0 ? (
        <Text size="sm" c="dimmed">
          {props.nobody}
        </Text>
      ) : (
        <>
          <Text size="xs" c="dimmed">
            {figures.about}
          </Text>
          <ul className={classes.sample}>
            {props.sample.map((customer) => (
              <Line key={customer.id} customer={customer} figures={figures.of(customer)} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface Figures {
  first: string;
  second: string;
}

function Line(props: { customer: Person; figures: Figures }) {
  const { t: tUi } = useTranslation('ui');
  const { customer, figures } = props;
  return (
    <li>
      <div>
        <TextLink {...customerUrl(customer.id)} size="sm" fw={600}>
          {customer.displayName}
        </TextLink>
        <div className={classes.dots}>
          {customer.stats.malls.map((mall) => (
            <MallDot key={mall} mall={mall} label={tUi(`mallShort.${mall}`)} />
          ))}
        </div>
      </div>
      <div className={classes.sampleFigures}>
        {figures.first}
        <Text size="xs" c="dimmed">
          {figures.second}
        </Text>
      </div>
    </li>
  );
}

/** Points where a rule is about them, what was bought on a mall where it is about one, and else what was bought anywhere. */
function useFigures(spoken: Spoken): { about: string; of: (customer: Person) => Figures } {
  const { t } = useTranslation('segments');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const [mall, ...others] = spoken.malls;
  if (spoken.fields.has('points') || spoken.fields.has('points_outstanding')) {
    return {
      about: t('preview.points'),
      of: ({ points }) => ({ first: format.points(points.available), second: t('preview.unused', { points: format.points(points.available + points.pending + points.held) }) }),
    };
  }
  const bought = (one: { netSales: Person['stats']['netSales']; lastOrderAt?: string | null }) => ({
    first: format.money(one.netSales.amount, one.netSales.currency),
    second: one.lastOrderAt ? format.date(one.lastOrderAt) : '–',
  });
  if (mall && others.length === 0) {
    return {
      about: t('preview.onMall', { mall: tUi(`mall.${mall}`) }),
      of: ({ stats }) => bought(stats.byMall?.find((one) => one.mall === mall) ?? { netSales: { ...stats.netSales, amount: 0 } }),
    };
  }
  return { about: t('preview.anywhere'), of: ({ stats }) => bought(stats) };
}
