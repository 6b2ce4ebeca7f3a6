import { pointsProgramUrl } from '#features/points-program/urls';
import type { CustomerPointsQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { TextLink } from '#ui/links';
import { Button, List, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Booking = NonNullable<CustomerPointsQuery['customer']>['pointStatement']['edges'][number]['node']['booking'];
type Part = Booking['earned'][number];

/** What gave the points of a booking: the rules by name, and on demand how many came of each and of which lines; of points taken back, the lines. */
export function Earned(props: { booking: Pick<Booking, 'kind' | 'earned' | 'lines'> }) {
  const { t } = useTranslation('customers');
  const [open, setOpen] = useState(false);
  const { kind, earned, lines } = props.booking;
  const rules = [...new Set(earned.flatMap((part) => part.ruleName ?? []))];
  if (kind === 'CLAWBACK') return <Lines lines={lines} />;
  if (earned.length === 0) return null;
  return (
    <div>
      {rules.length > 0 && (
        <Text size="xs" c="dimmed">
          {rules.join(' · ')}
        </Text>
      )}
      <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'pointsTab.earned.hide' : 'pointsTab.earned.show')}
      </Button>
      {open && (
        <List listStyleType="none" size="xs" mt="xs">
          {earned.map((part, i) => (
            <List.Item key={i}>
              <PartLine part={part} />
            </List.Item>
          ))}
        </List>
      )}
      {open && <Lines lines={lines} />}
    </div>
  );
}

/** What each line of the order earned, or took back. */
function Lines(props: { lines: Booking['lines'] }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return props.lines.map((line) => (
    <Text key={line.lineKey} size="xs" c="dimmed">
      {t('pointsTab.earned.line', { goods: line.name || line.sku || line.lineKey, count: Math.abs(line.quantity), points: format.points(line.points) })}
    </Text>
  ));
}

function PartLine(props: { part: Part }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { part } = props;
  const details = [
    part.multiplier > 0 && t('pointsTab.earned.times', { times: part.multiplier / 10_000 }),
    part.version && t('pointsTab.earned.version', { version: part.version }),
    part.wholePoints && t('pointsTab.earned.capped', { points: format.points(part.wholePoints) }),
  ].filter(Boolean);
  return (
    <>
      {part.ruleName && part.ruleId ? (
        <TextLink {...pointsProgramUrl({ rule: part.ruleId ?? undefined })}>{part.ruleName}</TextLink>
      ) : (
        t(`pointsTab.earned.part.${part.kind}`)
      )}
      {details.length > 0 && ` （${details.join('・')}） `} {format.points(part.points)}
    </>
  );
}
