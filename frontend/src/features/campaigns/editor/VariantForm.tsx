import {
  CampaignContentHelpDocument,
  type CampaignChoicesQuery,
  type CampaignContentHelpQuery,
  type CampaignVariantInput,
} from '#gql/campaigns/graphql';
import { newOfferUrl } from '#features/offers/urls';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { TextLink } from '#ui/links';
import { Button, Checkbox, Group, Menu, Select, Stack, Switch, Textarea } from '@mantine/core';
import { IconTemplate, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { putAtCursor } from './cursor';
import { BodyEditor } from './BodyEditor';
import classes from './CampaignEditor.module.css';
import { ChipField } from './ChipField';
import { Starters } from './Starters';
import { VariableMenu } from './VariableMenu';

/** Offer, subject and body of one variant. */
export function VariantForm(props: {
  campaignId: string;
  variant: CampaignVariantInput;
  offers: CampaignChoicesQuery['offers'];
  onChange: (part: Partial<CampaignVariantInput>) => void;
  onRemove: () => void;
}) {
  const { t, i18n } = useTranslation('campaigns');
  const format = useFormat();
  const { variant, onChange } = props;
  const { t: tUi } = useTranslation('ui');
  const text = useRef<HTMLTextAreaElement>(null);
  const [removing, setRemoving] = useState(false);
  const written = Boolean(variant.subject?.trim() || variant.mjml || variant.textBody?.trim());
  const textBody = (value: string) => onChange({ textBody: value });
  const mayMakeOffers = useScope('offers:write');
  const [{ data: help }] = useQuery({ query: CampaignContentHelpDocument, variables: { locale: i18n.language } });
  const templates = help?.mailTemplates ?? [];
  const [begun, setBegun] = useState(false);
  const untouched = templates.find(({ mjml }) => mjml === variant.mjml);
  // A subject that came with a template goes with it.
  const begin = ({ subject, mjml }: { subject?: string; mjml: string }) => {
    const ownSubject = variant.subject?.trim() && variant.subject !== untouched?.subject;
    onChange({ mjml, ...(ownSubject ? {} : { subject: subject ?? '' }) });
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
            onClick={() => (written ? setRemoving(true) : props.onRemove())}
          >
            {t('content.remove')}
          </Button>
        </Group>
        <ConfirmDialog
          opened={removing}
          title={t('content.removeTitle', { mall: tUi(`mall.${variant.mall}`) })}
          confirm={t('content.remove')}
          danger
          onConfirm={props.onRemove}
          onClose={() => setRemoving(false)}
        >
          {t('content.removeBody')}
        </ConfirmDialog>
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
        {mayMakeOffers && (
          <TextLink {...newOfferUrl({ campaign: props.campaignId, mall: variant.mall })} size="sm">
            {t('content.newOffer', { mall: tUi(`mall.${variant.mall}`) })}
          </TextLink>
        )}
        <ChipField
          id="variant-subject"
          label={t('content.subject')}
          description={t('content.subjectHelp')}
          insert={t('content.variablesInSubject')}
          value={variant.subject ?? ''}
          onChange={(subject) => onChange({ subject })}
        />
      </Stack>
      {(!variant.mjml || untouched) && <Starters chosen={untouched?.code} onChoose={begin} />}
      {(begun || variant.mjml) && (
        <BodyEditor
          mjml={variant.mjml ?? ''}
          onChange={(mjml) => {
            setBegun(true); // nothing is left of it while it is written anew
            onChange({ mjml });
          }}
          tools={variant.mjml && !untouched && <Templates variant={variant} templates={templates} onChoose={onChange} />}
        />
      )}
      <div className={classes.form}>
        <Textarea
          ref={text}
          id="variant-textBody"
          label={t('content.text')}
          description={t('content.textHelp')}
          minRows={3}
          maxRows={12}
          value={variant.textBody ?? ''}
          onChange={(event) => textBody(event.currentTarget.value)}
        />
        <Group mt="xs">
          <VariableMenu
            label={t('content.variablesInText')}
            onChoose={(words) => text.current && putAtCursor(text.current, words, textBody)}
          />
        </Group>
      </div>
    </Stack>
  );
}

/** Templates to begin anew with. What is written is replaced only after asking, the subject only when one says so. */
function Templates(props: {
  variant: CampaignVariantInput;
  templates: CampaignContentHelpQuery['mailTemplates'];
  onChoose: (part: Partial<CampaignVariantInput>) => void;
}) {
  const { t } = useTranslation('campaigns');
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
          {props.templates.map((template) => (
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
