import { type ApiSettingsQuery, type TokenFirstSeen, type TokenIssuerFieldsFragment, TokenIssuerSaveDocument } from '#gql/api-clients/graphql';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Checkbox, MultiSelect, NumberInput, Radio, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const policies = ['REFUSE', 'LINK', 'CREATE'] as const;

/** Asks whose tokens are accepted, and whom they mean. */
export function IssuerForm(props: {
  issuer?: TokenIssuerFieldsFragment;
  shops: ApiSettingsQuery['shops'];
  onClose: () => void;
  onSaved: () => void;
}) {
  const { t } = useTranslation('api-clients');
  const { issuer: before } = props;
  const likely = props.shops.find((shop) => shop.mall === 'OWN_SITE') ?? props.shops[0];
  const [name, setName] = useState(before?.name ?? '');
  const [issuer, setIssuer] = useState(before?.issuer ?? '');
  const [jwksUrl, setJwksUrl] = useState(before?.jwksUrl ?? '');
  const [audiences, setAudiences] = useState<string[]>(before?.audiences ?? []);
  const [accepted, setAccepted] = useState<string[]>(before?.algorithms ?? ['RS256', 'ES256', 'EdDSA']);
  const [skewSeconds, setSkew] = useState(before?.skewSeconds ?? 60);
  const [shopId, setShop] = useState(before?.shop.id ?? likely?.id);
  const [memberClaim, setClaim] = useState(before?.memberClaim ?? 'sub');
  const [firstSeen, setFirstSeen] = useState<TokenFirstSeen>(before?.firstSeen ?? 'REFUSE');
  const [enroll, setEnroll] = useState(before?.enroll ?? false);
  const [disabled, setDisabled] = useState(Boolean(before?.disabledAt));
  const [, save] = useMutation(TokenIssuerSaveDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'api-clients');
  const submit = async () => {
    if (!shopId) return;
    const input = {
      id: before?.id, name, issuer, jwksUrl, audiences, algorithms: accepted, skewSeconds, shopId, memberClaim, firstSeen, enroll, disabled,
    };
    if (await run(save({ input }), (data) => data.saveTokenIssuer.userErrors)) props.onSaved();
  };
  const text = (field: 'name' | 'issuer' | 'jwksUrl' | 'memberClaim', value: string, set: (value: string) => void) => (
    <TextInput
      id={`issuer-${field}`}
      label={t(`issuer.${field}`)}
      description={t(`issuer.${field}Help`)}
      value={value}
      error={errorAt(field)}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
  return (
    <FormDialog
      title={before ? t('editTitle', { name: before.name }) : t('issuer.add')}
      submit={t('save')}
      size="lg"
      busy={busy}
      disabled={name.trim() === '' || issuer.trim() === '' || audiences.length === 0 || accepted.length === 0}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="issuer" errors={errors.filter((each) => !each.field)} namespace="api-clients" />
      {text('name', name, setName)}
      {text('issuer', issuer, setIssuer)}
      {text('jwksUrl', jwksUrl, setJwksUrl)}
      <TagsInput
        label={t('issuer.audiences')}
        description={t('issuer.audiencesHelp')}
        value={audiences}
        error={errorAt('audiences')}
        onChange={setAudiences}
      />
      <MultiSelect
        label={t('issuer.algorithms')}
        description={t('issuer.algorithmsHelp')}
        data={algorithms}
        value={accepted}
        error={errorAt('algorithms')}
        onChange={setAccepted}
      />
      <Select
        label={t('issuer.shop')}
        description={t('issuer.shopHelp')}
        data={props.shops.map((shop) => ({ value: shop.id, label: shop.name }))}
        value={shopId ?? null}
        allowDeselect={false}
        onChange={(id) => setShop(id ?? undefined)}
      />
      {text('memberClaim', memberClaim, setClaim)}
      <Radio.Group
        label={t('issuer.firstSeenLabel')}
        value={firstSeen}
        onChange={(value) => setFirstSeen(policies.find((each) => each === value) ?? 'REFUSE')}
      >
        <Stack gap="xs" mt="xs">
          {policies.map((each) => (
            <Radio key={each} value={each} label={t(`issuer.firstSeen.${each}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Checkbox label={t('issuer.enroll')} checked={enroll} onChange={(event) => setEnroll(event.currentTarget.checked)} />
      <NumberInput
        label={t('issuer.skewSeconds')}
        min={0}
        max={300}
        value={skewSeconds}
        error={errorAt('skewSeconds')}
        onChange={(value) => setSkew(Number(value))}
      />
      <Checkbox label={t('issuer.disable')} checked={disabled} onChange={(event) => setDisabled(event.currentTarget.checked)} />
    </FormDialog>
  );
}
