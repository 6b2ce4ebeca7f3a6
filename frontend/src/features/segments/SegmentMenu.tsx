import { newCampaignForUrl } from '#features/campaigns/urls';
import { customersUrl } from '#features/customers/urls';
import { SegmentArchiveDocument } from '#gql/segments/graphql';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { failureKey } from '#ui/ErrorState';
import { ButtonLink } from '#ui/links';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { segmentsUrl } from './urls';

/** What can be done with a stored segment: see its people, write to them, put it away. */
export function SegmentMenu(props: { id: string; name: string; archived: boolean }) {
  const { t } = useTranslation('segments');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText('segments');
  const navigate = useNavigate();
  const mayWrite = useScope('segments:write');
  const maySeeCustomers = useScope('customers:read');
  const maySend = useScope('campaigns:write');
  const [asking, setAsking] = useState(false);
  const [{ fetching }, archive] = useMutation(SegmentArchiveDocument);

  const confirm = async () => {
    const { data, error } = await archive({ input: { id: props.id } });
    setAsking(false);
    const refused = data?.archiveSegment.userErrors[0];
    if (error) toastFailed(tUi('error.save'), tUi(failureKey(error)));
    else if (refused) toastFailed(tUi('error.save'), write(refused));
    else {
      toastDone(t('archive.done', { name: props.name }));
      void navigate({ ...segmentsUrl(), ignoreBlocker: true });
    }
  };

  return (
    <>
      {maySeeCustomers && (
        <ButtonLink variant="default" {...customersUrl({ segment: props.id })}>
          {t('people')}
        </ButtonLink>
      )}
      {maySend && !props.archived && (
        <ButtonLink variant="default" {...newCampaignForUrl(props.id)}>
          {t('campaign')}
        </ButtonLink>
      )}
      {mayWrite && !props.archived && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('archive.open')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('archive.title', { name: props.name })}
        confirm={t('archive.confirm')}
        busy={fetching}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        {t('archive.body')}
      </ConfirmDialog>
    </>
  );
}
