import { minPassword, type Strength, strengthOf } from '#lib/password';
import { PasswordInput, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const shown: Record<Strength, { value: number; color: string }> = {
  empty: { value: 0, color: 'gray' },
  short: { value: 20, color: 'red' },
  guessable: { value: 35, color: 'red' },
  good: { value: 70, color: 'green' },
  strong: { value: 100, color: 'green' },
};

/** Asks for a new password and says while one types how well it holds. */
export function NewPassword(props: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is known of the person and so easily guessed: name, mail address. */
  about: readonly string[];
  error?: string;
}) {
  const { t } = useTranslation('ui');
  const strength = strengthOf(props.value, props.about);
  const { value, color } = shown[strength];
  return (
    <div>
      <PasswordInput
        id={props.id}
        name="new-password"
        label={props.label}
        description={t('password.help', { min: minPassword })}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={props.value}
        error={props.error}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0, 'aria-hidden': false }}
      />
      <div role="status">
        {strength !== 'empty' && (
          <>
            <Progress.Root size="xs" mt="xs" aria-hidden>
              <Progress.Section value={value} color={color} />
            </Progress.Root>
            <Text size="xs" c="dimmed" mt="xs">
              {t(`password.strength.${strength}`, { min: minPassword })}
            </Text>
          </>
        )}
      </div>
    </div>
  );
}
