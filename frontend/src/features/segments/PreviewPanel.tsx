import type { SegmentPreviewQuery } from '#gql/segments/graphql';
import { useFormat } from '#lib/FormatContext';
import { ErrorState } from '#ui/ErrorState';
import { LiveNumber } from '#ui/LiveNumber';
import { Skeleton, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { Sample } from './Sample';
import classes from './segments.module.css';

type Preview = SegmentPreviewQuery['segmentPreview'];

/** What the rule means on today's data, renewed while it is built. */
export function PreviewPanel(props: {
  preview: Preview | undefined;
  error: CombinedError | undefined;
  fetching: boolean;
  complete: boolean;
  everybody: boolean;
  /** The rule that `preview` is about. */
  rule: unknown;
  /** Its people were chosen one by one: there is no rule to put into words. */
  fixed?: boolean;
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
          {!props.fixed && (
            <div>
              <Title order={2} size="h3" mb="xs">
                {t('preview.sentence')}
              </Title>
              <Text size="sm">{props.everybody ? t('everybody') : preview.sentence}</Text>
            </div>
          )}
          {(preview.count === 0 || preview.sample.length > 0) && <Sample sample={preview.sample} rule={props.rule} nobody={t(props.everybody ? 'preview.noCustomers' : 'preview.nobody')} />}
        </>
      )}
    </aside>
  );
}

