import type { ImportFieldsFragment } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const colors = { QUEUED: 'gray', RUNNING: 'ai', STOPPED: 'yellow', DONE: 'green', FAILED: 'red' } as const;

/** Where an import stands; a running one shows how far it has come. */
export function ImportStatusBadge(props: { row: Pick<ImportFieldsFragment, 'status' | 'progress' | 'undo'> }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { status, progress, undo } = props.row;
  if (undo) {
    return (
      <Badge color={undo.status === 'FAILED' ? 'red' : 'gray'}>
        {t(`undo.badge.${undo.status}`)}
        {undo.status === 'RUNNING' && ` ${format.share(undo.progress)}`}
      </Badge>
    );
  }
  return (
    <Badge color={colors[status]}>
      {t(`status.${status}`)}
      {status === 'RUNNING' && ` ${format.share(progress)}`}
    </Badge>
  );
}
