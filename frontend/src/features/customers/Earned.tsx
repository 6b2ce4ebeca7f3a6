import { pointsProgramUrl } from '#features/points-program/urls';
import type { CustomerPointsQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { TextLink } from '#ui/links';
import { Button, List, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Parts = NonNullable<CustomerPointsQuery['customer']>['pointStatement']['edges'][number]['node']['booking']['earned'];
type Part = Parts[number];

/** What gave the points of a line: the rules by name, and how many came of each on demand. */
export function Earned(props: { parts: Parts }) {
  const { t } = useTranslation('customers');
  const [open, setOpen] = useState(false);
  const rules = [...new Set(props.parts.flatMap((part) => part.ruleName ?? []))];
  if (props.parts.length === 0) return null;
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
          {props.parts.map((part, i) => (
            <List.Item key={i}>
              <PartLine part={part} />
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
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
