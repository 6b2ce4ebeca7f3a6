import { MergeLookUpDocument } from '#gql/candidates/graphql';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';

const typingMs = 250;

/** Finds the other customer by name, mail address, phone or order number. */
export function LookUp(props: { not: string; chosen: string | undefined; onChoose: (id: string) => void }) {
  const { t } = useTranslation('candidates');
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), typingMs);
  const [{ data, fetching }] = useQuery({ query: MergeLookUpDocument, variables: { search: asked }, pause: asked.length < 2 });
  const found = (data?.customers.edges ?? []).map((edge) => edge.node).filter((one) => one.id !== props.not);
  return (
    <Select
      label={t('merge.other')}
      placeholder={t('merge.search')}
      maw="32rem"
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched already, in more than the label.
      filter={({ options }) => options}
      nothingFoundMessage={asked.length >= 2 && !fetching ? t('merge.none') : undefined}
      data={found.map((one) => ({
        value: one.id,
        label: [one.displayName, one.email, one.phoneNational].filter(Boolean).join(' · '),
      }))}
      value={found.some((one) => one.id === props.chosen) ? (props.chosen ?? null) : null}
      onChange={(id) => id && props.onChoose(id)}
    />
  );
}
