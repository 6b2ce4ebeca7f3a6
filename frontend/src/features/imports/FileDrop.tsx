import { Button, FileButton, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FileDrop.module.css';

/** Takes one file, dropped or chosen. */
export function FileDrop(props: { onFile: (file: File) => void }) {
  const { t } = useTranslation('imports');
  const [over, setOver] = useState(false);

  const dragOver = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) props.onFile(file);
  };

  return (
    <section
      className={classes.drop}
      data-over={over || undefined}
      aria-label={t('drop.label')}
      onDragOver={dragOver}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload className={classes.icon} stroke={1.5} aria-hidden />
      <div className={classes.words}>
        <Text fw={600}>{t('drop.title')}</Text>
        <Text size="sm" c="dimmed">
          {t('drop.body')}
        </Text>
      </div>
      <FileButton onChange={(file) => file && props.onFile(file)} accept=".csv,.tsv,.txt,.gz" inputProps={{ 'aria-label': t('drop.choose') }}>
        {(button) => <Button {...button}>{t('drop.choose')}</Button>}
      </FileButton>
    </section>
  );
}
