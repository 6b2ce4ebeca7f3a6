import { customerUrl } from '#features/customers/urls';
import type { SegmentPreviewQuery } from '#gql/segments/graphql';
import { useFormat } from '#lib/FormatContext';
import { ErrorState } from '#ui/ErrorState';
import { LiveNumber } from '#ui/LiveNumber';
import { MallDot } from '#ui/MallDot';
import { TextLink } from '#ui/links';
import { Skeleton, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import classes from './segments.module.css';

type Preview = SegmentPreviewQuery['segmentPreview'];

/** What the rule means on today's data, renewed while it is built. */
export function PreviewPanel(props: {
  preview: Preview | undefined;
  error: CombinedError | undefined;
  fetching: boolean;
  complete: boolean;
  everybody: boolean;
  retry: () => void;
}) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const { preview } = props;
  const valid = preview && preview.errors.length === 0;

  return (
    <aside className={classes.preview} aria-label={t('preview.title')} aria-busy={props.fetching}>
      <div>
        <Text size="sm" c="dimmed" fw={500}>
          {t('preview.count')}
        </Text>
        <div className={classes.count} aria-live="polite">
          {valid ? (
            <LiveNumber value={preview.count} format={format.people} />
          ) : preview || props.error ? (
            '–'
          ) : (
            <Skeleton className={classes.countShape} />
          )}
        </div>
        <Text size="xs" c="dimmed">
          {props.complete ? (props.fetching ? t('preview.counting') : t('preview.now')) : t('preview.incomplete')}
        </Text>
      </div>
      {props.error && !preview && <ErrorState error={props.error} retry={props.retry} />}
      {valid && (
        <>
          <div>
            <Title order={2} size="h3" mb="xs">
              {t('preview.sentence')}
            </Title>
            <Text size="sm">{props.everybody ? t('everybody') : preview.sentence}</Text>
          </div>
          {(preview.count === 0 || preview.sample.length > 0) && <Sample sample={preview.sample} />}
        </>
      )}
    </aside>
  );
}

function Sample(props: { sample: Preview['sample'] }) {
  const { t } = useTranslation('segments');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  return (
    <div>
      <Title order={2} size="h3" mb="xs">
        {t('preview.sample')}
      </Title>
      {props.sample.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('preview.nobody')}
        </Text>
      ) : (
        <ul className={classes.sample}>
          {props.sample.map((customer) => (
            <li key={customer.id}>
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
                {format.money(customer.stats.netSales.amount, customer.stats.netSales.currency)}
                <Text size="xs" c="dimmed">
                  {customer.stats.lastOrderAt ? format.date(customer.stats.lastOrderAt) : '–'}
                </Text>
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
