import { StaffPeopleDocument } from '#gql/staff/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { PageHeader } from '#ui/PageHeader';
import { TabStrip } from '#ui/TabStrip';
import { Button, Tabs } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { InviteDialog } from './InviteDialog';
import { Invites } from './Invites';
import { People } from './People';
import { Roles } from './Roles';
import { staffTabs } from './urls';

const route = getRouteApi('/shell/settings/staff');

/** Who works with Meguri: people, invitations, and what each role may do. */
export function StaffPage() {
  const { t } = useTranslation('staff');
  const format = useFormat();
  const search = route.useSearch();
  const { tab = 'people' } = search;
  const navigate = useNavigate({ from: '/settings/staff' });
  const mayWrite = useScope('staff:write');
  const [inviting, setInviting] = useState(false);
  const [{ data, error, fetching }, again] = useQuery({ query: StaffPeopleDocument });
  const reload = () => again({ requestPolicy: 'network-only' });
  return (
    <>
      <PageHeader
        title={t('title')}
        count={data && format.people(data.staffMembers.filter((each) => !each.disabledAt).length)}
        description={t('description')}
        actions={
          mayWrite && (
            <Button leftSection={<IconUserPlus size="1rem" aria-hidden />} onClick={() => setInviting(true)}>
              {t('invite.open')}
            </Button>
          )
        }
      />
      <Tabs
        value={tab}
        onChange={(value) => {
          const chosen = staffTabs.find((known) => known === value);
          void navigate({ search: { tab: chosen === 'people' ? undefined : chosen } });
        }}
      >
        <TabStrip label={t('title')} open={tab}>
          {staffTabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </TabStrip>
        <Tabs.Panel value="people" pt="md">
          {error && !data ? (
            <ErrorState error={error} retry={reload} />
          ) : (
            <>
              {data && data.staffInvites.length > 0 && <Invites invites={data.staffInvites} reload={reload} />}
              <People
                people={data?.staffMembers}
                fetching={fetching && !data}
                reload={reload}
                search={search}
                onSearch={(next) => void navigate({ search: (was) => ({ ...was, ...next }), replace: true })}
              />
            </>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="roles" pt="md">
          <Roles />
        </Tabs.Panel>
      </Tabs>
      {inviting && <InviteDialog onClose={() => setInviting(false)} onDone={reload} />}
    </>
  );
}
