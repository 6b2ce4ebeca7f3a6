import { TagsOfShopsDocument, type TagsOfShopsQuery, TagsRevokeDocument, type WriteKeyFieldsFragment } from '#gql/tags/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { CopyValue } from '#ui/CopyValue';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Badge, Button, Divider, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCode, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { NewTag } from './NewTag';

type Shop = TagsOfShopsQuery['shops'][number];

/** The tags by which the pages of a site tell what people do there: made, copied, revoked. */
export function TagsPage() {
  const { t } = useTranslation('tags');
  const mayWrite = useScope('shops:write');
  const [adding, setAdding] = useState(false);
  const [{ data, error }, reload] = useQuery({ query: TagsOfShopsDocument });
  const again = () => reload({ requestPolicy: 'network-only' });
  const tags = data?.shops.flatMap((shop) => shop.writeKeys.map((tag) => ({ shop, tag }))) ?? [];
  const add = mayWrite && (
    <Button leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={tags.length > 0 && add} />
      {error && !data ? (
        <ErrorState error={error} retry={again} />
      ) : !data ? (
        <Skeleton height="16rem" />
      ) : tags.length === 0 ? (
        <EmptyState icon={IconCode} title={t('empty.title')} action={add}>
          {t('empty.body')}
        </EmptyState>
      ) : (
        <Stack gap="lg" maw="56rem">
          {tags.map(({ shop, tag }) => (
            <Tag key={tag.id} shop={shop} tag={tag} onRevoked={again} />
          ))}
        </Stack>
      )}
      {adding && data && (
        <NewTag
          shops={data.shops}
          onClose={() => setAdding(false)}
          onMade={() => {
            setAdding(false);
            toastDone(t('made'));
            again();
          }}
        />
      )}
    </>
  );
}

function Tag(props: { shop: Shop; tag: WriteKeyFieldsFragment; onRevoked: () => void }) {
  const { t } = useTranslation('tags');
  const format = useFormat();
  const mayWrite = useScope('shops:write');
  const [asking, setAsking] = useState(false);
  const { shop, tag } = props;
  return (
    <section>
      <Group justify="space-between" align="flex-start" mb="xs">
        <div>
          <Title order={2}>
            <MallDot mall={shop.mall} label={shop.name} />
          </Title>
          <Text size="sm">{tag.origins.join(' · ')}</Text>
          <Text size="xs" c="dimmed">
            {t('since', { at: format.dateTime(tag.createdAt) })}
          </Text>
        </div>
        {tag.revokedAt ? (
          <Badge color="gray">{t('revoked')}</Badge>
        ) : (
          mayWrite && (
            <Button variant="default" size="xs" onClick={() => setAsking(true)}>
              {t('revoke')}
            </Button>
          )
        )}
      </Group>
      {!tag.revokedAt && (
        <>
          <Text size="xs" c="dimmed" mb="xs">
            {t('tagHelp')}
          </Text>
          <CopyValue label={t('tag')} value={tag.tag} />
        </>
      )}
      <Divider mt="lg" />
      {asking && <Revoke shop={shop} tag={tag} onClose={() => setAsking(false)} onDone={props.onRevoked} />}
    </section>
  );
}

function Revoke(props: { shop: Shop; tag: WriteKeyFieldsFragment; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('tags');
  const [, revoke] = useMutation(TagsRevokeDocument);
  const { run, errors, busy } = useSubmit();
  const confirm = async () => {
    if (!(await run(revoke({ input: { id: props.tag.id } }), (data) => data.revokeWriteKey.userErrors))) return;
    toastDone(t('revokeDone'));
    props.onClose();
    props.onDone();
  };
  return (
    <ConfirmDialog
      opened
      danger
      busy={busy}
      title={t('revokeTitle', { shop: props.shop.name })}
      confirm={t('revoke')}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    >
      <FormErrors form="revoke" errors={errors} namespace="tags" />
      {t('revokeBody')}
    </ConfirmDialog>
  );
}
