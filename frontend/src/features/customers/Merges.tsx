import { CustomerMergesDocument, type CustomerMergesQuery, CustomerUndoMergeDocument } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { failureKey } from '#ui/ErrorState';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Button, Checkbox, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './customers.module.css';

type Merge = NonNullable<CustomerMergesQuery['customer']>['merges'][number];

/** Who was made one with the customer, by whom and why, and the way back. */
export function Merges(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const [{ data }] = useQuery({ query: CustomerMergesDocument, variables: { id: props.customerId } });
  const [asking, setAsking] = useState<Merge>();
  const merges = data?.customer?.merges ?? [];
  if (merges.length === 0) return null;
  return (
    <section className={classes.merges} aria-labelledby="merges">
      <Title order={2} id="merges">
        {t('merges.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('merges.help')}
      </Text>
      <ul className={classes.consents}>
        {merges.map((merge) => (
          <Line key={merge.id} merge={merge} customerId={props.customerId} onUndo={() => setAsking(merge)} />
        ))}
      </ul>
      {asking && <Undo merge={asking} onClose={() => setAsking(undefined)} />}
    </section>
  );
}

function Line(props: { merge: Merge; customerId: string; onUndo: () => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const mayWrite = useScope('customers:write');
  const { merge } = props;
  const here = merge.survivor.id === props.customerId;
  const by =
    merge.reason === 'EVIDENCE'
      ? t('merges.auto', { score: merge.score })
      : (merge.mergedBy?.name ?? t('merges.unknownStaff'));
  return (
    <li>
      <div>
        <Text fw={600} size="sm">
          {here ? merge.merged.displayName : t('merges.into', { name: merge.survivor.displayName })}
        </Text>
        <Text size="xs" c="dimmed">
          {[
            format.dateTime(merge.mergedAt),
            by,
            t('merges.orders', { count: merge.orderCount, shown: format.number(merge.orderCount) }),
            merge.undoneAt && t('merges.undone', { date: format.dateTime(merge.undoneAt) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </div>
      {here && !merge.undoneAt && mayWrite && (
        <Button size="xs" variant="default" onClick={props.onUndo}>
          {t('merges.undo')}
        </Button>
      )}
    </li>
  );
}

function Undo(props: { merge: Merge; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText('customers');
  const [distinct, setDistinct] = useState(true);
  const [{ fetching }, undo] = useMutation(CustomerUndoMergeDocument);
  const confirm = async () => {
    const { data, error } = await undo({ input: { mergeId: props.merge.id, distinct } });
    const refused = data?.undoMerge.userErrors[0];
    if (error) toastFailed(tUi('error.save'), tUi(failureKey(error)));
    else if (refused) toastFailed(tUi('error.save'), write(refused));
    else toastDone(t('merges.undoDone'));
    props.onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={t('merges.undoTitle', { name: props.merge.merged.displayName })}
      confirm={t('merges.undo')}
      busy={fetching}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    >
      <Stack gap="sm">
        {t('merges.undoBody')}
        <Checkbox
          label={t('merges.distinct')}
          checked={distinct}
          onChange={(event) => setDistinct(event.currentTarget.checked)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
