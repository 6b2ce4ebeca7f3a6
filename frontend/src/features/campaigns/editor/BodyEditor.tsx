import { Group, SegmentedControl, Text, Textarea } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BlockEditor } from './blocks/BlockEditor';
import { putAtCursor } from './cursor';
import { read } from './blocks/mail';
import classes from './CampaignEditor.module.css';
import { VariableMenu } from './VariableMenu';

const route = getRouteApi('/shell/campaigns/$campaignId');

/** The body of a mail: as blocks, or as the MJML behind them. What cannot be read as blocks is shown as MJML. */
export function BodyEditor(props: {
  mjml: string;
  onChange: (mjml: string) => void;
  tools: ReactNode;
}) {
  const { t } = useTranslation('campaigns');
  const { edit = 'blocks' } = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns/$campaignId' });
  const field = useRef<HTMLTextAreaElement>(null);
  const readable = read(props.mjml) !== undefined;
  const source = edit === 'source' || !readable;
  return (
    <section aria-labelledby="body-title">
      <Group justify="space-between" gap="xs" mb="xs">
        <Text id="body-title" fw={600} size="sm">
          {t('content.body')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('content.editAs')}
          value={source ? 'source' : 'blocks'}
          onChange={(value) =>
            void navigate({ search: (was) => ({ ...was, edit: value === 'source' ? 'source' : undefined }), resetScroll: false, replace: true })
          }
          data={[
            { value: 'blocks', label: t('content.asBlocks'), disabled: !readable },
            { value: 'source', label: t('content.asSource') },
          ]}
        />
      </Group>
      <Group gap="xs" mb="sm">
        {props.tools}
        {source && (
          <VariableMenu
            label={t('content.variables')}
            onChoose={(words) => field.current && putAtCursor(field.current, words, props.onChange)}
          />
        )}
      </Group>
      {!readable && (
        <Text size="sm" mb="xs">
          {t('content.unreadable')}
        </Text>
      )}
      {source ? (
        <Textarea
          className={classes.code}
          id="variant-mjml"
          label={t('content.mjml')}
          description={t('content.mjmlHelp')}
          minRows={12}
          maxRows={24}
          spellCheck={false}
          value={props.mjml}
          ref={field}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        />
      ) : (
        <>
          <BlockEditor mjml={props.mjml} onChange={props.onChange} />
          <Text size="xs" c="dimmed" mt="xs">
            {t('content.typing')} {t('content.mjmlHelp')}
          </Text>
        </>
      )}
    </section>
  );
}
