import type { Channel } from '#gql/customers/graphql';
import { Checkbox, Fieldset, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EntryDraft } from './entry';

const channels = ['MAIL', 'SMS', 'POSTAL'] as const satisfies readonly Channel[];

/** What the person agreed to get, and what proves it: the words, how it was said, and where that is kept. */
export function AddConsents(props: { draft: EntryDraft; onChange: (next: Partial<EntryDraft>) => void; errorAt: (field: string) => string | undefined }) {
  const { t } = useTranslation('customers');
  const { draft, onChange, errorAt } = props;
  return (
    <Fieldset legend={t('add.consents')}>
      <Stack gap="sm">
        <Checkbox.Group
          aria-label={t('add.consents')}
          value={[...draft.channels]}
          onChange={(next) => onChange({ channels: channels.filter((channel) => next.includes(channel)) })}
        >
          <Group gap="md">
            {channels.map((channel) => (
              <Checkbox key={channel} value={channel} label={t(`channel.${channel}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        {draft.channels.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('add.consentsHelp')}
          </Text>
        ) : (
          <>
            <Textarea
              id="add-consents.0.wording"
              label={t('consents.wordingLabel')}
              description={t('consents.wordingHelp')}
              withAsterisk
              autosize
              minRows={2}
              value={draft.wording}
              error={errorAt('consents.0.wording')}
              onChange={(event) => onChange({ wording: event.currentTarget.value })}
            />
            <SegmentedControl
              aria-label={t('add.how')}
              value={draft.method}
              onChange={(next) => onChange({ method: next === 'STAFF' ? 'STAFF' : 'STORE' })}
              data={[
                { value: 'STORE', label: t('add.method.STORE') },
                { value: 'STAFF', label: t('add.method.STAFF') },
              ]}
            />
            <TextInput
              id="add-consents.0.source"
              label={t('add.source')}
              description={t('add.sourceHelp')}
              maxLength={200}
              value={draft.source}
              error={errorAt('consents.0.source')}
              onChange={(event) => onChange({ source: event.currentTarget.value })}
            />
          </>
        )}
      </Stack>
    </Fieldset>
  );
}
