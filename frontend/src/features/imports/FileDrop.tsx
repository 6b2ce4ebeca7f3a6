import { Button, FileButton, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FileDrop.module.css';

const accepted = '.csv,.tsv,.txt,.jsonl,.gz,.zip,.zst';

/** Takes files, dropped or chosen; one unless `several`. The words are those of any import unless given. */
export function FileDrop(props: {
  onFiles: (files: File[]) => void;
  several?: boolean;
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

  const take = (files: File[]) => {
    const taken = props.several ? files : files.slice(0, 1);
    if (taken.length > 0 && !props.disabled) props.onFiles(taken);
  };
  const dragOver = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
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
      <FileButton multiple onChange={take} accept={accepted} disabled={props.disabled} inputProps={{ 'aria-label': words.choose, multiple: props.several ?? false }}>
        {(button) => (
          <Button {...button} disabled={props.disabled}>
            {words.choose}
          </Button>
        )}
      </FileButton>
    </section>
  );
}
