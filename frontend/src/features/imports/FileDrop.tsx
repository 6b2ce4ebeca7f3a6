import { Button, FileButton, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FileDrop.module.css';

/** Takes one file, dropped or chosen. The words are those of any import unless given. */
export function FileDrop(props: {
  onFile: (file: File) => void;
  words?: { label: string; title: string; body: string; choose: string };
  disabled?: boolean;
}) {
  const { t } = useTranslation('imports');
  const [over, setOver] = useState(false);
  const words = props.words ?? {
    label: t('drop.label'),
    title: t('drop.title'),
    body: t('drop.body'),
    choose: t('drop.choose'),
  };

  const dragOver = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !props.disabled) props.onFile(file);
  };

  return (
    <section
      className={classes.drop}
      data-over={over || undefined}
      aria-label={words.label}
      onDragOver={dragOver}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload className={classes.icon} stroke={1.5} aria-hidden />
      <div className={classes.words}>
        <Text fw={600}>{words.title}</Text>
        <Text size="sm" c="dimmed">
          {words.body}
        </Text>
      </div>
      <FileButton onChange={(file) => file && props.onFile(file)} accept=".csv,.tsv,.txt,.gz" disabled={props.disabled} inputProps={{ 'aria-label': words.choose }}>
        {(button) => (
          <Button {...button} disabled={props.disabled}>
            {words.choose}
          </Button>
        )}
      </FileButton>
    </section>
  );
}
