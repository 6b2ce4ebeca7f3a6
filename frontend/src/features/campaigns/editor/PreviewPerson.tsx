import {
  CampaignPreviewCustomersDocument,
  CampaignProspectDocument,
  CampaignProspectsDocument,
  type ProspectFieldsFragment,
} from '#gql/campaigns/graphql';
import { useReasonWords } from '#lib/reasons';
import { MallDot } from '#ui/MallDot';
import { ActionIcon, Group, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './CampaignEditor.module.css';

const typingMs = 400;
const pageSize = 20;

/** Whom the preview is for: an example person, anybody by name, or the people of the audience one after another. */
export function PreviewPerson(props: {
  campaignId: string;
  value: string | null;
  onChange: (id: string | null) => void;
}) {
  const { t } = useTranslation('campaigns');
  const walk = useWalk(props.campaignId, props.value, props.onChange);
  const [{ data }] = useQuery({
    query: CampaignProspectDocument,
    variables: { id: props.campaignId, customerId: props.value ?? '' },
    pause: props.value === null,
  });
  const prospect = props.value === null ? undefined : data?.campaign?.prospect;
  return (
    <div className={classes.person}>
      <Group gap="xs" wrap="nowrap">
        <Search value={props.value} current={prospect?.customer} onChange={props.onChange} />
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('preview.previous')}
          disabled={!walk.back}
          onClick={walk.back}
        >
          <IconChevronLeft size="1rem" aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" aria-label={t('preview.next')} disabled={!walk.on} onClick={walk.on}>
          <IconChevronRight size="1rem" aria-hidden />
        </ActionIcon>
      </Group>
      {prospect && <Verdict prospect={prospect} />}
    </div>
  );
}

/** Steps through the audience as it is now, page by page. */
function useWalk(campaignId: string, value: string | null, onChange: (id: string) => void) {
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const after = cursors.at(-1) ?? null;
  const [{ data, stale }] = useQuery({
    query: CampaignProspectsDocument,
    variables: { id: campaignId, first: pageSize, after },
  });
  const page = data?.campaign?.prospects;
  const ids = page?.edges.map((edge) => edge.node.customer.id) ?? [];
  const at = ids.indexOf(value ?? '');
  const go = (to: string | undefined) => (to === undefined ? undefined : () => onChange(to));
  if (stale || ids.length === 0) return {};
  if (at < 0) return { on: go(ids[0]) };
  const turnOver = () => setCursors((was) => [...was, page?.pageInfo.endCursor ?? null]);
  const turnBack = () => setCursors((was) => was.slice(0, -1));
  return {
    back: at > 0 ? go(ids[at - 1]) : cursors.length > 1 ? turnBack : undefined,
    on: at < ids.length - 1 ? go(ids[at + 1]) : page?.pageInfo.hasNextPage ? turnOver : undefined,
  };
}

function Search(props: {
  value: string | null;
  current: { id: string; displayName: string } | undefined;
  onChange: (id: string | null) => void;
}) {
  const { t } = useTranslation('campaigns');
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, typingMs);
  const [{ data }] = useQuery({ query: CampaignPreviewCustomersDocument, variables: { first: 10, search: asked } });
  const found = data?.customers.nodes ?? [];
  const { current } = props;
  const people = current && !found.some((one) => one.id === current.id) ? [current, ...found] : found;
  return (
    <Select
      className={classes.grow}
      aria-label={t('preview.as')}
      placeholder={t('preview.example')}
      clearable
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage={t('preview.nobody')}
      data={people.map((customer) => ({ value: customer.id, label: customer.displayName }))}
      value={props.value}
      onChange={props.onChange}
    />
  );
}

/** What this person would get, or why nothing. */
function Verdict(props: { prospect: ProspectFieldsFragment }) {
  const { t } = useTranslation('campaigns');
  const { reason } = useReasonWords();
  const { prospect } = props;
  const named = prospect.reasonSegment?.name ?? prospect.reasonCampaign?.name;
  if (prospect.reached) {
    return (
      <Text size="xs" component="div" mt="xs">
        {prospect.mall && <MallDot mall={prospect.mall} />} {prospect.offer?.name ?? t('preview.noOffer')}
        {prospect.originShop && ` · ${t('preview.origin', { shop: prospect.originShop.name })}`}
      </Text>
    );
  }
  const reasons = [
    !prospect.inAudience && t('preview.notInAudience'),
    prospect.heldOut && t('message.HELD_OUT'),
    ...prospect.reasons.map((code, place) =>
      place === 0 && named ? t('messages.named', { reason: reason(code), name: named }) : reason(code),
    ),
  ].filter((line) => line !== false);
  return (
    <Text size="xs" mt="xs" role="note">
      {t('preview.wouldNot', { reasons: reasons.join(t('messages.and')) })}
    </Text>
  );
}
