import { customersUrl, customerUrl } from '#features/customers/urls';
import {
  MergeCustomersDocument,
  MergePreviewDocument,
  type MergePreviewQuery,
  MergeSurvivorDocument,
  MergeUndoDocument,
} from '#gql/candidates/graphql';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState, failureKey } from '#ui/ErrorState';
import { ButtonLink } from '#ui/links';
import { PageHeader } from '#ui/PageHeader';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Alert, Button, Checkbox, Group, Skeleton, Stack } from '@mantine/core';
import { IconAlertTriangle, IconArrowsExchange, IconUserQuestion } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CombinedError, useMutation, useQuery } from 'urql';
import classes from './candidates.module.css';
import { Comparison } from './Comparison';
import { LookUp } from './LookUp';
import { Outcome } from './Outcome';
import { mergeUrl } from './urls';

const route = getRouteApi('/shell/merge');

/** Merges a customer with another that a person names, after showing what it would do. */
export function MergePage() {
  const { t } = useTranslation('candidates');
  const { survivor = '', merged } = route.useSearch();
  const navigate = route.useNavigate();
  const [{ data, error }] = useQuery({ query: MergeSurvivorDocument, variables: { id: survivor }, pause: !survivor });
  if (error && !data) return <ErrorState error={error} />;
  if (!survivor || (data && !data.customer)) {
    return (
      <>
        <PageHeader title={t('merge.nobody')} back={{ link: customersUrl(), label: t('merge.customers') }} />
        <EmptyState icon={IconUserQuestion} title={t('merge.choose')} action={<ButtonLink {...customersUrl()}>{t('merge.toCustomers')}</ButtonLink>}>
          {t('merge.chooseBody')}
        </EmptyState>
      </>
    );
  }
  if (!data?.customer) return <Skeleton className={classes.pairShape} />;
  return (
    <>
      <PageHeader
        title={t('merge.title', { name: data.customer.displayName })}
        back={{ link: customerUrl(survivor), label: data.customer.displayName }}
        description={t('merge.description')}
      />
      <Stack gap="lg" mt="md">
        <LookUp not={survivor} chosen={merged} onChoose={(id) => void navigate(mergeUrl(survivor, id))} />
        {merged && <Preview key={`${survivor} ${merged}`} survivor={survivor} merged={merged} />}
      </Stack>
    </>
  );
}

function Preview(props: { survivor: string; merged: string }) {
  const [{ data, error, fetching }] = useQuery({
    query: MergePreviewDocument,
    variables: { survivorId: props.survivor, mergedId: props.merged },
    requestPolicy: 'network-only',
  });
  if (error) return <Refused error={error} />;
  if (!data || fetching) return <Skeleton className={classes.pairShape} />;
  return <Ready preview={data.mergePreview} />;
}

/** Why the two cannot be merged at all. */
function Refused(props: { error: CombinedError }) {
  const { t } = useTranslation('ui');
  const write = useErrorText('candidates');
  const found = props.error.graphQLErrors[0];
  const code = typeof found?.extensions.code === 'string' ? found.extensions.code : '';
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />}>
      {found ? write({ code, message: found.message, field: null, params: null }) : t(failureKey(props.error))}
    </Alert>
  );
}

function Ready(props: { preview: MergePreviewQuery['mergePreview'] }) {
  const { t } = useTranslation('candidates');
  const { preview } = props;
  const navigate = useNavigate();
  const [seen, setSeen] = useState(false);
  const { merge, busy } = useMerge(preview);
  const warned = preview.warnings.length > 0;
  return (
    <>
      <Comparison survivor={preview.survivor} other={preview.merged} agree={preview.agree} differ={preview.differ} />
      <Outcome preview={preview} />
      {warned && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t('merge.warning')}>
          <Stack gap="sm">
            <ul className={classes.warnings}>
              {preview.warnings.map((fact) => (
                <li key={fact}>{t(`warning.${fact}`)}</li>
              ))}
            </ul>
            <Checkbox label={t('merge.seen')} checked={seen} onChange={(event) => setSeen(event.currentTarget.checked)} />
          </Stack>
        </Alert>
      )}
      <Group gap="xs">
        <Button loading={busy} disabled={warned && !seen} onClick={() => void merge()}>
          {t('merge.confirm')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconArrowsExchange className={classes.small} aria-hidden />}
          onClick={() => void navigate(mergeUrl(preview.merged.id, preview.survivor.id))}
        >
          {t('merge.swap')}
        </Button>
      </Group>
    </>
  );
}

function useMerge(preview: MergePreviewQuery['mergePreview']) {
  const { t } = useTranslation(['candidates', 'ui']);
  const write = useErrorText('candidates');
  const navigate = useNavigate();
  const [{ fetching }, merge] = useMutation(MergeCustomersDocument);
  const [, undo] = useMutation(MergeUndoDocument);

  const takeBack = async (mergeId: string) => {
    const { data, error } = await undo({ input: { mergeId, distinct: false } });
    const refused = data?.undoMerge.userErrors[0];
    if (error) toastFailed(t('undo.failed'), t(`ui:${failureKey(error)}`));
    else if (refused) toastFailed(t('undo.failed'), write(refused));
    else toastDone(t('undo.done'));
  };
  const run = async () => {
    const { data, error } = await merge({
      input: { survivorId: preview.survivor.id, mergedId: preview.merged.id, accept: [...preview.warnings] },
    });
    const refused = data?.mergeCustomers.userErrors[0];
    const made = data?.mergeCustomers.merge;
    if (error) toastFailed(t('failed'), t(`ui:${failureKey(error)}`));
    else if (refused) toastFailed(t('failed'), write(refused));
    else if (made) {
      toastDone(t('merge.done'), { label: t('undo.label'), run: () => void takeBack(made.id) });
      await navigate(customerUrl(made.survivor.id, { tab: 'identities' }));
    }
  };
  return { merge: run, busy: fetching };
}
