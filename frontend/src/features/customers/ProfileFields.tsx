import type { Gender } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { DateField } from '#ui/DateField';
import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProfileDraft } from './profileFields';

type Text = Exclude<keyof ProfileDraft, 'gender'>;

const genders = ['UNKNOWN', 'FEMALE', 'MALE', 'OTHER'] as const satisfies readonly Gender[];

interface Props {
  /** Begins the ids of the fields, for the list of errors. */
  form: string;
  draft: ProfileDraft;
  onChange: (next: Partial<ProfileDraft>) => void;
  errorAt: (field: string) => string | undefined;
}

/** By what a person is known: name, reading, mail address and phone. */
export function WhoFields(props: Props & { autoFocus?: boolean }) {
  const text = useText(props);
  return (
    <>
      <SimpleGrid cols={2} spacing="sm">
        <TextInput {...text('familyName')} autoFocus={props.autoFocus} data-autofocus={props.autoFocus || undefined} />
        <TextInput {...text('givenName')} />
        <TextInput {...text('familyKana')} />
        <TextInput {...text('givenKana')} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput {...text('email')} type="email" inputMode="email" />
        <TextInput {...text('phone')} type="tel" inputMode="tel" />
      </SimpleGrid>
    </>
  );
}

/** Where a person lives, when he was born, and the gender. */
export function AboutFields(props: Props) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const text = useText(props);
  return (
    <>
      <SimpleGrid cols={2} spacing="sm">
        <DateField
          id={`${props.form}-profile.birthDate`}
          label={t('edit.field.birthDate')}
          defaultLevel="decade"
          defaultDate="1985-01-01"
          maxDate={format.day(new Date())}
          error={props.errorAt('profile.birthDate')}
          value={props.draft.birthDate || null}
          onChange={(day) => props.onChange({ birthDate: day ?? '' })}
        />
        <Select
          id={`${props.form}-profile.gender`}
          label={t('profile.gender')}
          data={genders.map((value) => ({ value, label: value === 'UNKNOWN' ? t('edit.unknown') : t(`gender.${value}`) }))}
          value={props.draft.gender}
          allowDeselect={false}
          onChange={(next) => props.onChange({ gender: genders.find((one) => one === next) ?? 'UNKNOWN' })}
        />
      </SimpleGrid>
      <SimpleGrid cols={2} spacing="sm">
        <TextInput {...text('postalCode')} inputMode="numeric" />
        <TextInput {...text('prefecture')} />
      </SimpleGrid>
      <TextInput {...text('city')} />
      <TextInput {...text('addressLine')} />
    </>
  );
}

function useText(props: Props) {
  const { t } = useTranslation('customers');
  return (field: Text) => ({
    id: `${props.form}-profile.${field}`,
    label: t(`edit.field.${field}`),
    value: props.draft[field],
    error: props.errorAt(`profile.${field}`),
    maxLength: 160,
    autoComplete: 'off',
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => props.onChange({ [field]: event.currentTarget.value }),
  });
}
