import { type StageLadderFieldsFragment, StageWithdrawLadderDocument } from '#gql/stages/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { failureKey } from '#ui/ErrorState';
import { toastDone, toastFailed } from '#ui/toast';
import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { termsOf } from './draft';
import { LadderTable } from './LadderTable';
import classes from './stages.module.css';

/** The change of the ladder that waits for its day. */
export function Planned(props: {
  ladder: StageLadderFieldsFragment;
  onEdit: () => void;
  onChanged: (ladder: StageLadderFieldsFragment) => void;
}) {
  const { t } = useTranslation('stages');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const mayWrite = useScope('settings:write');
  const [asking, setAsking] = useState(false);
  const [{ fetching }, withdraw] = useMutation(StageWithdrawLadderDocument);
  const { planned } = props.ladder;
  if (!planned?.startsOn) return null;
  const day = format.date(planned.startsOn);

  const confirm = async () => {
    const { data, error } = await withdraw({});
    setAsking(false);
    if (error) toastFailed(t('planned.withdrawFailed'), tUi(failureKey(error)));
    else toastDone(t('planned.withdrawn'));
    if (data?.withdrawStageLadder.ladder) props.onChanged(data.withdrawStageLadder.ladder);
  };

  return (
    <section className={classes.planned} aria-labelledby="planned-title">
      <Title order={2} size="h4" id="planned-title">
        {t('planned.title', { day })}
      </Title>
      <Text size="sm" c="dimmed">
        {t(planned.madeBy ? 'planned.by' : 'planned.made', { at: format.dateTime(planned.madeAt), name: planned.madeBy ?? '' })}
      </Text>
      <LadderTable label={t('planned.title', { day })} ladder={planned} before={termsOf(props.ladder)} />
      {mayWrite && (
        <Group gap="xs">
          <Button variant="default" onClick={props.onEdit}>
            {t('planned.edit')}
          </Button>
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('planned.withdraw')}
          </Button>
        </Group>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('planned.withdrawTitle', { day })}
        confirm={t('planned.withdraw')}
        busy={fetching}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        {t('planned.withdrawBody')}
      </ConfirmDialog>
    </section>
  );
}
