import { Alert, Anchor, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './toast.module.css';
import { fieldOf, useErrorText, type UserError } from './userErrors';

/**
 * The errors of a form summed up at its top. It takes the focus when it
 * appears; a line whose field's input has the id `${form}-${field}` leads there.
 */
export function FormErrors(props: { form: string; errors: readonly UserError[]; namespace?: string }) {
  const { t } = useTranslation('ui');
  const write = useErrorText(props.namespace);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (props.errors.length > 0) box.current?.focus();
  }, [props.errors]);

  if (props.errors.length === 0) return null;
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      color="red"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle className={classes.icon} aria-hidden />}
      title={t('error.summary', { count: props.errors.length })}
    >
      <List size="sm" listStyleType="none">
        {props.errors.map((error) => {
          const field = fieldOf(error);
          const sentence = write(error);
          return (
            <List.Item key={`${field}:${error.code}`}>
              {field ? (
                <Anchor href={`#${props.form}-${field}`} c="inherit" underline="always" onClick={focusField}>
                  {sentence}
                </Anchor>
              ) : (
                sentence
              )}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}

/** Moves the focus itself: a bare jump would write the field into the address bar. */
function focusField(event: React.MouseEvent<HTMLAnchorElement>) {
  event.preventDefault();
  const target = document.getElementById(event.currentTarget.hash.slice(1));
  target?.scrollIntoView({ block: 'center' });
  target?.focus();
}
