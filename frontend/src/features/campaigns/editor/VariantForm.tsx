import { CampaignContentHelpDocument, type CampaignChoicesQuery, type CampaignVariantInput } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { Button, Group, Menu, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { IconBraces, IconTemplate, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './CampaignEditor.module.css';

type Field = 'subject' | 'mjml' | 'textBody';
type Target = HTMLInputElement | HTMLTextAreaElement;

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
  const focused = useRef<{ field: Field; element: Target }>(undefined);
  const watch = (field: Field) => (event: React.FocusEvent<Target>) => {
    focused.current = { field, element: event.currentTarget };
  };
  const insert = (name: string) => {
    const { field, element } = focused.current ?? {};
    const text = `{{ ${name} }}`;
    const at = element?.selectionStart ?? undefined;
    const value = variant[field ?? 'mjml'] ?? '';
    onChange({ [field ?? 'mjml']: at === undefined ? value + text : value.slice(0, at) + text + value.slice(at) });
  };

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
        <Group gap="xs">
          <Templates onChoose={(template) => onChange(template)} />
          <Variables onChoose={insert} />
        </Group>
        <TextInput
          id="variant-subject"
          label={t('content.subject')}
          description={t('content.subjectHelp')}
          value={variant.subject ?? ''}
          onFocus={watch('subject')}
          onChange={(event) => onChange({ subject: event.currentTarget.value })}
        />
      </Stack>
      <Textarea
        className={classes.code}
        id="variant-mjml"
        label={t('content.mjml')}
        description={t('content.mjmlHelp')}
        minRows={12}
        maxRows={24}
        spellCheck={false}
        value={variant.mjml ?? ''}
        onFocus={watch('mjml')}
        onChange={(event) => onChange({ mjml: event.currentTarget.value })}
      />
      <Textarea
        id="variant-textBody"
        label={t('content.text')}
        description={t('content.textHelp')}
        minRows={3}
        maxRows={12}
        value={variant.textBody ?? ''}
        onFocus={watch('textBody')}
        onChange={(event) => onChange({ textBody: event.currentTarget.value })}
      />
    </Stack>
  );
}

function Templates(props: { onChoose: (template: { subject: string; mjml: string }) => void }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  return (
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
            onClick={() => props.onChoose({ subject: template.subject, mjml: template.mjml })}
          >
            {template.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Variables(props: { onChoose: (name: string) => void }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  return (
    <Menu position="bottom-start" returnFocus>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconBraces size="1rem" aria-hidden />}>
          {t('content.variables')}
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
