import type { CustomerFilter } from '#gql/customers/graphql';
import { download } from '#lib/download';
import { toastFailed } from '#ui/toast';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './customers.module.css';

/** What a file of customers is to hold: who, in which order, and which columns. */
interface FileOrder {
  filter?: CustomerFilter;
  ids?: readonly string[];
  sort: string;
  direction: string;
  columns: readonly string[];
}

/** Takes what the list shows, or the chosen rows of it, out as a file for a spreadsheet. */
export function ExportButton(props: { order: FileOrder }) {
  const { t, i18n } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await download('/customers.csv', 'customers.csv', { ...props.order, locale: i18n.language });
    } catch {
      toastFailed(t('file.failed'), tUi('error.other'));
    }
    setBusy(false);
  };
  return (
    <Button
      variant="default"
      loading={busy}
      leftSection={<IconDownload className={classes.icon} aria-hidden />}
      onClick={() => void save()}
    >
      {t('file.save')}
    </Button>
  );
}
