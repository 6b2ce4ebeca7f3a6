import { customersUrl, customerUrl } from '#features/customers/urls';
import { StageKeepMoversDocument } from '#gql/stages/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { FormErrors } from '#ui/FormErrors';
import { failureKey } from '#ui/ErrorState';
import { TextLink } from '#ui/links';
import { SideDrawer } from '#ui/SideDrawer';
import { toastDone } from '#ui/toast';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Button, List, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { Trial } from './draft';

/** How many customers a fixed list is made of at once. */
const mostAtOnce = 5000;

/** Who goes one way by the ladder tried: the first by name, and all of them as a fixed list. */
export function Movers(props: { title: string; moves: Trial['moves']; onClose: () => void }) {
  const { t } = useTranslation('stages');
  const format = useFormat();
  const mayKeep = useScope('segments:write');
  const members = props.moves.reduce((sum, move) => sum + move.members, 0);
  const shown = props.moves.flatMap((move) => move.people ?? []);
  const ids = props.moves.flatMap((move) => move.customerIds ?? []).slice(0, mostAtOnce);
  return (
    <SideDrawer title={t('movers.title', { way: props.title, people: format.people(members) })} size="md" onClose={props.onClose}>
      <Stack gap="md">
        {mayKeep && <Keep way={props.title} ids={ids} />}
        <List listStyleType="none" spacing="xs">
          {shown.map((customer) => (
            <List.Item key={customer.id}>
              <TextLink {...customerUrl(customer.id, { tab: 'stage' })}>{customer.displayName}</TextLink>
            </List.Item>
          ))}
        </List>
        {members > shown.length && (
          <Text size="sm" c="dimmed">
            {t('movers.more', { people: format.people(members - shown.length) })}
          </Text>
        )}
      </Stack>
    </SideDrawer>
  );
}

/** Saves them as a fixed list, and goes to it: there they are all listed, and can be written to. */
function Keep(props: { way: string; ids: readonly string[] }) {
  const { t } = useTranslation('stages');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const navigate = useNavigate();
  const [name, setName] = useState(() => t('movers.name', { way: props.way }));
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'stages');
  const [{ fetching }, keep] = useMutation(StageKeepMoversDocument);
  const save = async () => {
    const { data, error } = await keep({ input: { name: name.trim(), customers: { ids: [...props.ids] } } });
    const refused = error ? [requestFailed(tUi(failureKey(error)))] : (data?.createFixedSegment.userErrors ?? []);
    setErrors(refused);
    const segment = data?.createFixedSegment.segment;
    if (refused.length > 0 || !segment) return;
    toastDone(t('movers.kept', { name: name.trim() }));
    void navigate(customersUrl({ segment: segment.id }));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <FormErrors form="movers" errors={errors} namespace="stages" />
      <TextInput
        id="movers-name"
        label={t('movers.nameLabel')}
        description={t('movers.help', { people: format.people(props.ids.length) })}
        value={name}
        error={errorAt('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" mt="xs" loading={fetching} disabled={name.trim() === ''}>
        {t('movers.keep')}
      </Button>
    </form>
  );
}
