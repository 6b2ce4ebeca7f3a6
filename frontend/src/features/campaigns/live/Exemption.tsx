import { FormDialog } from '#ui/FormDialog';
import { CampaignExemptDocument, type CampaignHeadFragment } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { ActionIcon, Checkbox, Menu, Text, TextInput } from '@mantine/core';
import { IconDots, IconShieldOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** What must be known of a campaign to let it off. */
export type Exempt = Pick<CampaignHeadFragment, 'id' | 'name' | 'ignoresCaps' | 'ignoresQuietHours'>;

/** Lets a campaign off caps and quiet hours, for those who may. */
export function Exemption(props: { campaign: Exempt }) {
  const { t } = useTranslation('campaigns');
  const may = useScope('policy:override');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t('more')}>
            <IconDots size="1.125rem" aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconShieldOff size="1rem" aria-hidden />} onClick={() => setOpen(true)}>
            {t('exempt.change')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open && <ExemptionDialog campaign={props.campaign} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Asks what a campaign is let off, and why. */
export function ExemptionDialog(props: { campaign: Exempt; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const { id, name, ignoresCaps, ignoresQuietHours } = props.campaign;
  const [caps, setCaps] = useState(ignoresCaps);
  const [quiet, setQuiet] = useState(ignoresQuietHours);
  const [reason, setReason] = useState('');
  const [, exempt] = useMutation(CampaignExemptDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'campaigns');
  const changed = caps !== ignoresCaps || quiet !== ignoresQuietHours;
  const save = async () => {
    const input = { id, ignoresCaps: caps, ignoresQuietHours: quiet, reason };
    if (!(await run(exempt({ input }), (data) => data.exemptCampaign.userErrors))) return;
    toastDone(t('exempt.done'));
    props.onClose();
  };
  return (
    <FormDialog
      title={t('exempt.title', { name })}
      submit={t('exempt.save')}
      busy={busy}
      disabled={!changed || reason.trim() === ''}
      onSubmit={save}
      onClose={props.onClose}
    >
      <FormErrors form="exempt" errors={errors} namespace="campaigns" />
      <Text size="sm">{t('exempt.body')}</Text>
      <Checkbox label={t('exempt.caps')} checked={caps} onChange={(event) => setCaps(event.currentTarget.checked)} />
      <Checkbox label={t('exempt.quiet')} checked={quiet} onChange={(event) => setQuiet(event.currentTarget.checked)} />
      <TextInput
        id="exempt-reason"
        label={t('exempt.reason')}
        description={t('exempt.reasonHelp')}
        value={reason}
        error={errorAt('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

/** Says what a campaign is let off, in a line of its head. */
export function Exempted(props: { campaign: Exempt }) {
  const { t } = useTranslation('campaigns');
  const { ignoresCaps, ignoresQuietHours } = props.campaign;
  const what = [ignoresCaps && t('exempt.capsShort'), ignoresQuietHours && t('exempt.quietShort')].filter((part) => part !== false);
  if (what.length === 0) return null;
  return <> · {t('exempt.on', { what: what.join(t('exempt.join')) })}</>;
}
