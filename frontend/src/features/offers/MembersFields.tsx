import { type OfferFieldsFragment, OfferStagesDocument } from '#gql/offers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { Group, NumberInput, Select, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';

/** Which members may take the offer themselves. An empty limit is none. */
export interface Members {
  on: boolean;
  minStageId: string | null;
  limit: number | '';
}

export const membersOf = (offer: OfferFieldsFragment | undefined): Members => ({
  on: offer?.forMembers ?? false,
  minStageId: offer?.minStageId ?? null,
  limit: offer?.memberLimit ?? '',
});

export const membersInput = ({ on, minStageId, limit }: Members) => (on ? { on, minStageId, limit: limit === '' ? null : limit } : { on });

/** Whether and to whom the offer shows in the app and on the member's page, and what came of it. */
export function MembersFields(props: {
  value: Members;
  onChange: (value: Members) => void;
  readOnly: boolean;
  offer: OfferFieldsFragment | undefined;
  errorAt: (field: string) => string | undefined;
}) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const { value, onChange, readOnly, offer, errorAt } = props;
  const seesStages = useScope('points:read');
  const [{ data }] = useQuery({ query: OfferStagesDocument, pause: !value.on || !seesStages });
  return (
    <Stack gap="xs">
      <Switch
        id="offer-members-on"
        label={t('members.on')}
        description={t('members.onHelp')}
        disabled={readOnly}
        checked={value.on}
        onChange={(event) => onChange({ ...value, on: event.currentTarget.checked })}
      />
      {value.on && (
        <Group grow align="flex-start">
          <Select
            id="offer-members-minStageId"
            label={t('members.stage')}
            placeholder={t('members.everyStage')}
            clearable
            disabled={readOnly}
            data={data?.stages.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            value={value.minStageId}
            onChange={(minStageId) => onChange({ ...value, minStageId })}
            error={errorAt('members.minStageId')}
          />
          <NumberInput
            id="offer-members-limit"
            label={t('members.limit')}
            placeholder={t('members.noLimit')}
            min={1}
            allowDecimal={false}
            thousandSeparator=","
            readOnly={readOnly}
            value={value.limit}
            onChange={(limit) => onChange({ ...value, limit: typeof limit === 'number' ? limit : '' })}
            error={errorAt('members.limit')}
          />
        </Group>
      )}
      {offer?.forMembers && (
        <Text size="sm" c="dimmed">
          {t('members.figures', {
            seen: format.people(offer.memberFigures.seen),
            issued: format.people(offer.memberFigures.issued),
            used: format.people(offer.memberFigures.used),
          })}
        </Text>
      )}
    </Stack>
  );
}
