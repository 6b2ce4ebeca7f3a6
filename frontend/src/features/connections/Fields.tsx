import { Anchor, PasswordInput, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { codeChannel, type ConnectionValues, leaveUrl, type Service } from './connections';
import classes from './connections.module.css';
import type words from './locales/ja.json';

type FieldName = keyof (typeof words)['field'];

/** The fields of a service, each with where to find it. Secrets that are kept can be left empty. */
export function Fields(props: {
  service: Service;
  kept: boolean;
  values: ConnectionValues;
  redirect: string;
  errorAt: (field: string) => string | undefined;
  onChange: (change: Partial<ConnectionValues>) => void;
}) {
  const { service, values, onChange } = props;
  const set = (name: string, value: string) => onChange({ fields: { ...values.fields, [name]: value } });
  const asksLeave = service.service === 'YAHOO_SHOPPING';
  const shown = (field: Service['fields'][number], optional: boolean) => (
    <Field
      key={field.name}
      name={field.name as FieldName}
      secret={field.secret}
      optional={optional}
      kept={props.kept && field.secret}
      value={values.fields[field.name] ?? ''}
      error={props.errorAt(`values.${field.name}`)}
      onChange={(value) => set(field.name, value)}
    />
  );
  // Who gives leave by a code needs no token of his own.
  const instead = (field: Service['fields'][number]) => asksLeave && field.name === 'refreshToken';
  return (
    <>
      {service.fields.filter((field) => !instead(field)).map((field) => shown(field, field.optional))}
      {asksLeave && <Leave {...props} />}
      {service.fields.filter(instead).map((field) => shown(field, true))}
    </>
  );
}

function Field(props: {
  name: FieldName;
  secret: boolean;
  optional: boolean;
  kept: boolean;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation('connections');
  const { name, value, onChange } = props;
  const common = {
    id: `connection-values.${name}`,
    label: props.optional ? t('form.optional', { label: t(`field.${name}.label`) }) : t(`field.${name}.label`),
    description: t(`field.${name}.help`),
    placeholder: props.kept ? t('form.kept') : undefined,
    error: props.error,
    value,
    autoComplete: 'off',
    spellCheck: false,
  };
  if (name === 'buyers') {
    return (
      <Switch
        id={common.id}
        label={common.label}
        description={common.description}
        checked={value === 'yes'}
        onChange={(event) => onChange(event.currentTarget.checked ? 'yes' : 'no')}
      />
    );
  }
  if (name === 'publicKey') {
    return <Textarea {...common} className={classes.key} rows={4} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  const Input = props.secret ? PasswordInput : TextInput;
  return <Input {...common} autoComplete={props.secret ? 'new-password' : 'off'} onChange={(event) => onChange(event.currentTarget.value)} />;
}

/** Yahoo! gives a code to whom the merchant gives leave; it comes back to this page, in another tab. */
function Leave(props: { values: ConnectionValues; redirect: string; errorAt: (field: string) => string | undefined; onChange: (change: Partial<ConnectionValues>) => void }) {
  const { t } = useTranslation('connections');
  const { values, redirect, onChange } = props;
  useEffect(() => {
    const channel = new BroadcastChannel(codeChannel);
    channel.onmessage = (event: MessageEvent<unknown>) => {
      if (typeof event.data === 'string') onChange({ code: event.data });
    };
    return () => channel.close();
  }, [onChange]);
  const clientId = values.fields.clientId?.trim();
  return (
    <div>
      <TextInput
        id="connection-code"
        label={t('code.field')}
        description={t('code.help', { redirect })}
        value={values.code}
        error={props.errorAt('code')}
        autoComplete="off"
        onChange={(event) => onChange({ code: event.currentTarget.value })}
      />
      <Text size="sm" mt={4}>
        {clientId ? (
          <Anchor href={leaveUrl(clientId, redirect)} target="_blank" rel="noreferrer">
            {t('code.open')}
          </Anchor>
        ) : (
          <Text span size="sm" c="dimmed">
            {t('code.first')}
          </Text>
        )}
      </Text>
    </div>
  );
}
