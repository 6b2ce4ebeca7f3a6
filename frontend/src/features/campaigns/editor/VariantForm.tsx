import { CampaignContentHelpDocument, type CampaignChoicesQuery, type CampaignVariantInput } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { Button, Checkbox, Group, Menu, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { IconBraces, IconTemplate, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { Cursor } from './blocks/BlockEditor';
import { BodyEditor } from './BodyEditor';
import classes from './CampaignEditor.module.css';
import { InWords } from './InWords';
import { Starters } from './Starters';

/** Offer, subject and body of one variant. */
export function VariantForm(props: {
  variant: CampaignVariantInput;
  offers: CampaignChoicesQuery['offers'];
  onChange: (part: Partial<CampaignVariantInput>) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { variant, onChange } = props;
  const cursor = useRef<Cursor>(undefined);
  const focus = (at: Cursor) => {
    cursor.current = at;
  };
  const insert = (name: string) => {
    const text = `{{ ${name} }}`;
    const { element, put } = cursor.current ?? {};
    if (!element?.isConnected || !put) {
      onChange({ subject: `${variant.subject ?? ''}${text}` });
      return;
    }
    const at = element.selectionStart ?? element.value.length;
    put(element.value.slice(0, at) + text + element.value.slice(at));
  };
  const intoSubject = (name: string) => {
    const field = document.getElementById('variant-subject');
    const value = variant.subject ?? '';
    const at = field instanceof HTMLInputElement ? (field.selectionStart ?? value.length) : value.length;
    onChange({ subject: `${value.slice(0, at)}{{ ${name} }}${value.slice(at)}` });
  };
  const subject = (value: string) => onChange({ subject: value });
  const textBody = (value: string) => onChange({ textBody: value });

  return (
    <Stack gap="lg">
      <Stack gap="md" className={classes.form}>
        <Group justify="space-between">
          <Switch
            label={t('content.isDefault')}
            description={t('content.isDefaultHelp')}
            checked={variant.isDefault}
            disabled={variant.isDefault}
            onChange={() => onChange({ isDefault: true })}
          />
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size="1rem" aria-hidden />}
            onClick={props.onRemove}
          >
            {t('content.remove')}
          </Button>
        </Group>
        <Select
          id="variant-offer"
          label={t('content.offer')}
          description={t('content.offerHelp')}
          placeholder={t('content.noOffer')}
          clearable
          data={props.offers.map((offer) => ({
            value: offer.id,
            label: offer.codes
              ? t('content.offerOption', { name: offer.name, left: format.number(offer.codes.left) })
              : offer.name,
          }))}
          value={variant.offerId ?? null}
          onChange={(offerId) => onChange({ offerId })}
        />
        <TextInput
          id="variant-subject"
          label={t('content.subject')}
          description={t('content.subjectHelp')}
          value={variant.subject ?? ''}
          onFocus={(event) => focus({ element: event.currentTarget, put: subject })}
          onChange={(event) => subject(event.currentTarget.value)}
        />
        <Group gap="sm">
          <Variables label={t('content.variablesInSubject')} onChoose={intoSubject} />
          <InWords text={variant.subject ?? ''} />
        </Group>
      </Stack>
      {variant.mjml ? (
        <BodyEditor
          mjml={variant.mjml}
          onChange={(mjml) => onChange({ mjml })}
          onFocus={focus}
          tools={
            <>
              <Templates variant={variant} onChoose={onChange} />
              <Variables label={t('content.variables')} onChoose={insert} />
            </>
          }
        />
      ) : (
        <Starters
          onChoose={({ subject, mjml }) => onChange({ mjml, ...(variant.subject?.trim() ? {} : { subject }) })}
        />
      )}
      <Textarea
        className={classes.form}
        id="variant-textBody"
        label={t('content.text')}
        description={t('content.textHelp')}
        minRows={3}
        maxRows={12}
        value={variant.textBody ?? ''}
        onFocus={(event) => focus({ element: event.currentTarget, put: textBody })}
        onChange={(event) => textBody(event.currentTarget.value)}
      />
    </Stack>
  );
}

/** Templates to begin anew with. What is written is replaced only after asking, the subject only when one says so. */
function Templates(props: { variant: CampaignVariantInput; onChoose: (part: Partial<CampaignVariantInput>) => void }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  const [asked, setAsked] = useState<{ name: string; subject: string; mjml: string }>();
  const [withSubject, setWithSubject] = useState(false);
  const written = props.variant.subject?.trim() ?? '';
  const take = () => {
    if (!asked) return;
    const { mjml, subject } = asked;
    props.onChoose(written === '' || withSubject ? { mjml, subject } : { mjml });
    setAsked(undefined);
  };
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconTemplate size="1rem" aria-hidden />}>
            {t('content.templates')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('content.templatesHelp')}</Menu.Label>
          {(data?.mailTemplates ?? []).map((template) => (
            <Menu.Item
              key={template.code}
              onClick={() => {
                setWithSubject(false);
                setAsked(template);
              }}
            >
              {template.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asked !== undefined}
        title={t('content.replaceTitle', { name: asked?.name ?? '' })}
        confirm={t('content.replace')}
        danger
        onConfirm={take}
        onClose={() => setAsked(undefined)}
      >
        {t('content.replaceBody')}
        {written !== '' && (
          <Checkbox
            mt="sm"
            label={t('content.replaceSubject')}
            checked={withSubject}
            onChange={(event) => setWithSubject(event.currentTarget.checked)}
          />
        )}
      </ConfirmDialog>
    </>
  );
}

function Variables(props: { label: string; onChoose: (name: string) => void }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  return (
    <Menu position="bottom-start" returnFocus>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconBraces size="1rem" aria-hidden />}>
          {props.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="20rem" style={{ overflowY: 'auto' }}>
        {(data?.templateVariables ?? []).map((variable) => (
          <Menu.Item key={variable.name} onClick={() => props.onChoose(variable.name)}>
            {t('content.variable', { label: variable.label, example: variable.example })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
