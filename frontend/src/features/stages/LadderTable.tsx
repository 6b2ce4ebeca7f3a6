import { useFormat } from '#lib/FormatContext';
import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { amounts, type LadderTerms, once } from './draft';
import classes from './stages.module.css';

/** A ladder to be read: what each stage asks for and brings, and the rules. What the ladder before it said otherwise stands out. */
export function LadderTable(props: { label: string; ladder: LadderTerms; before?: LadderTerms | undefined }) {
  const { t } = useTranslation('stages');
  const format = useFormat();
  const { ladder, before } = props;
  const asked = (of: LadderTerms['stages'][number]['reach']) =>
    amounts
      .filter((key) => of[key] > 0)
      .map((key) => (key === 'spend' ? format.money(of.spend) : `${format.number(of[key])}${t(`unit.${key}`)}`))
      .join(t('table.join')) || t('stage.notAsked');
  const cells = (stage: LadderTerms['stages'][number]) => ({
    name: stage.name,
    reach: asked(stage.reach),
    keep: asked(stage.keep),
    months: ladder.window === 'ROLLING' ? `${stage.windowMonths}${t('unit.months')}` : '',
    multiplier: `${format.number(stage.pointMultiplier / once)}${t('unit.times')}`,
    benefits: stage.benefits.join(t('table.join')),
  });
  const rules = (of: LadderTerms) =>
    [t(`window.${of.window}.name`), t(`match.${of.match}.name`), t(`fall.${of.fall}.name`), t(`review.${of.review}.name`), t('table.grace', { n: of.graceDays })];
  const columns = (['name', 'reach', 'keep', 'months', 'multiplier', 'benefits'] as const).filter((key) => key !== 'months' || ladder.window === 'ROLLING');
  const rulesBefore = before && rules(before);

  return (
    <>
      <Table.ScrollContainer minWidth="40rem" scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': props.label } }}>
        <Table aria-label={props.label} className={classes.terms}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((key) => (
                <Table.Th key={key}>{t(`table.${key}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ladder.stages.map((stage, i) => {
              const was = before?.stages.find((one) => one.stageId === stage.stageId);
              const now = cells(stage);
              return (
                <Table.Tr key={stage.stageId ?? `new-${i}`}>
                  {columns.map((key) => (
                    <Table.Td key={key} data-changed={(before && (!was || cells(was)[key] !== now[key])) || undefined}>
                      {now[key]}
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" component="p" className={classes.termsRules}>
        {rules(ladder).map((rule, i) => (
          <span key={rule} data-changed={(rulesBefore && rulesBefore[i] !== rule) || undefined}>
            {rule}
          </span>
        ))}
      </Text>
    </>
  );
}
