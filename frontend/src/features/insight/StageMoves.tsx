import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import { useTranslation } from 'react-i18next';
import { columns, shade } from './figures';
import classes from './insight.module.css';
import { Named } from './Named';
import { PeopleLink } from './PeopleLink';
import { Section } from './Section';
import type { Stages } from './StagesTab';

/** From which stage to which since the period began. */
export function StageMoves(props: { stages: Stages }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { ladder, moves, from } = props.stages;
  const rows = [...ladder.map(({ code, name }) => ({ code: code as string | null, name })), { code: null, name: t('stages.none') }];
  const rank = (code: string | null) => ladder.findIndex((one) => one.code === code);
  const moved = moves.filter((one) => one.from !== one.to);
  const most = Math.max(...moved.map((one) => one.people.count), 1);
  const sum = (which: (one: Stages['moves'][number]) => boolean) =>
    format.people(moved.filter(which).reduce((all, one) => all + one.people.count, 0));
  const name = (code: string | null) => rows.find((row) => row.code === code)?.name ?? '';
  return (
    <Section
      title={t('stages.moves')}
      definition={t('stages.movesDefinition')}
      note={t('stages.moved', {
        up: sum((one) => one.from !== null && rank(one.to) > rank(one.from)),
        down: sum((one) => one.from !== null && rank(one.to) < rank(one.from)),
        joined: sum((one) => one.from === null),
      })}
      csv={() => [
        [t('stages.then', { day: format.date(from) }), t('stages.today'), t('stages.people')],
        ...moves.map((one): Cell[] => [name(one.from), name(one.to), one.people.count]),
      ]}
    >
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.matrix} ${classes.sticky}`} style={columns(ladder.length)}>
          <thead>
            <tr>
              <th scope="col">{t('stages.axes')}</th>
              {ladder.map((one) => (
                <th key={one.code} scope="col">
                  <Named>{one.name}</Named>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.code}>
                <th scope="row">
                  <Named>{row.name}</Named>
                </th>
                {ladder.map(({ code }) => {
                  const move = moves.find((one) => one.from === row.code && one.to === code);
                  const stays = row.code === code;
                  return (
                    <td
                      key={code}
                      className={stays ? classes.diagonal : classes.shaded}
                      style={stays ? undefined : shade(move?.people.count ?? 0, most)}
                    >
                      {move ? (
                        <PeopleLink people={move.people} label={t('stages.moveWho', { from: row.name, to: name(code) })} />
                      ) : (
                        '–'
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
