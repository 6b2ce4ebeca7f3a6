import { useFormat } from '#lib/FormatContext';
import { SmallFigure } from '#ui/Figure';
import { Button, Stack, Table, Text, Title, UnstyledButton } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf, type LadderDraft, tallyOf, type Trial } from './draft';
import { Movers } from './Movers';
import classes from './stages.module.css';

/** What the ladder on the left would do to the members of today. */
export function TrialPanel(props: {
  draft: LadderDraft;
  dirty: boolean;
  trial: Trial | undefined;
  running: boolean;
  onTry: () => void;
}) {
  const { t } = useTranslation('stages');
  return (
    <aside className={classes.trial} aria-labelledby="trial-title">
      <Title order={3} size="h5" id="trial-title">
        {t('trial.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('trial.body')}
      </Text>
      <Button variant="light" onClick={props.onTry} loading={props.running} disabled={!props.dirty}>
        {t('trial.run')}
      </Button>
      <div aria-live="polite">
        {props.trial ? (
          <Result draft={props.draft} trial={props.trial} />
        ) : (
          <Text size="sm" c="dimmed">
            {t(props.dirty ? 'trial.pending' : 'trial.unchanged')}
          </Text>
        )}
      </div>
    </aside>
  );
}

function Result(props: { draft: LadderDraft; trial: Trial }) {
  const { t } = useTranslation('stages');
  const format = useFormat();
  const { draft, trial } = props;
  const tally = tallyOf(trial, draft.stages);
  const moving = trial.moves.filter((move) => directionOf(move, draft.stages) !== 'same');
  const more = trial.pointsThen - trial.pointsNow;
  const [open, setOpen] = useState<{ title: string; moves: Trial['moves'] }>();
  const figure = (title: string, moves: Trial['moves'], members: number) =>
    // Who may not see customers is told how many they are, and not who.
    members > 0 && moves.every((move) => move.people) ? (
      <UnstyledButton className={classes.movers} aria-label={t('trial.open', { title, people: format.people(members) })} onClick={() => setOpen({ title, moves })}>
        {format.people(members)}
      </UnstyledButton>
    ) : (
      format.people(members)
    );
  const going = (way: ReturnType<typeof directionOf>) => trial.moves.filter((move) => directionOf(move, draft.stages) === way);
  return (
    <Stack gap="md">
      <div className={classes.tally}>
        <SmallFigure label={t('trial.up')} value={figure(t('trial.up'), going('up'), tally.up)} />
        <SmallFigure label={t('trial.down')} value={figure(t('trial.down'), going('down'), tally.down)} />
        <SmallFigure label={t('trial.same')} value={figure(t('trial.same'), going('same'), tally.same)} />
      </div>
      {moving.length > 0 && (
        <Table aria-label={t('trial.moves')} className={classes.moves}>
          <Table.Tbody>
            {moving.map((move) => {
              const up = directionOf(move, draft.stages) === 'up';
              const Arrow = up ? IconArrowUpRight : IconArrowDownRight;
              const way = t('trial.move', { from: move.from.name, to: draft.stages[move.to]?.name ?? '' });
              return (
                <Table.Tr key={`${move.from.id}:${move.to}`}>
                  <Table.Td>
                    <Arrow size="1rem" aria-label={t(up ? 'trial.up' : 'trial.down')} />
                  </Table.Td>
                  <Table.Td>{way}</Table.Td>
                  <Table.Td className={classes.count}>{figure(way, [move], move.members)}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      <div>
        <SmallFigure
          label={t('trial.cost')}
          definition={t('trial.costDefinition')}
          value={`${more > 0 ? '+' : ''}${format.points(more)}`}
        />
        <Text size="xs" c="dimmed">
          {t('trial.costFrom', { now: format.points(trial.pointsNow), later: format.points(trial.pointsThen) })}
        </Text>
      </div>
      {trial.estimated && (
        <Text size="xs" c="dimmed">
          {t('trial.estimated')}
        </Text>
      )}
      {open && <Movers {...open} onClose={() => setOpen(undefined)} />}
    </Stack>
  );
}
