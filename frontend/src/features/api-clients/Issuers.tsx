import { type ApiSettingsQuery, TokenIssuerCheckDocument, type TokenIssuerFieldsFragment } from '#gql/api-clients/graphql';
import { useScope } from '#lib/viewer';
import { EmptyState } from '#ui/EmptyState';
import { FormErrors } from '#ui/FormErrors';
import { MallDot } from '#ui/MallDot';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './api.module.css';
import { IssuerForm } from './IssuerForm';
import { newIssuer } from './urls';

/** The OpenID providers of the merchant whose tokens are accepted for customers. */
export function Issuers(props: {
  issuers: readonly TokenIssuerFieldsFragment[];
  shops: ApiSettingsQuery['shops'];
  /** The issuer whose form is open, or the word for a new one. */
  open?: string;
  onOpen: (id?: string) => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('api-clients');
  const mayWrite = useScope('clients:write');
  const { open, onOpen } = props;
  const editing = props.issuers.find((issuer) => issuer.id === open);
  const add = mayWrite && (
    <Button variant="default" leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => onOpen(newIssuer)}>
      {t('issuer.add')}
    </Button>
  );
  return (
    <section>
      <Group justify="space-between" align="flex-start" mb="md">
        <div>
          <Title order={2}>{t('issuer.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('issuer.help')}
          </Text>
        </div>
        {props.issuers.length > 0 && add}
      </Group>
      {props.issuers.length === 0 ? (
        <EmptyState icon={IconKey} title={t('issuer.empty')} action={add}>
          {t('issuer.emptyBody')}
        </EmptyState>
      ) : (
        <Stack gap="md">
          {props.issuers.map((issuer) => (
            <Issuer key={issuer.id} issuer={issuer} onEdit={() => onOpen(issuer.id)} />
          ))}
        </Stack>
      )}
      {mayWrite && (editing || open === newIssuer) && (
        <IssuerForm
          key={open}
          issuer={editing}
          shops={props.shops}
          onClose={() => onOpen()}
          onSaved={() => {
            onOpen();
            toastDone(t('saved'));
            props.onChanged();
          }}
        />
      )}
    </section>
  );
}

function Issuer(props: { issuer: TokenIssuerFieldsFragment; onEdit: () => void }) {
  const { t } = useTranslation('api-clients');
  const mayWrite = useScope('clients:write');
  const [, check] = useMutation(TokenIssuerCheckDocument);
  const { run, errors, busy } = useSubmit();
  const { issuer } = props;
  const checkKeys = () =>
    run(check({ input: { id: issuer.id } }), (data) => {
      const { keys, userErrors } = data.checkTokenIssuer;
      if (keys != null) toastDone(t('issuer.checked', { count: keys }));
      return userErrors;
    });
  return (
    <Card withBorder padding="lg">
      <div className={classes.act}>
        <div>
          <Group gap="xs">
            <Title order={3}>{issuer.name}</Title>
            {issuer.disabledAt && <Badge color="gray">{t('disabled')}</Badge>}
          </Group>
          <div className={classes.code}>{issuer.issuer}</div>
        </div>
        {mayWrite && (
          <Group gap="xs">
            <Button variant="default" loading={busy} onClick={() => void checkKeys()}>
              {t('issuer.check')}
            </Button>
            <Button variant="default" onClick={props.onEdit}>
              {t('edit')}
            </Button>
          </Group>
        )}
      </div>
      <dl className={classes.facts}>
        <dt>{t('issuer.shop')}</dt>
        <dd>
          <MallDot mall={issuer.shop.mall} label={issuer.shop.name} />
        </dd>
        <dt>{t('issuer.memberClaim')}</dt>
        <dd className={classes.code}>{issuer.memberClaim}</dd>
        <dt>{t('issuer.firstSeenLabel')}</dt>
        <dd>{t(`issuer.firstSeen.${issuer.firstSeen}`)}</dd>
        <dt>{t('issuer.audiences')}</dt>
        <dd className={classes.code}>{issuer.audiences.join(', ')}</dd>
        <dt>{t('issuer.algorithms')}</dt>
        <dd className={classes.code}>{issuer.algorithms.join(', ')}</dd>
      </dl>
      <FormErrors form="issuer" errors={errors} namespace="api-clients" />
    </Card>
  );
}
