import { pointsProgramUrl } from '#features/points-program/urls';
import { ReferralSaveSettingsDocument, ReferralSettingsDocument, type ReferralSettingsQuery } from '#gql/referrals/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { CopyValue } from '#ui/CopyValue';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { TextLink } from '#ui/links';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Group, NumberInput, Skeleton, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './referrals.module.css';

type Settings = ReferralSettingsQuery['referralSettings'];

/** When a referral counts, what it brings now, and where members send their friends. */
export function SettingsTab() {
  const { t } = useTranslation('referrals');
  const [{ data, error }, reload] = useQuery({ query: ReferralSettingsDocument });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className={classes.shape} role="status" aria-label={t('loading')} aria-busy />;
  return <Form settings={data.referralSettings} onSaved={() => reload({ requestPolicy: 'network-only' })} />;
}

const numbers = ['useWithinDays', 'orderWithinDays', 'minAmount', 'waitDays'] as const;

function Form(props: { settings: Settings; onSaved: () => void }) {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  const mayWrite = useScope('settings:write');
  const [set, setSet] = useState(props.settings);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'referrals');
  const [, save] = useMutation(ReferralSaveSettingsDocument);
  const { enabled, useWithinDays, orderWithinDays, minAmount, firstOrder, waitDays, shareUrl } = set;
  const submit = async () => {
    const input = { enabled, useWithinDays, orderWithinDays, minAmount, firstOrder, waitDays, shareUrl };
    if (await run(save({ input }), (data) => data.updateReferralSettings.userErrors)) {
      toastDone(t('settings.saved'));
      props.onSaved();
    }
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="lg">
        <FormErrors form="referrals" errors={errors} namespace="referrals" />
        <div>
          <Title order={2}>{t('settings.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('settings.body')}
          </Text>
        </div>
        <Switch
          label={t('settings.enabled')}
          checked={enabled}
          disabled={!mayWrite}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            setSet((was) => ({ ...was, enabled: checked }));
          }}
        />
        <Text size="sm">
          {t('settings.gives', { referrer: format.points(props.settings.referrerPoints), friend: format.points(props.settings.friendPoints) })}{' '}
          <TextLink {...pointsProgramUrl()} underline="always">{t('settings.rules')}</TextLink>
        </Text>
        <div className={classes.fields}>
          {numbers.map((name) => (
            <NumberInput
              key={name}
              id={`referrals-${name}`}
              label={t(`settings.${name}`)}
              description={t(`settings.${name}Help`)}
              suffix={t(name === 'minAmount' ? 'settings.yen' : 'settings.days')}
              thousandSeparator=","
              min={0}
              allowDecimal={false}
              readOnly={!mayWrite}
              value={set[name]}
              onChange={(value) => setSet((was) => ({ ...was, [name]: Number(value) }))}
              error={errorAt(name)}
            />
          ))}
        </div>
        <Switch
          label={t('settings.firstOrder')}
          description={t('settings.firstOrderHelp')}
          checked={firstOrder}
          disabled={!mayWrite}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            setSet((was) => ({ ...was, firstOrder: checked }));
          }}
        />
        <TextInput
          id="referrals-shareUrl"
          label={t('settings.shareUrl')}
          description={t('settings.shareUrlHelp')}
          placeholder="https://"
          type="url"
          maxLength={500}
          readOnly={!mayWrite}
          value={shareUrl}
          error={errorAt('shareUrl')}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setSet((was) => ({ ...was, shareUrl: value }));
          }}
        />
        {props.settings.sharedPage ? (
          <div>
            <Text size="sm" fw={500}>
              {t('settings.sharedPage')}
            </Text>
            <CopyValue label={t('settings.sharedPage')} value={props.settings.sharedPage} />
          </div>
        ) : (
          props.settings.enabled && <Text size="sm">{t('settings.noPage')}</Text>
        )}
        {mayWrite && (
          <Group>
            <Button type="submit" loading={busy}>
              {t('settings.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
